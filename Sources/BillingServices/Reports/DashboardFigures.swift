public import BillingDomain
public import BillingPersistence

/// What the owner of a shop wants to see first.
public struct DashboardFigures: Hashable, Sendable {
    /// How many vouchers there are of each state; ask it with a status, as in `vouchers[DocumentStatus.active]`.
    public let vouchers: VoucherCounts
    /// Customers with an open session when the routers that answer were last read.
    public let activeNow: Int
    /// How many routers there are of each status; statuses that do not occur are left out.
    public let routers: [RouterStatus: Int]
    /// Changes waiting to reach their router.
    public let outboxDepth: Int
    /// Changes that were given up on the way to their router.
    public let outboxParked: Int
    /// Vouchers generated, sold, first used and paid back since midnight in the tenant's time zone.
    public let vouchersToday: VoucherFlow
    /// Active vouchers whose use ends within 24 hours.
    public let expiringSoon: Int
    /// Subscriptions in service whose paid time ends within 7 days.
    public let subscriptionsExpiringSoon: Int
    /// What the sales of the last 30 days left over their cost, by currency.
    ///
    /// `nil` for those who may not see costs. What has no cost is left out.
    public let profit30Days: [Money]?
    /// Since midnight in the tenant's time zone, by currency.
    public let today: [RevenueFigures]
    /// The last 30 days including today, by currency.
    public let last30Days: [RevenueFigures]

    /// Vouchers that were used although nobody entered their sale.
    public var usedButUnsold: Int { vouchers.usedButUnsold }
}
