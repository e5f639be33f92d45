/// A numbered statement of what an earner is paid.
///
/// | state | `pay` | `cancel` |
/// |---|---|---|
/// | issued | paid | cancelled |
/// | paid | – | – |
/// | cancelled | – | – |
public struct CommissionStatement: Hashable, Sendable {
    /// Where a statement stands.
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// Issued and not paid.
        case issued
        /// Paid.
        case paid
        /// Taken back before it was paid; its number is not used again.
        case cancelled
    }

    /// How many accruals one statement settles: the oldest, and more only where so many come to nothing.
    public static let usualAccruals = 10_000

    /// The identity of the statement.
    public let id: Identifier<CommissionStatement>

    /// The tenant that pays.
    public let tenant: Identifier<Tenant>

    /// The number, 1 for the tenant's first, without gaps.
    public let number: Int64

    /// Who is paid.
    public let earner: CommissionEarner

    /// The sum of its accruals, above zero.
    public let total: Money

    /// How many accruals it settles.
    public let accrualCount: Int64

    /// Accruals from before this instant are on it.
    public let before: Timestamp

    /// Where it stands.
    public private(set) var state: State

    /// When it was issued.
    public let createdAt: Timestamp

    /// When it was paid or cancelled.
    public private(set) var endedAt: Timestamp?

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Recreates a stored statement.
    public init(
        id: Identifier<CommissionStatement>,
        tenant: Identifier<Tenant>,
        number: Int64,
        earner: CommissionEarner,
        total: Money,
        accrualCount: Int64,
        before: Timestamp,
        state: State,
        createdAt: Timestamp,
        endedAt: Timestamp? = nil,
        revision: Int64
    ) {
        self.id = id
        self.tenant = tenant
        self.number = number
        self.earner = earner
        self.total = total
        self.accrualCount = accrualCount
        self.before = before
        self.state = state
        self.createdAt = createdAt
        self.endedAt = endedAt
        self.revision = revision
    }

    /// Issues what a preview showed.
    ///
    /// - Returns: The statement, and the accruals as they are to be stored.
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` when there is nothing to pay.
    public static func issue(
        _ preview: CommissionPreview,
        id: Identifier<CommissionStatement>,
        tenant: Identifier<Tenant>,
        number: Int64,
        before: Timestamp,
        at instant: Timestamp
    ) throws(DomainError) -> (statement: CommissionStatement, accruals: [CommissionAccrual]) {
        guard preview.total.minorUnits > 0 else {
            throw DomainError(.invalidValue, field: "total", "There is nothing to pay: the sum is \(preview.total).")
        }
        var accruals = preview.accruals
        for index in accruals.indices { try accruals[index].settle(on: id) }
        let statement = CommissionStatement(
            id: id,
            tenant: tenant,
            number: number,
            earner: preview.earner,
            total: preview.total,
            accrualCount: Int64(accruals.count),
            before: before,
            state: .issued,
            createdAt: instant,
            revision: 1
        )
        return (statement, accruals)
    }

    /// issued → paid.
    public mutating func pay(at instant: Timestamp) throws(DomainError) { try end(.paid, "pay", at: instant) }

    /// issued → cancelled; its accruals are released.
    public mutating func cancel(at instant: Timestamp) throws(DomainError) {
        try end(.cancelled, "cancel", at: instant)
    }

    private mutating func end(_ state: State, _ move: String, at instant: Timestamp) throws(DomainError) {
        guard self.state == .issued else {
            throw DomainError(
                .illegalMove,
                "Cannot \(move) statement \(number), which is \(self.state.rawValue): only an issued one can be."
            )
        }
        self.state = state
        endedAt = instant
    }
}
