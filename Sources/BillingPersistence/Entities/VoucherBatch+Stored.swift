public import BillingDomain

extension VoucherBatch: StoredRecord {
    /// The table of batches.
    public static let table = RecordTable(
        "voucher_batch",
        noun: "batch",
        [.id, .tenant, .identity("package").optional, .text("package_name")] + VoucherTerms.columns + [
            .integer("quantity"), .identity("router"), .text("code_prefix"), .text("code_alphabet"),
            .integer("code_length"), .integer("code_has_check"), .integer("activate_by").optional,
            .text("created_by"), .integer("created_at"), .integer("face_value"),
        ],
        growth: .appendOnly,
        references: [.init("package", to: "package"), .init("router", to: "router")],
        indexes: [
            ["tenant", "created_at", "id"], ["tenant", "package", "router", "created_at", "id"],
            ["tenant", "created_by", "created_at", "id"],
        ]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(package)
        row(packageName)
        terms.encode(into: &row)
        row(quantity)
        row(router)
        row(codeStyle.prefix)
        row(codeStyle.alphabet)
        row(codeStyle.length)
        row(codeStyle.hasCheckSymbol)
        row(activateBy)
        row(createdBy)
        row(createdAt)
        // What all of it is to bring in, so that reports need not multiply.
        row(Int64(clamping: Int128(quantity) * Int128(terms.price.minorUnits)))
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            package: try row(),
            packageName: try row(),
            terms: try VoucherTerms(from: &row),
            quantity: try row(),
            router: try row(),
            codeStyle: try VoucherCodeStyle(from: &row),
            activateBy: try row(),
            createdBy: try row(),
            createdAt: try row()
        )
    }
}

extension VoucherCodeStyle {
    fileprivate init(from row: inout RowDecoder) throws {
        let prefix: String = try row()
        try self.init(alphabet: try row(), length: try row(), prefix: prefix, hasCheckSymbol: try row())
    }
}

extension CodeAlphabet: StorableText {}

extension VoucherBatch {
    /// The columns that queries name.
    public enum Columns {
        /// `package`.
        public static let package = Field<VoucherBatch, Identifier<Package>?>("package")
        /// `router`.
        public static let router = Field<VoucherBatch, Identifier<Router>>("router")
        /// `created_by`.
        public static let createdBy = Field<VoucherBatch, BillingDomain.Actor>("created_by")
        /// `created_at`.
        public static let createdAt = Field<VoucherBatch, Timestamp>("created_at")
    }
}
