public import BillingDomain
import BillingPersistence

/// A sale as it was entered in the books.
public struct Sale: Hashable, Sendable {
    /// The vouchers that were sold, by code.
    public let vouchers: [Voucher]
    /// What of a batch that was asked for is not sold, by code: disabled, lapsed, or kept back for a payment.
    ///
    /// This is the stock as of the answer: the answer to a repetition names what is left by then.
    public let leftOut: [Voucher]
    /// What was paid.
    public let total: Money

    /// The sale of a name, as its vouchers are now.
    init(named entry: String, leftOut: [Voucher], in store: any StoreReader) throws {
        vouchers = try store.records(Query(Voucher.Columns.saleEntry == entry)).sorted { $0.code < $1.code }
        guard let currency = vouchers.first?.paidPrice.currency else { throw BillingError.notFound("sale") }
        total = try Money.sum(vouchers.map(\.paidPrice), in: currency)
        self.leftOut = leftOut.sorted { $0.code < $1.code }
    }
}
