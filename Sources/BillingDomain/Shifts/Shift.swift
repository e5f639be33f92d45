/// One person's drawer of one currency, from its float to its count.
///
/// Expected is float + sales + cash in − refunds − cash out − handed over.
///
/// | state | `record` | `count` | `recount` | `close` | `approve` |
/// |---|---|---|---|---|---|
/// | open | open | counted | – | – | – |
/// | counted | – | – | open | closed, if as expected | approved, by a second person |
/// | closed | – | – | – | – | – |
/// | approved | – | – | – | – | – |
///
/// Moves that the table does not have throw ``DomainError`` with ``DomainError/Code/illegalMove`` and change nothing. A
/// store keeps at most one shift of a person and currency that has not ended.
public struct Shift: Hashable, Sendable {
    /// The identity of the shift.
    public let id: Identifier<Shift>

    /// The tenant whose cash it is.
    public let tenant: Identifier<Tenant>

    /// Whose drawer it is.
    public let staff: Identifier<Staff>

    /// The site it stands at, if that matters.
    public let site: Identifier<Site>?

    /// What the drawer held at the start.
    public let openingFloat: Money

    /// Cash taken for sales.
    public internal(set) var sales: Money

    /// Cash paid back.
    public internal(set) var refunds: Money

    /// Cash that came in otherwise.
    public internal(set) var cashIn: Money

    /// Cash that went out otherwise.
    public internal(set) var cashOut: Money

    /// Cash that was handed over.
    public internal(set) var handedOver: Money

    /// What was counted at the end; `nil` before.
    public internal(set) var counted: Money?

    /// Why there is a difference, for people.
    public internal(set) var reason: String?

    /// Where it stands.
    public internal(set) var state: ShiftState

    /// Who counted it; `nil` before.
    public internal(set) var countedBy: Actor?

    /// Who closed or approved it.
    public internal(set) var endedBy: Actor?

    /// When it was opened.
    public let createdAt: Timestamp

    /// When it was counted.
    public internal(set) var countedAt: Timestamp?

    /// When it was closed or approved.
    public internal(set) var endedAt: Timestamp?

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Opens a shift, or recreates a stored one.
    public init(
        id: Identifier<Shift>,
        tenant: Identifier<Tenant>,
        staff: Identifier<Staff>,
        site: Identifier<Site>? = nil,
        openingFloat: Money,
        sales: Money? = nil,
        refunds: Money? = nil,
        cashIn: Money? = nil,
        cashOut: Money? = nil,
        handedOver: Money? = nil,
        counted: Money? = nil,
        reason: String? = nil,
        state: ShiftState = .open,
        countedBy: Actor? = nil,
        endedBy: Actor? = nil,
        createdAt: Timestamp,
        countedAt: Timestamp? = nil,
        endedAt: Timestamp? = nil,
        revision: Int64 = 1
    ) {
        let zero = Money.zero(openingFloat.currency)
        self.id = id
        self.tenant = tenant
        self.staff = staff
        self.site = site
        self.openingFloat = openingFloat
        self.sales = sales ?? zero
        self.refunds = refunds ?? zero
        self.cashIn = cashIn ?? zero
        self.cashOut = cashOut ?? zero
        self.handedOver = handedOver ?? zero
        self.counted = counted
        self.reason = reason
        self.state = state
        self.countedBy = countedBy
        self.endedBy = endedBy
        self.createdAt = createdAt
        self.countedAt = countedAt
        self.endedAt = endedAt
        self.revision = revision
    }

    /// The currency of the drawer.
    public var currency: Currency { openingFloat.currency }

    /// What the drawer should hold.
    public func expected() throws(DomainError) -> Money {
        try openingFloat + sales + cashIn - refunds - cashOut - handedOver
    }

    /// What was counted less what was expected: above zero is too much, below is missing; `nil` before the count.
    ///
    /// This is what ``PostingRecipe/overShort(_:of:)`` books when the shift ends.
    public func difference() throws(DomainError) -> Money? {
        guard let counted else { return nil }
        return try counted - expected()
    }
}
