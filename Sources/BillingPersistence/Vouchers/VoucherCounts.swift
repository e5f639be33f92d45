public import BillingDomain

/// How many vouchers there are of each combination of states.
public struct VoucherCounts: Hashable, Sendable {
    /// A combination of states.
    public struct Kind: Hashable, Sendable {
        /// The money side.
        public let commercial: CommercialState

        /// The use side.
        public let access: AccessState

        /// Agreement with the router.
        public let provisioning: ProvisioningState

        /// Creates a combination.
        public init(commercial: CommercialState, access: AccessState, provisioning: ProvisioningState) {
            self.commercial = commercial
            self.access = access
            self.provisioning = provisioning
        }
    }

    /// The counts; combinations that do not occur are left out.
    public let byKind: [Kind: Int]

    /// Creates counts.
    public init(byKind: [Kind: Int] = [:]) {
        self.byKind = byKind
    }

    /// All of them.
    public var total: Int { byKind.values.reduce(0, +) }

    /// Those with one use side.
    public subscript(access: AccessState) -> Int { count { $0.access == access } }

    /// Those with one status word.
    public subscript(status: DocumentStatus) -> Int { count { DocumentStatus($0.access) == status } }

    /// Those with one state of agreement with the router.
    public subscript(provisioning: ProvisioningState) -> Int { count { $0.provisioning == provisioning } }

    /// Those with one money side.
    public subscript(commercial: CommercialState) -> Int { count { $0.commercial == commercial } }

    /// Those that were used although nobody entered their sale.
    public var usedButUnsold: Int {
        count {
            $0.commercial == .generated && ($0.access == .active || $0.access == .expired || $0.access == .depleted)
        }
    }

    /// Those whose combination meets a condition.
    public func count(where condition: (Kind) -> Bool) -> Int {
        byKind.reduce(0) { condition($1.key) ? $0 + $1.value : $0 }
    }
}
