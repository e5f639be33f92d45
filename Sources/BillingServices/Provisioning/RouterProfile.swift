public import BillingDomain

/// A user profile that rows on a router should have.
public struct RouterProfile: Hashable, Sendable {
    /// The menu it belongs in.
    public let kind: ServiceKind
    /// Its name.
    public let name: String
    /// The speed; `nil` where no package says it, so that only people can know.
    public let rateLimit: RateLimit?
    /// How many devices may be on line at once.
    public let sharedUsers: Int

    /// A profile as terms describe it, if they describe this one.
    init(kind: ServiceKind, name: String, terms: VoucherTerms?) {
        let described = terms.flatMap { $0.routerProfile == name ? $0 : nil }
        self.kind = kind
        self.name = name
        rateLimit = described?.rateLimit
        sharedUsers = described?.sharedUsers ?? 1
    }

    /// Whether it can be made where it is missing: its speed is known, or it is the one that needs none.
    public var canBeMade: Bool { rateLimit != nil || name == "default" }
}
