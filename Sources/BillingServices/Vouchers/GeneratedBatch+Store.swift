import BillingDomain
import BillingPersistence

extension GeneratedBatch {
    /// Reads a batch with its vouchers.
    init(_ id: Identifier<VoucherBatch>, in store: any StoreReader) throws {
        guard let batch = try store.batch(id) else { throw BillingError.notFound("batch", field: "batch") }
        self.init(batch, vouchers: try store.records(Query(Voucher.Columns.batch == id)))
    }
}
