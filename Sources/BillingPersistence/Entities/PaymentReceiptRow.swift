public import BillingDomain

/// A receipt number of a payment method, taken by one payment: the same money never counts for two.
public struct PaymentReceiptRow: StoredRecord {
    /// The identity of the record.
    public let id: Identifier<PaymentReceiptRow>
    /// The tenant that is paid.
    public let tenant: Identifier<Tenant>
    /// The method that numbers its receipts.
    public let method: PaymentMethod
    /// The number of the receipt.
    public let reference: String
    /// The payment that it settles.
    public let payment: Identifier<PaymentRow>

    /// The table of receipt numbers; one of a method is taken once.
    public static let table = RecordTable(
        "payment_receipt",
        noun: "receipt number",
        [.id, .tenant, .text("method"), .text("reference"), .identity("payment")],
        growth: .appendOnly,
        uniques: [["tenant", "method", "reference"]],
        references: [.init("payment", to: "payment")],
        indexes: [["tenant", "payment"]]
    )

    /// Takes a receipt number for a payment.
    public init(
        id: Identifier<PaymentReceiptRow>,
        tenant: Identifier<Tenant>,
        method: PaymentMethod,
        reference: String,
        payment: Identifier<Payment>
    ) {
        self.id = id
        self.tenant = tenant
        self.method = method
        self.reference = reference
        self.payment = Identifier(high: payment.high, low: payment.low)
    }

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(method)
        row(reference)
        row(payment)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        id = try row()
        tenant = try row()
        method = try row()
        reference = try row()
        payment = try row()
    }
}

extension PaymentReceiptRow {
    /// The columns that queries name.
    public enum Columns {
        /// `method`.
        public static let method = Field<PaymentReceiptRow, PaymentMethod>("method")
        /// `reference`.
        public static let reference = Field<PaymentReceiptRow, String>("reference")
    }
}
