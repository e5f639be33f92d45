public import BillingDomain

extension Settings: RevisedRecord {
    /// The identity: that of the tenant, which has one set of settings.
    public var id: Identifier<Settings> { Identifier(high: tenant.high, low: tenant.low) }

    /// The table of settings, one row for each tenant that has set something.
    public static let table = RecordTable(
        "settings",
        [.id, .tenant, .text("settings"), .revision],
        references: [.init("tenant", to: "tenant")]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(StorableJSON(values))
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        let _: Identifier<Settings> = try row()
        self.init(
            tenant: try row(),
            values: (try row() as StorableJSON<[String: String]>).value,
            revision: try row()
        )
    }
}
