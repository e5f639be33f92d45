public import BillingDomain
public import BillingPersistence

/// Everything that a store holds, so that two moments or two stores can be compared to the last byte.
public struct StoreState: Hashable, Sendable {
    /// The rows of each table, by its name, in the order of their identities.
    public let rows: [String: [[StoreValue]]]

    private init(rows: [String: [[StoreValue]]]) { self.rows = rows }

    /// Reads every table of a store.
    ///
    /// - Throws: Whatever the store throws.
    public init(of store: some BillingStore) async throws {
        self.init(
            rows: try await store.read(.system) { store in
                try Dictionary(
                    uniqueKeysWithValues: Schema.tables.map {
                        ($0.name, try store.rows(RowQuery($0)).sorted { $0[0] < $1[0] })
                    }
                )
            }
        )
    }

    /// What of it belongs to one tenant.
    public func of(_ tenant: Identifier<Tenant>) -> StoreState {
        filtered { table, row in table.tenant(of: row) == tenant.storeValue }
    }

    /// What of it stands in some tables.
    public func of(_ tables: [RecordTable]) -> StoreState { filtered { table, _ in tables.contains(table) } }

    /// The same without identities, hash chains and hashes of passwords, for work of several transactions, where an
    /// interruption costs an identity or two.
    public var withoutIdentities: StoreState {
        StoreState(
            rows: Dictionary(
                uniqueKeysWithValues: Schema.tables.map { table in
                    let rows = (rows[table.name] ?? []).map { row in
                        zip(table.columns, row).map { column, value -> StoreValue in
                            switch value {
                            case .identity, .bytes: .null
                            case .text(let text): .text(Self.withoutIdentities(text))
                            default: value
                            }
                        }
                    }
                    return (table.name, rows.sorted { $0.lexicographicallyPrecedes($1) })
                }
            )
        )
    }

    /// What is in one and not in the other, a row a line; of rows that are gone or were others only the identity.
    public func difference(from other: StoreState) -> String {
        Schema.tables.filter { rows[$0.name] != other.rows[$0.name] }.flatMap { table in
            let (here, there) = (Set(rows[table.name] ?? []), Set(other.rows[table.name] ?? []))
            return here.subtracting(there).map { "+ \(table.name) \($0)" }
                + there.subtracting(here).map { "- \(table.name) \($0[0])" }
        }
        .sorted().joined(separator: "\n")
    }

    private func filtered(_ isIncluded: (RecordTable, [StoreValue]) -> Bool) -> StoreState {
        StoreState(
            rows: Dictionary(
                uniqueKeysWithValues: Schema.tables.map { table in
                    (table.name, (rows[table.name] ?? []).filter { isIncluded(table, $0) })
                }
            )
        )
    }

    /// The text with a blank for each identity in it, or for the hash that it is.
    private static func withoutIdentities(_ text: String) -> String {
        if text.hasPrefix("$scrypt$") { return "…" }
        return text.split(separator: ":", omittingEmptySubsequences: false)
            .map { Identifier<Tenant>(String($0)) == nil ? String($0) : "…" }
            .joined(separator: ":")
    }
}
