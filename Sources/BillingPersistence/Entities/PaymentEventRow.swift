public import BillingDomain

/// One thing that was heard about a payment, kept as it was heard.
public struct PaymentEventRow: StoredRecord {
    /// The identity of the event: that of its payment with the place counted on.
    public let id: Identifier<PaymentEventRow>
    /// The tenant that is paid.
    public let tenant: Identifier<Tenant>
    /// The payment.
    public let payment: Identifier<PaymentRow>
    /// The place in the order in which events were heard, from 0.
    public let line: Int
    /// When it happened.
    public let at: Timestamp
    /// What was heard.
    public let event: PaymentEvent

    /// The table of payment events, which only grows.
    public static let table = RecordTable(
        "payment_event",
        [.id, .tenant, .identity("payment"), .integer("line"), .integer("at"), .text("event")],
        growth: .appendOnly,
        uniques: [["payment", "line"]],
        references: [.init("payment", to: "payment")],
        indexes: [["tenant", "at"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(payment)
        row(line)
        row(at)
        row(StorableJSON(event))
    }
}

extension PaymentEventRow {
    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        id = try row()
        tenant = try row()
        payment = try row()
        line = try row()
        at = try row()
        event = try (row() as StorableJSON<PaymentEvent>).value
    }

    init(_ event: PaymentEvent, line: Int, of payment: Payment) {
        id = Identifier(high: payment.id.high, low: payment.id.low &+ UInt64(line))
        tenant = payment.tenant
        self.payment = Identifier(high: payment.id.high, low: payment.id.low)
        self.line = line
        at = event.at
        self.event = event
    }
}

extension PaymentEventRow {
    /// The columns that queries name.
    public enum Columns {
        /// `payment`.
        public static let payment = Field<PaymentEventRow, Identifier<PaymentRow>>("payment")
        /// `line`.
        public static let line = Field<PaymentEventRow, Int>("line")
    }
}
