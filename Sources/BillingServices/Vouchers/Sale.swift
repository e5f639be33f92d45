public import BillingDomain
import BillingPersistence

/// A sale as it was entered in the books.
public struct Sale: Hashable, Sendable {
    /// The vouchers that were sold, by code.
    public let vouchers: [Voucher]
    /// What of a batch that was asked for is not sold, by code: what is disabled, has lapsed, or is kept back for a payment.
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
