public import BillingDomain
public import BillingPersistence

/// What the owner of a shop wants to see first.
public struct DashboardFigures: Hashable, Sendable {
    /// How many vouchers there are of each state; ask it with a status, as in `vouchers[DocumentStatus.active]`.
    public let vouchers: VoucherCounts
    /// Customers on line when the routers were last read.
    public let activeNow: Int
    /// How many routers there are of each status; statuses that do not occur are left out.
    public let routers: [RouterStatus: Int]
    /// Changes waiting to reach their router.
    public let outboxDepth: Int
    /// Since midnight in the tenant's time zone, by currency.
    public let today: [RevenueFigures]
    /// The last 30 days including today, by currency.
    public let last30Days: [RevenueFigures]

    /// Vouchers that were used although nobody entered their sale.
    public var usedButUnsold: Int { vouchers.usedButUnsold }
}
