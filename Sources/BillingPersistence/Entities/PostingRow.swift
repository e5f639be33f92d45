public import BillingDomain

/// One posting of a ledger entry, kept with what reports search by.
public struct PostingRow: StoredRecord {
    /// The identity of the posting: that of its entry with the line counted on.
    public let id: Identifier<PostingRow>
    /// The tenant whose books these are.
    public let tenant: Identifier<Tenant>
    /// The entry.
    public let entry: Identifier<LedgerRow>
    /// The line in the entry, from 0.
    public let line: Int
    /// When the money moved.
    public let at: Timestamp
    /// The account and how far it was moved.
    public let posting: Posting
    /// What kind of movement it is part of: `sale`, `refund`; its entry's cause up to the first colon.
    public let movement: String

    /// The table of postings.
    public static let table = RecordTable(
        "ledger_posting",
        noun: "posting",
        [
            .id, .tenant, .identity("entry"), .integer("line"), .integer("at"), .text("account"),
            .integer("amount").notZero, .text("currency"), .text("movement"), .text("family"),
        ],
        growth: .appendOnly,
        uniques: [["entry", "line"]],
        references: [.init("entry", to: "ledger_entry", line: "line", of: "lines")],
        // Both hold whatever their questions ask for: a report reads no row of the table.
        indexes: [
            ["tenant", "account", "currency", "at", "amount"],
            ["tenant", "family", "at", "movement", "account", "currency", "amount"],
        ]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(entry)
        row(line)
        row(at)
        row(posting.account)
        row(posting.amount.minorUnits)
        row(posting.amount.currency)
        row(movement)
        row(posting.account.family)
    }
}

extension PostingRow {
    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        id = try row()
        tenant = try row()
        entry = try row()
        line = try row()
        at = try row()
        posting = Posting(
            account: try row(),
            amount: Money(minorUnits: try row(), currency: try row())
        )
        movement = try row()
    }

    init(_ posting: Posting, line: Int, of entry: LedgerRow) {
        id = Identifier(high: entry.id.high, low: entry.id.low &+ UInt64(line))
        tenant = entry.tenant
        self.entry = entry.id
        self.line = line
        at = entry.at
        self.posting = posting
        movement = String(entry.cause.prefix { $0 != ":" })
    }
}

extension PostingRow {
    /// The columns that queries name.
    public enum Columns {
        /// `entry`.
        public static let entry = Field<PostingRow, Identifier<LedgerRow>>("entry")
        /// `line`.
        public static let line = Field<PostingRow, Int>("line")
        /// `at`.
        public static let at = Field<PostingRow, Timestamp>("at")
        /// `account`.
        public static let account = Field<PostingRow, Account>("account")
        /// `movement`.
        public static let movement = Field<PostingRow, String>("movement")
        /// `family`: the account's code up to the first colon.
        public static let family = Field<PostingRow, String>("family")
        /// `account`.
        public static let accountCode = Field<PostingRow, String>("account")
    }
}
