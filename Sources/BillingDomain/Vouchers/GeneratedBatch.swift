/// A batch and its vouchers, ready to print.
public struct GeneratedBatch: Hashable, Sendable {
    /// The batch.
    public let batch: VoucherBatch

    /// Its vouchers as they are now, by code.
    public let vouchers: [Voucher]

    /// Joins a batch with its vouchers, in any order.
    public init(_ batch: VoucherBatch, vouchers: [Voucher]) {
        self.batch = batch
        self.vouchers = vouchers.sorted { $0.code < $1.code }
    }
}
