public import BillingDomain

extension Tenant: RevisedRecord {
    /// The table of tenants; each is seen in its own scope.
    public static let table = RecordTable(
        "tenant",
        [.id, .text("name"), .text("currency"), .text("time_zone"), .integer("created_at").fixed, .revision],
        ownership: .tenant(column: "id"),
        indexes: [["created_at", "id"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(name)
        row(currency)
        row(timeZone)
        row(createdAt)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            name: try row(),
            currency: try row(),
            timeZone: try row(),
            createdAt: try row(),
            revision: try row()
        )
    }
}
