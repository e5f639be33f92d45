public import BillingDomain

/// Who leads those that run background jobs, as it is kept: one row for the whole store.
public struct Leadership: RevisedRecord {
    /// The identity of the one row.
    public static let only = Identifier<Leadership>(high: 0, low: 1)

    /// The identity.
    public let id: Identifier<Leadership>
    /// The last term.
    public var term: LeaderTerm
    /// The version of this record.
    public var revision: Int64

    /// Keeps a term.
    public init(term: LeaderTerm, revision: Int64 = 1) {
        id = Self.only
        self.term = term
        self.revision = revision
    }

    /// The table of the leadership, which belongs to no tenant.
    public static let table = RecordTable(
        "leadership",
        [.id, .integer("number"), .text("owner"), .integer("elected_at"), .integer("until"), .revision],
        ownership: .system
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(term.number)
        row(term.owner)
        row(term.electedAt)
        row(term.until)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        id = try row()
        term = LeaderTerm(number: try row(), owner: try row(), electedAt: try row(), until: try row())
        revision = try row()
    }
}
