/// A table as every store keeps it: its columns, what is unique in it, and what it refers to.
///
/// The first column is always `id`, an identity and the primary key.
public struct RecordTable: Hashable, Sendable {
    /// Which part of the system a row belongs to.
    public enum Ownership: Hashable, Sendable {
        /// One tenant, named in this column; seen and changed in that tenant's scope alone.
        case tenant(column: String)
        /// One tenant, as above, though the system may change it too: what workers share across tenants.
        case shared(column: String)
        /// No tenant: changed in the system's scope and never seen in a tenant's.
        case system
    }

    /// How rows may change.
    public enum Growth: Hashable, Sendable {
        /// Rows are changed under the column `revision`, and stay for ever.
        case revised
        /// Rows may be removed when they have served; they are changed under the column `revision` if they have one.
        case transient
        /// Rows are never changed nor removed; the database itself sees to that.
        case appendOnly
    }

    /// One column.
    public struct Column: Hashable, Sendable {
        /// The name, in lower-case words joined by `_`.
        public let name: String
        /// What it holds.
        public let kind: ColumnKind
        /// Whether it may hold nothing.
        public let isOptional: Bool
        /// Whether an update may change it.
        public let isFixed: Bool
        /// What its values keep to, where that is more than their kind.
        public let limit: ColumnLimit?

        /// Describes a column.
        public init(
            _ name: String,
            _ kind: ColumnKind,
            isOptional: Bool = false,
            isFixed: Bool = false,
            limit: ColumnLimit? = nil
        ) {
            self.name = name
            self.kind = kind
            self.isOptional = isOptional
            self.isFixed = isFixed
            self.limit = limit
        }
    }

    /// Columns that together name a row of another table.
    public struct Reference: Hashable, Sendable {
        /// The column that holds the other row's identity.
        public let column: String
        /// The other table.
        public let table: String
        /// Where the row is a line of the other: which one, from 0, and how many the other has.
        public let place: Place?

        /// The line that a row is, of a number that the other row says.
        ///
        /// With the line unique, a row that has all its lines never gains another.
        public struct Place: Hashable, Sendable {
            /// The column that counts the row among the lines, from 0.
            public let line: String
            /// The column of the other table that says how many lines there are.
            public let count: String
        }

        /// Describes a reference to a row of the same tenant.
        public init(_ column: String, to table: String) { self.init(column, to: table, place: nil) }

        /// Describes a line of a row of the same tenant, which says how many it has.
        public init(_ column: String, to table: String, line: String, of count: String) {
            self.init(column, to: table, place: Place(line: line, count: count))
        }

        private init(_ column: String, to table: String, place: Place?) {
            self.column = column
            self.table = table
            self.place = place
        }
    }

    /// The name, in lower-case words joined by `_`.
    public let name: String
    /// What a row is called in an error.
    public let noun: String
    /// The columns, in the order in which a record writes them.
    public let columns: [Column]
    /// Whose its rows are.
    public let ownership: Ownership
    /// How its rows may change.
    public let growth: Growth
    /// Columns that no two rows may share the values of; rows with nothing in one of them are let through.
    public let uniques: [[String]]
    /// Rows of the same tenant that must exist.
    public let references: [Reference]
    /// Columns to find and to sort rows by, beside the unique ones.
    public let indexes: [[String]]
    /// As ``indexes``, without the rows that hold nothing in one of the columns: a row costs no more than it must, and a
    /// question that asks for something in each of them is answered as fast.
    public let sparseIndexes: [[String]]

    /// Describes a table.
    public init(
        _ name: String,
        noun: String? = nil,
        _ columns: [Column],
        ownership: Ownership = .tenant(column: "tenant"),
        growth: Growth = .revised,
        uniques: [[String]] = [],
        references: [Reference] = [],
        indexes: [[String]] = [],
        sparseIndexes: [[String]] = []
    ) {
        self.name = name
        self.noun = noun ?? String(name.map { $0 == "_" ? " " : $0 })
        self.columns = columns
        self.ownership = ownership
        self.growth = growth
        self.uniques = uniques
        self.references = references
        self.indexes = indexes
        self.sparseIndexes = sparseIndexes
    }

    /// The column that names the tenant.
    public var tenantColumn: String? {
        switch ownership {
        case .tenant(let column), .shared(let column): column
        case .system: nil
        }
    }

    /// The place of a column in a row.
    public func index(of column: String) -> Int? { columns.firstIndex { $0.name == column } }
}

extension RecordTable.Column {
    /// The identity: the first column of every table.
    public static let id = Self("id", .identity, isFixed: true)
    /// The tenant.
    public static let tenant = Self("tenant", .identity, isFixed: true)
    /// The revision, of every table whose rows change.
    public static let revision = Self("revision", .integer)

    /// A whole number.
    public static func integer(_ name: String) -> Self { Self(name, .integer) }
    /// A measured number.
    public static func real(_ name: String) -> Self { Self(name, .real) }
    /// Text.
    public static func text(_ name: String) -> Self { Self(name, .text) }
    /// Bytes.
    public static func bytes(_ name: String) -> Self { Self(name, .bytes) }
    /// The identity of a record.
    public static func identity(_ name: String) -> Self { Self(name, .identity) }

    /// The same column, which may hold nothing.
    public var optional: Self { Self(name, kind, isOptional: true, isFixed: isFixed, limit: limit) }
    /// The same column, which an update may not change.
    public var fixed: Self { Self(name, kind, isOptional: isOptional, isFixed: true, limit: limit) }
}
