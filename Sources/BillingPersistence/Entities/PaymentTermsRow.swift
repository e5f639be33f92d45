public import BillingDomain

/// The terms of a payment method in one currency, as a tenant set them.
public struct PaymentTermsRow: RevisedRecord {
    /// The identity of the record.
    public let id: Identifier<PaymentTermsRow>
    /// The tenant that takes the money.
    public let tenant: Identifier<Tenant>
    /// The terms; method and currency stay.
    public var terms: PaymentTerms
    /// The version of the record.
    public var revision: Int64

    /// The table of payment methods; a tenant has one for each method and currency.
    public static let table = RecordTable(
        "payment_method",
        [
            .id, .tenant, .text("method").fixed, .text("currency").fixed, .integer("is_enabled"), .text("terms"),
            .revision,
        ],
        uniques: [["tenant", "method", "currency"]],
        references: [.init("tenant", to: "tenant")]
    )

    /// Creates a record.
    public init(
        id: Identifier<PaymentTermsRow>,
        tenant: Identifier<Tenant>,
        terms: PaymentTerms,
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.terms = terms
        self.revision = revision
    }

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(terms.method)
        row(terms.currency)
        row(terms.isEnabled)
        row(StorableJSON(terms))
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        id = try row()
        tenant = try row()
        let (_, _, _): (PaymentMethod, Currency, Bool) = (try row(), try row(), try row())
        terms = try (row() as StorableJSON<PaymentTerms>).value
        revision = try row()
    }
}

extension PaymentTermsRow {
    /// The columns that queries name.
    public enum Columns {
        /// `method`.
        public static let method = Field<PaymentTermsRow, PaymentMethod>("method")
        /// `currency`.
        public static let currency = Field<PaymentTermsRow, Currency>("currency")
    }
}
