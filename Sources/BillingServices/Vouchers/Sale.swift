public import BillingDomain

/// A sale as it was entered in the books.
public struct Sale: Hashable, Sendable {
    /// The vouchers that were sold, by code.
    public let vouchers: [Voucher]
    /// What was paid, by currency.
    public let totals: [Money]
}
