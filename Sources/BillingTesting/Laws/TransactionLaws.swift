import BillingDomain
import BillingPersistence

extension StoreLaw {
    private struct Stop: Error {}

    /// What holds for transactions.
    static let transactions: [StoreLaw] = [
        StoreLaw("A body that throws leaves nothing") { store in
            var world = RandomRows(seed: 21)
            try await world.fill(store)
            try await world.forEachTable { world, table, tenant, row in
                guard let new = world.make(table, in: tenant) else { return }
                do {
                    try await store.write(.tenant(tenant)) { transaction in
                        try transaction.insert([new], into: table)
                        let found = try transaction.rows(RowQuery(table, [.compare("id", .equal, new[0])]))
                        try require(found, is: [new], "what a transaction reads of its own \(table.noun)")
                        if table.index(of: "revision") != nil { try transaction.update(new, in: table) }
                        if table.growth == .transient {
                            _ = try transaction.delete(RowQuery(table, [.compare("id", .equal, row[0])]))
                        }
                        throw Stop()
                    }
                } catch is Stop {
                    return
                }
                throw LawBreach("the body's own error did not come through")
            }
            try await compare(store, with: world)
        },
        StoreLaw("The first call that throws ends the transaction, whoever catches its error") { store in
            var world = RandomRows(seed: 22)
            try await world.fill(store)
            try await world.forEachTable { world, table, tenant, row in
                guard let new = world.make(table, in: tenant) else { return }
                try await require(.duplicate, from: "a transaction whose \(table.noun) was refused") {
                    try await store.write(.tenant(tenant)) { transaction in
                        try transaction.insert([new], into: table)
                        try? transaction.insert([row], into: table)
                        _ = try? transaction.rows(RowQuery(table))
                    }
                }
            }
            try await compare(store, with: world)
        },
        StoreLaw("Writers of one tenant take turns: none of many concurrent changes is lost") { store in
            let tenant = try await store.tenant(1)
            try await withThrowingDiscardingTaskGroup { group in
                for number in 0..<64 {
                    group.addTask {
                        try await store.write(.tenant(tenant.id)) { transaction in
                            guard var current = try transaction.tenant(tenant.id) else { throw LawBreach("no tenant") }
                            current.name = String((Int(current.name) ?? 0) + 1)
                            try transaction.update(current)
                            try transaction.append(audit: .sample(number, tenant.id))
                        }
                    }
                }
            }
            let (name, lines) = try await store.read(.tenant(tenant.id)) { reader in
                (try reader.tenant(tenant.id)?.name, try reader.audit(PageRequest(isCounted: true)).total)
            }
            try require(name, is: "64", "what 64 writers counted")
            try require(lines, is: 64, "the lines they left")
        },
        StoreLaw("A reader sees one snapshot") { store in
            let tenant = try await store.tenant(1)
            try await withThrowingDiscardingTaskGroup { group in
                group.addTask {
                    for number in 0..<40 {
                        try await store.write(.tenant(tenant.id)) { transaction in
                            try transaction.append(audit: .sample(2 * number, tenant.id))
                            try transaction.append(audit: .sample(2 * number + 1, tenant.id))
                        }
                    }
                }
                group.addTask {
                    for _ in 0..<40 {
                        let (before, after) = try await store.read(.tenant(tenant.id)) { reader in
                            (try reader.count(Query<AuditRow>()), try reader.records(Query<AuditRow>()).count)
                        }
                        try require(after, is: before, "two looks in one reading")
                        try require(before.isMultiple(of: 2), "half a transaction was seen")
                    }
                }
            }
        },
        StoreLaw("Text with a zero byte is refused") { store in
            try await require(.constraint, from: "a zero byte") { _ = try await store.tenant(1, name: "a\u{0}b") }
        },
        StoreLaw("A closed store refuses everything, and closing twice is harmless") { store in
            let tenant = try await store.tenant(1)
            await store.close()
            await store.close()
            try await require(.closed, from: "reading") { _ = try await store.read(.system) { try $0.tenants() } }
            try await require(.closed, from: "writing") {
                try await store.write(.tenant(tenant.id)) { try $0.append(audit: .sample(1, tenant.id)) }
            }
        },
    ]
}
