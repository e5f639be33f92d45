public import BillingDomain

/// What a payment is found by, and what its events come to: the events themselves are rows of their own.
public struct PaymentRow: RevisedRecord {
    /// The identity of the payment.
    public let id: Identifier<PaymentRow>
    /// The tenant that is paid.
    public let tenant: Identifier<Tenant>
    /// The customer who pays, if known.
    public let customer: Identifier<Customer>?
    /// How it is paid.
    public let method: PaymentMethod
    /// What is asked for.
    public let amount: Money
    /// The payer's fee in it.
    public let payerFee: Money
    /// What it is for.
    public let purpose: PaymentPurpose
    /// What one of it was said to cost.
    public let quoted: QuotedPrice?
    /// Whom a voucher's credentials are sent to.
    public let recipient: String?
    /// What payer and gateway may see.
    public let publicReference: String
    /// Where it stands, as its events say.
    public let status: PaymentStatus
    /// What came in.
    public let captured: Money
    /// What went back.
    public let refunded: Money
    /// When the last of the money came in.
    public let settledAt: Timestamp?
    /// How many events it has.
    public let eventCount: Int
    /// When it was asked for.
    public let createdAt: Timestamp
    /// The version of the record.
    public var revision: Int64
    /// The voucher that it is for.
    public var voucher: Identifier<Voucher>? { if case .voucher(let id) = purpose { id } else { nil } }

    /// The table of payments; public references are unique in a tenant.
    public static let table = RecordTable(
        "payment",
        [
            .id, .tenant, .identity("customer").optional.fixed, .text("method").fixed, .integer("amount").fixed,
            .text("currency").fixed, .integer("payer_fee").fixed, .text("purpose").fixed,
            .text("quoted").optional.fixed,
            .text("recipient").optional.fixed, .text("public_reference").fixed, .word("status", PaymentStatus.self),
            .integer("captured"), .text("captured_currency"), .integer("refunded"), .integer("settled_at").optional,
            .integer("event_count"), .integer("created_at").fixed, .revision, .identity("voucher").optional.fixed,
        ],
        uniques: [["tenant", "public_reference"]],
        references: [.init("tenant", to: "tenant"), .init("customer", to: "customer")],
        indexes: [
            ["tenant", "created_at", "id"], ["tenant", "customer", "created_at", "id"],
            ["tenant", "status", "created_at", "id"], ["tenant", "method", "created_at", "id"],
            ["tenant", "purpose", "created_at", "id"], ["tenant", "settled_at"],
        ]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(customer)
        row(method)
        row(amount.minorUnits)
        row(amount.currency)
        row(payerFee.minorUnits)
        row(purpose)
        row(quoted.map { StorableJSON($0) })
        row(recipient)
        row(publicReference)
        row(status)
        row(captured.minorUnits)
        row(captured.currency)
        row(refunded.minorUnits)
        row(settledAt)
        row(eventCount)
        row(createdAt)
        row(revision)
        row(voucher)
    }
}

extension PaymentRow {
    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        id = try row()
        tenant = try row()
        customer = try row()
        method = try row()
        amount = Money(minorUnits: try row(), currency: try row())
        payerFee = Money(minorUnits: try row(), currency: amount.currency)
        purpose = try row()
        quoted = try (row() as StorableJSON<QuotedPrice>?)?.value
        recipient = try row()
        publicReference = try row()
        status = try row()
        captured = Money(minorUnits: try row(), currency: try row())
        refunded = Money(minorUnits: try row(), currency: captured.currency)
        settledAt = try row()
        eventCount = try row()
        createdAt = try row()
        revision = try row()
    }

    init(_ payment: Payment) {
        id = Identifier(high: payment.id.high, low: payment.id.low)
        tenant = payment.tenant
        customer = payment.customer
        method = payment.method
        amount = payment.amount
        payerFee = payment.payerFee
        purpose = payment.purpose
        quoted = payment.quoted
        recipient = payment.recipient
        publicReference = payment.publicReference
        status = payment.status
        captured = payment.captured
        refunded = payment.refunded
        settledAt = payment.settledAt
        eventCount = payment.events.count
        createdAt = payment.createdAt
        revision = payment.revision
    }

    /// The payment, with its events.
    func payment(_ events: [PaymentEvent]) throws -> Payment {
        try Payment(
            id: Identifier(high: id.high, low: id.low),
            tenant: tenant,
            customer: customer,
            method: method,
            amount: amount,
            payerFee: payerFee,
            purpose: purpose,
            quoted: quoted,
            recipient: recipient,
            publicReference: publicReference,
            events: events,
            createdAt: createdAt,
            revision: revision
        )
    }
}

extension PaymentRow {
    /// The columns that queries name.
    public enum Columns {
        /// `customer`.
        public static let customer = Field<PaymentRow, Identifier<Customer>?>("customer")
        /// `method`.
        public static let method = Field<PaymentRow, PaymentMethod>("method")
        /// `purpose`.
        public static let purpose = Field<PaymentRow, PaymentPurpose>("purpose")
        /// `voucher`.
        public static let voucher = Field<PaymentRow, Identifier<Voucher>?>("voucher")
        /// `public_reference`.
        public static let publicReference = Field<PaymentRow, String>("public_reference")
        /// `status`.
        public static let status = Field<PaymentRow, PaymentStatus>("status")
        /// `created_at`.
        public static let createdAt = Field<PaymentRow, Timestamp>("created_at")
    }
}
