import BillingDomain
import BillingPersistence

extension StoreLaw {
    /// What holds for the values of columns and for the lines of rows.
    static let limits: [StoreLaw] = [
        StoreLaw("A value past the limit of its column is refused, whether it is added or put in place of another") {
            store in
            var world = RandomRows(seed: 13)
            try await world.fill(store)
            try await world.forEachTable { world, table, tenant, row in
                for (place, column) in table.columns.enumerated() {
                    guard let bad = column.limit?.broken, let free = world.make(table, in: tenant) else { continue }
                    try await require(.constraint, from: "a \(table.noun) with \(bad) as its \(column.name)") {
                        try await store.write(.tenant(tenant)) {
                            try $0.insert([free.with(bad, at: place)], into: table)
                        }
                    }
                    guard table.growth != .appendOnly, !column.isFixed else { continue }
                    try await require(.constraint, from: "a \(table.noun) given \(bad) as its \(column.name)") {
                        try await store.write(.tenant(tenant)) { try $0.update(row.with(bad, at: place), in: table) }
                    }
                }
            }
            try await compare(store, with: world)
        },
        StoreLaw("A row that has all its lines never gains another") { store in
            let tenant = try await store.tenant(1).id
            let entry = try LedgerEntry.sample(1, tenant)
            try await store.write(.tenant(tenant)) { try $0.append(ledger: entry) }
            let kept = try await store.read(.tenant(tenant)) { try $0.records(Query<PostingRow>()) }
            let table = PostingRow.table
            guard let line = table.index(of: "line"), let first = kept.first else {
                throw LawBreach("an entry without postings")
            }
            for number in [-1, Int64(kept.count), .max] {
                let added = first.row.with(.integer(number), at: line).with(
                    .identity(1, UInt64(bitPattern: number)),
                    at: 0
                )
                try await require(.constraint, from: "line \(number) of an entry of \(kept.count)") {
                    try await store.write(.tenant(tenant)) { try $0.insert([added], into: table) }
                }
            }
            let found = try await store.read(.tenant(tenant)) { try $0.records(Query<PostingRow>()) }
            try require(found, is: kept, "the postings")
        },
    ]
}

extension ColumnLimit {
    /// A value that it refuses.
    fileprivate var broken: StoreValue {
        switch self {
        case .words: .text("no such word")
        case .notNegative: .integer(-1)
        case .notZero: .integer(0)
        }
    }
}

extension [StoreValue] {
    /// The same row with another value in a place.
    fileprivate func with(_ value: StoreValue, at place: Int) -> Self {
        var row = self
        row[place] = value
        return row
    }
}
