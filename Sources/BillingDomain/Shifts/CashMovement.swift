/// Cash that went into or out of a drawer during a shift.
///
/// Append-only; each has its entry in the ledger.
public struct CashMovement: Hashable, Sendable {
    /// What kind of movement it is.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Cash taken for a sale, a top-up or an invoice.
        case sale
        /// Cash paid back.
        case refund
        /// Cash handed to the safe, the bank or a colleague.
        case handOver = "hand-over"
        /// Cash that came in otherwise, such as change from the safe.
        case cashIn = "cash-in"
        /// Cash that went out otherwise, such as for petrol.
        case cashOut = "cash-out"

        /// Whether the drawer holds more afterwards.
        public var comesIn: Bool { self == .sale || self == .cashIn }
    }

    /// The identity of the movement.
    public let id: Identifier<CashMovement>

    /// The tenant whose cash it is.
    public let tenant: Identifier<Tenant>

    /// The shift it belongs to.
    public let shift: Identifier<Shift>

    /// When it happened.
    public let at: Timestamp

    /// What kind of movement it is.
    public let kind: Kind

    /// How much, above zero.
    public let amount: Money

    /// Who moved it.
    public let actor: Actor

    /// The cause in the ledger, such as `sale:batch:<id>`.
    public let cause: String

    /// Why, for people; needed for ``Kind/cashIn`` and ``Kind/cashOut``.
    public let reason: String?

    /// Creates a movement, or recreates a stored one.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for an amount that is not above zero and for a
    ///   movement that needs a reason and has none.
    public init(
        id: Identifier<CashMovement>,
        tenant: Identifier<Tenant>,
        shift: Identifier<Shift>,
        at: Timestamp,
        kind: Kind,
        amount: Money,
        actor: Actor,
        cause: String,
        reason: String? = nil
    ) throws(DomainError) {
        guard amount.minorUnits > 0 else {
            throw DomainError(.invalidValue, field: "amount", "A movement of cash is more than nothing.")
        }
        guard (kind != .cashIn && kind != .cashOut) || !(reason ?? "").isEmpty else {
            throw DomainError(.invalidValue, field: "reason", "Say why this cash goes in or out.")
        }
        self.id = id
        self.tenant = tenant
        self.shift = shift
        self.at = at
        self.kind = kind
        self.amount = amount
        self.actor = actor
        self.cause = cause
        self.reason = reason
    }
}
