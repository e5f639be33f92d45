public import BillingDomain

/// A rate of exchange as a tenant noted it: kept for ever, because amounts were converted by it.
public struct ExchangeRateRow: StoredRecord {
    /// The identity of the record.
    public let id: Identifier<ExchangeRateRow>
    /// The tenant that noted it.
    public let tenant: Identifier<Tenant>
    /// The rate.
    public let rate: ExchangeRate

    /// The table of rates, which only grows.
    public static let table = RecordTable(
        "exchange_rate",
        [
            .id, .tenant, .text("given"), .text("received"), .integer("mantissa"), .integer("scale"), .text("source"),
            .integer("at"),
        ],
        growth: .appendOnly,
        references: [.init("tenant", to: "tenant")],
        indexes: [["tenant", "given", "received", "at", "id"], ["tenant", "at", "id"]]
    )

    /// Creates a record.
    public init(id: Identifier<ExchangeRateRow>, tenant: Identifier<Tenant>, rate: ExchangeRate) {
        self.id = id
        self.tenant = tenant
        self.rate = rate
    }

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(rate.from)
        row(rate.to)
        row(rate.mantissa)
        row(rate.scale)
        row(rate.source)
        row(rate.at)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        id = try row()
        tenant = try row()
        rate = try ExchangeRate(
            from: row(),
            to: row(),
            mantissa: row(),
            scale: row(),
            source: row(),
            at: row()
        )
    }
}

extension ExchangeRateRow {
    /// The columns that queries name.
    public enum Columns {
        /// `given`.
        public static let given = Field<ExchangeRateRow, Currency>("given")
        /// `received`.
        public static let received = Field<ExchangeRateRow, Currency>("received")
        /// `at`.
        public static let at = Field<ExchangeRateRow, Timestamp>("at")
    }
}
