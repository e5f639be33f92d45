/// Commission earned by one sale, or taken back because of its refund.
///
/// | state | `settle` | `release` |
/// |---|---|---|
/// | open | on a statement | – |
/// | on a statement | – | open |
public struct CommissionAccrual: Hashable, Sendable {
    /// The identity of the accrual.
    public let id: Identifier<CommissionAccrual>

    /// The tenant that owes it.
    public let tenant: Identifier<Tenant>

    /// Who earned it.
    public let earner: CommissionEarner

    /// The rule it was earned under.
    public let rule: Identifier<CommissionRule>

    /// What earned it, such as `sale:batch:<id>`; an earner earns once by a cause.
    public let cause: String

    /// How much; below zero when it takes back another.
    public let amount: Money

    /// The accrual that this one takes back.
    public let reverses: Identifier<CommissionAccrual>?

    /// The statement it is on; `nil` while it is not settled.
    public private(set) var statement: Identifier<CommissionStatement>?

    /// When it was earned.
    public let createdAt: Timestamp

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates an accrual, or recreates a stored one.
    public init(
        id: Identifier<CommissionAccrual>,
        tenant: Identifier<Tenant>,
        earner: CommissionEarner,
        rule: Identifier<CommissionRule>,
        cause: String,
        amount: Money,
        reverses: Identifier<CommissionAccrual>? = nil,
        statement: Identifier<CommissionStatement>? = nil,
        createdAt: Timestamp,
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.earner = earner
        self.rule = rule
        self.cause = cause
        self.amount = amount
        self.reverses = reverses
        self.statement = statement
        self.createdAt = createdAt
        self.revision = revision
    }

    /// The accrual that takes this one back, wholly or in the proportion in which a unit that was sold was refunded.
    ///
    /// It is an accrual of its own, so one that was paid already is deducted from the next statement.
    ///
    /// - Parameters:
    ///   - id: The identity of the new accrual.
    ///   - unit: What the unit has earned of it; all of it where left out.
    ///   - refunded: What was paid back of `price`.
    ///   - price: What was paid for the unit; above zero.
    ///   - alreadyReversed: What earlier refunds took back of this accrual, as a positive amount.
    ///   - instant: When.
    /// - Returns: The new accrual; `nil` when nothing is left to take back.
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` for an accrual that takes back another.
    public func reversal(
        id: Identifier<CommissionAccrual>,
        unit: Money? = nil,
        refunded: Money,
        of price: Money,
        alreadyReversed: Money,
        at instant: Timestamp
    ) throws(DomainError) -> CommissionAccrual? {
        guard reverses == nil, !amount.isNegative else {
            throw DomainError(.illegalMove, "An accrual that takes back another cannot be taken back.")
        }
        _ = try refunded - price
        let left = try amount - alreadyReversed
        let earned = try Money.smaller(unit ?? amount, amount)
        var share = earned.minorUnits
        if refunded.minorUnits < price.minorUnits, refunded.minorUnits > 0 {
            let product = earned.minorUnits.magnitude.multipliedFullWidth(by: refunded.minorUnits.magnitude)
            // Less than the whole of the price: the quotient is less than what was earned.
            share = Int64(clamping: price.minorUnits.magnitude.dividingFullWidth(product).quotient)
        }
        share = min(share, left.minorUnits)
        guard refunded.minorUnits > 0, share > 0 else { return nil }
        return CommissionAccrual(
            id: id,
            tenant: tenant,
            earner: earner,
            rule: rule,
            cause: "reversal:\(cause)",
            amount: Money(minorUnits: -share, currency: amount.currency),
            reverses: self.id,
            createdAt: instant
        )
    }

    /// open → on a statement.
    public mutating func settle(on statement: Identifier<CommissionStatement>) throws(DomainError) {
        guard self.statement == nil else {
            throw DomainError(.illegalMove, "Cannot settle commission that is on a statement already.")
        }
        self.statement = statement
    }

    /// on a statement → open, because the statement was cancelled.
    public mutating func release() throws(DomainError) {
        guard statement != nil else {
            throw DomainError(.illegalMove, "Cannot release commission that is open: it is on no statement.")
        }
        statement = nil
    }
}
