/// What was taken back of a ``PeriodRun``: whose it was, and where it lay in the books.
///
/// `paid` and `granted` together are `deferred`, `earned` and `tax` together.
public struct ReturnedUnits: Hashable, Sendable {
    /// What had granted the periods.
    public let ground: RenewalGround

    /// What the customer had paid in.
    public let paid: Money

    /// What the customer had been given.
    public let granted: Money

    /// What was not earned yet.
    public let deferred: Money

    /// What counted as revenue already.
    public let earned: Money

    /// The tax in it.
    public let tax: Money
}
