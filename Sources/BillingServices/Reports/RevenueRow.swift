public import BillingDomain
public import BillingPersistence

/// Revenue of some days, in its three meanings, by currency.
public struct RevenueRow: Hashable, Sendable {
    /// The days.
    public let days: DateRange
    /// Expected, received and earned, by currency; empty where nothing moved.
    public let figures: [RevenueFigures]
}
