import BillingDomain
import BillingPersistence

extension GeneratedBatch {
    /// Reads a batch with its vouchers.
    init(_ id: Identifier<VoucherBatch>, in store: any StoreReader) throws {
        guard let batch = try store.batch(id) else { throw BillingError.notFound("batch", field: "batch") }
        let vouchers = try store.vouchers(VoucherFilter(batch: id), PageRequest(size: batch.quantity)).items
        self.init(batch, vouchers: vouchers)
    }
}
