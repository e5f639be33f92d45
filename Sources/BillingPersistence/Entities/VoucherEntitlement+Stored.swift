public import BillingDomain

extension VoucherEntitlement: StoredRecord {
    /// The table of extensions, which are only ever added.
    public static let table = RecordTable(
        "voucher_entitlement",
        noun: "extension",
        [
            .id, .tenant, .identity("voucher"), .text("time").optional, .text("policy"), .integer("bytes").optional,
            .integer("uptime").optional, .integer("previous_end").optional, .integer("new_end").optional,
            .text("previous_access"), .text("actor"), .text("cause"), .integer("price").optional,
            .text("currency").optional, .text("paid_into").optional, .integer("granted").optional,
            .integer("created_at"),
        ],
        growth: .appendOnly,
        references: [.init("voucher", to: "voucher")],
        indexes: [["tenant", "voucher", "created_at", "id"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(voucher)
        row(grant.time)
        row(grant.policy)
        row(grant.bytes)
        row(grant.uptime)
        row(previousEnd)
        row(newEnd)
        row(previousAccess)
        row(actor)
        row(cause)
        row(paid?.amount.minorUnits)
        row(paid?.amount.currency)
        row(paid?.account)
        row(paid?.granted.minorUnits)
        row(createdAt)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        let id: Identifier<VoucherEntitlement> = try row()
        self.init(
            id: id,
            tenant: try row(),
            voucher: try row(),
            grant: try VoucherGrant(from: &row),
            previousEnd: try row(),
            newEnd: try row(),
            previousAccess: try row(),
            actor: try row(),
            cause: try row(),
            paid: try VoucherPayment(of: id, from: &row),
            createdAt: try row()
        )
    }
}

extension VoucherGrant {
    fileprivate init(from row: inout RowDecoder) throws {
        try self.init(time: try row(), policy: try row(), bytes: try row(), uptime: try row())
    }
}

extension VoucherGrant.Policy: StorableWord {}

extension VoucherPayment {
    /// Reads the four columns of what was paid; `nil` for a gift.
    fileprivate init?(of extended: Identifier<VoucherEntitlement>, from row: inout RowDecoder) throws {
        let amount = try Money(optionalFrom: &row)
        let (account, granted): (Account?, Int64?) = (try row(), try row())
        guard let amount else { return nil }
        self.init(
            amount,
            account: account,
            granted: granted.map { Money(minorUnits: $0, currency: amount.currency) },
            entry: VoucherEntitlement.entry(of: extended)
        )
    }
}

extension VoucherEntitlement {
    /// The columns that queries name.
    public enum Columns {
        /// `voucher`.
        public static let voucher = Field<VoucherEntitlement, Identifier<Voucher>>("voucher")
        /// `created_at`.
        public static let createdAt = Field<VoucherEntitlement, Timestamp>("created_at")
    }
}

extension StoreReader {
    /// The extensions of a voucher, oldest first.
    public func entitlements(of voucher: Identifier<Voucher>) throws -> [VoucherEntitlement] {
        try records(
            Query(VoucherEntitlement.Columns.voucher == voucher).sorted(by: VoucherEntitlement.Columns.createdAt)
        )
    }
}
