public import BillingDomain

extension VoucherDevice: RevisedRecord {
    /// The table of devices that were seen; a voucher has each once.
    public static let table = RecordTable(
        "voucher_device",
        noun: "device",
        [
            .id, .tenant, .identity("voucher").fixed, .text("address").fixed, .integer("first_seen_at"),
            .integer("last_seen_at"), .revision,
        ],
        uniques: [["voucher", "address"]],
        references: [.init("voucher", to: "voucher")],
        indexes: [["tenant", "address", "last_seen_at"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(voucher)
        row(address)
        row(firstSeenAt)
        row(lastSeenAt)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            voucher: try row(),
            address: try row(),
            firstSeenAt: try row(),
            lastSeenAt: try row(),
            revision: try row()
        )
    }
}

extension VoucherDevice {
    /// The columns that queries name.
    public enum Columns {
        /// `voucher`.
        public static let voucher = Field<VoucherDevice, Identifier<Voucher>>("voucher")
        /// `address`.
        public static let address = Field<VoucherDevice, DeviceAddress>("address")
        /// `first_seen_at`.
        public static let firstSeenAt = Field<VoucherDevice, Timestamp>("first_seen_at")
    }
}

extension StoreReader {
    /// The devices that were seen with a voucher, the first first.
    public func devices(of voucher: Identifier<Voucher>) throws -> [VoucherDevice] {
        try records(Query(VoucherDevice.Columns.voucher == voucher).sorted(by: VoucherDevice.Columns.firstSeenAt))
    }
}
