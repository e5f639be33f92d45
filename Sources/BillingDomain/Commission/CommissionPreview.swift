/// What a commission statement would say if it were issued now; nothing is posted or kept.
public struct CommissionPreview: Hashable, Sendable {
    /// Who would be paid.
    public let earner: CommissionEarner

    /// The open accruals that would be settled, oldest first.
    public let accruals: [CommissionAccrual]

    /// Their sum; below zero when more was taken back than earned.
    public let total: Money

    /// The sum of everything that is open, shown or not.
    public let open: Money

    /// Whether more is open than is shown: the rest is on the next statement.
    public let isCut: Bool

    /// Gathers the open accruals of an earner in one currency that were earned before an instant.
    ///
    /// `open` is the sum of all that is open, where it is more than these.
    public init(
        of accruals: [CommissionAccrual],
        earner: CommissionEarner,
        in currency: Currency,
        before instant: Timestamp,
        isCut: Bool = false,
        open: Money? = nil
    ) throws(DomainError) {
        self.earner = earner
        self.isCut = isCut
        self.accruals = accruals.filter {
            $0.earner == earner && $0.statement == nil && $0.amount.currency == currency && $0.createdAt < instant
        }
        .sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
        var total = Money.zero(currency)
        for accrual in self.accruals { total = try total + accrual.amount }
        self.total = total
        self.open = open ?? total
    }
}
