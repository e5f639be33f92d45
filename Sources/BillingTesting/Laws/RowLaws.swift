import BillingDomain
import BillingPersistence

extension StoreLaw {
    /// What holds for the rows of every table.
    static let rows: [StoreLaw] = [
        StoreLaw("A row is read back as it was written, in every table") { store in
            var world = RandomRows(seed: 1)
            try await world.fill(store, rows: 12)
            try await compare(store, with: world)
        },
        StoreLaw("An identity that is taken is refused, in every table") { store in
            var world = RandomRows(seed: 2)
            try await world.fill(store)
            try await world.forEachTable { world, table, tenant, row in
                guard var other = world.make(table, in: tenant) else { return }
                other[0] = row[0]
                try await require(.duplicate, from: "a second \(table.noun) with one identity") { [other] in
                    try await store.write(.tenant(tenant)) { try $0.insert([other], into: table) }
                }
            }
            try await compare(store, with: world)
        },
        StoreLaw("Values that are taken are refused where they must be unique, and nothing of the insert is kept") {
            store in
            var world = RandomRows(seed: 3)
            try await world.fill(store, rows: 6)
            try await world.forEachTable { world, table, tenant, row in
                for unique in table.uniques where !unique.contains("id") {
                    guard let free = world.make(table, in: tenant), var taken = world.make(table, in: tenant) else {
                        continue
                    }
                    let places = unique.compactMap { table.index(of: $0) }
                    for place in places { taken[place] = row[place] }
                    guard !places.contains(where: { row[$0].isNull }) else { continue }
                    try await require(.duplicate, from: "a \(table.noun) with taken \(unique)") { [taken] in
                        try await store.write(.tenant(tenant)) { try $0.insert([free, taken], into: table) }
                    }
                }
            }
            try await compare(store, with: world)
        },
        StoreLaw("Where nothing is said, nothing is taken: rows with an empty unique column stand side by side") {
            store in
            var world = RandomRows(seed: 4)
            try await world.fill(store)
            try await world.forEachTable { world, table, tenant, _ in
                for unique in table.uniques {
                    guard
                        let place = unique.compactMap({ table.index(of: $0) }).first(where: {
                            table.columns[$0].isOptional
                        }),
                        var first = world.make(table, in: tenant), var second = world.make(table, in: tenant)
                    else { continue }
                    // Nor do the two meet in another unique.
                    let others = table.uniques.flatMap(\.self).compactMap { table.index(of: $0) }
                    for place in [place] + others where table.columns[place].isOptional {
                        first[place] = .null
                        second[place] = .null
                    }
                    try await store.write(.tenant(tenant)) { [first, second] in
                        try $0.insert([first, second], into: table)
                    }
                    world.keep(first, in: table)
                    world.keep(second, in: table)
                }
            }
            try await compare(store, with: world)
        },
        StoreLaw("A row refers to rows of its own tenant only") { store in
            var world = RandomRows(seed: 5)
            try await world.fill(store)
            try await world.forEachTable { world, table, tenant, _ in
                for reference in table.references where reference.column != table.tenantColumn {
                    guard let other = Schema.tables.first(where: { $0.name == reference.table }),
                        let place = table.index(of: reference.column), let row = world.make(table, in: tenant)
                    else { continue }
                    // One that a row refers to already may be refused as taken instead.
                    let taken = Set((world.rows[table.name] ?? []).map { $0[place] })
                    let strangers = (world.rows[other.name] ?? []).filter {
                        other.tenant(of: $0) != tenant.storeValue && !taken.contains($0[0])
                    }
                    let nowhere = world.identity()
                    for target in [nowhere, strangers.first?[0] ?? nowhere] {
                        var bad = row
                        bad[place] = target
                        try await require(.constraint, from: "a \(table.noun) whose \(reference.column) is not there") {
                            [bad] in
                            try await store.write(.tenant(tenant)) { try $0.insert([bad], into: table) }
                        }
                    }
                }
            }
            try await compare(store, with: world)
        },
        StoreLaw("An update replaces the row and counts its revision up") { store in
            var world = RandomRows(seed: 6)
            try await world.fill(store)
            for _ in 0..<3 {
                try await world.forEachTable { world, table, tenant, row in
                    guard table.growth != .appendOnly, let revision = table.index(of: "revision") else { return }
                    var changed = world.changed(row, in: table)
                    for unique in table.uniques {
                        for place in unique.compactMap({ table.index(of: $0) }) { changed[place] = row[place] }
                    }
                    try await store.write(.tenant(tenant)) { [changed] in try $0.update(changed, in: table) }
                    guard case .integer(let number) = row[revision] else { return }
                    changed[revision] = .integer(number + 1)
                    world.replace(changed, in: table)
                }
            }
            try await compare(store, with: world)
        },
        StoreLaw(
            "An update of another revision, another tenant's row, a fixed column, a missing row or a taken value is refused"
        ) { store in
            var world = RandomRows(seed: 7)
            try await world.fill(store)
            try await world.forEachTable { world, table, tenant, row in
                guard table.growth != .appendOnly, let revision = table.index(of: "revision") else { return }
                func refuse(_ code: PersistenceError.Code, _ what: String, _ bad: [StoreValue]) async throws {
                    try await require(code, from: "a \(table.noun) updated with \(what)") {
                        try await store.write(.tenant(tenant)) { try $0.update(bad, in: table) }
                    }
                }
                var bad = row
                bad[revision] = .integer(99)
                try await refuse(.conflict, "another revision", bad)
                bad = row
                bad[0] = world.identity()
                try await refuse(.notFound, "an identity that is not there", bad)
                if let fixed = table.columns.firstIndex(where: {
                    $0.isFixed && $0.name != "id" && $0.name != table.tenantColumn
                }),
                    let other = world.rows(of: table, in: tenant).first(where: { $0[fixed] != row[fixed] })
                {
                    bad = row
                    bad[fixed] = other[fixed]
                    try await refuse(.constraint, "another \(table.columns[fixed].name)", bad)
                }
                for unique in table.uniques {
                    let places = unique.compactMap { table.index(of: $0) }
                    guard
                        !places.contains(where: {
                            table.columns[$0].isFixed && table.columns[$0].name != table.tenantColumn
                        }),
                        let other = world.rows(of: table, in: tenant).first(where: { other in
                            other[0] != row[0] && !places.contains { other[$0].isNull }
                        })
                    else { continue }
                    bad = row
                    for place in places { bad[place] = other[place] }
                    try await refuse(.duplicate, "taken \(unique)", bad)
                }
            }
            try await compare(store, with: world)
        },
        StoreLaw("Only rows that serve for a time are removed") { store in
            var world = RandomRows(seed: 8)
            try await world.fill(store)
            try await world.forEachTable { world, table, tenant, row in
                let query = RowQuery(table, [.compare("id", .equal, row[0])])
                guard table.growth == .transient else {
                    try await require(.constraint, from: "removing a \(table.noun)") {
                        _ = try await store.write(.tenant(tenant)) { try $0.delete(query) }
                    }
                    return
                }
                let gone = try await store.write(.tenant(tenant)) { try $0.delete(query) }
                try require(gone, is: 1, "removing a \(table.noun)")
                world.forget([row], in: table)
            }
            try await compare(store, with: world)
        },
        StoreLaw("A removal with a limit takes the first rows and leaves the others") { store in
            var world = RandomRows(seed: 9)
            try await world.fill(store)
            for table in Schema.tables where table.growth == .transient {
                for tenant in world.tenants {
                    let own = world.rows(of: table, in: tenant).sorted { $0[0] < $1[0] }
                    var query = RowQuery(table, [.compare(table.tenantColumn ?? "id", .equal, tenant.storeValue)])
                    query.limit = 2
                    let gone = try await store.write(.tenant(tenant)) { [query] in try $0.delete(query) }
                    try require(gone, is: min(2, own.count), "removing two of the rows of \(table.name)")
                    world.forget(Array(own.prefix(2)), in: table)
                }
            }
            try await compare(store, with: world)
        },
    ]

    /// Compares every table, in every tenant's scope and in the system's.
    static func compare(_ store: any BillingStore, with world: RandomRows) async throws {
        for table in Schema.tables {
            for tenant in world.tenants {
                let found = try await store.read(.tenant(tenant)) { reader in
                    try reader.rows(RowQuery(table, [.compare(table.tenantColumn ?? "id", .equal, tenant.storeValue)]))
                }
                let expected = world.rows(of: table, in: tenant).sorted { $0[0] < $1[0] }
                try require(found, is: expected, "the rows of \(table.name)")
            }
            let found = try await store.read(.system) { try $0.rows(RowQuery(table)) }
            let expected = (world.rows[table.name] ?? []).sorted { $0[0] < $1[0] }
            try require(found, is: expected, "the rows of \(table.name) in the system's scope")
        }
    }
}

extension RandomRows {
    /// Hands out one row of each tenant in each table, as they were at the beginning.
    mutating func forEachTable(
        _ body: (inout RandomRows, RecordTable, Identifier<Tenant>, [StoreValue]) async throws -> Void
    ) async throws {
        for table in Schema.tables where table.tenantColumn != nil && table != Tenant.table {
            for tenant in tenants {
                guard let row = rows(of: table, in: tenant).first else { continue }
                try await body(&self, table, tenant, row)
            }
        }
    }
}
