import BillingDomain
import BillingPersistence

extension StoreLaw {
    /// What holds between tenants.
    static let tenants: [StoreLaw] = [
        StoreLaw("Nothing of another tenant is ever seen, counted or summed") { store in
            var world = RandomRows(seed: 31)
            try await world.fill(store, rows: 6)
            for tenant in world.tenants {
                try await store.read(.tenant(tenant)) { [world] reader in
                    for record in Schema.records where record.table.tenantColumn != nil {
                        try Self.look(record, reader, world, tenant)
                    }
                }
            }
        },
        StoreLaw("A row of another tenant cannot be added, changed or removed: it does not exist") { store in
            let (one, two) = (try await store.tenant(1), try await store.tenant(2))
            let staff = Staff(
                id: .numbered(1),
                tenant: one.id,
                username: "amina",
                passwordHash: "x",
                role: .cashier,
                createdAt: one.createdAt
            )
            try await require(.notFound, from: "adding") {
                try await store.write(.tenant(two.id)) { try $0.insert(staff) }
            }
            try await store.write(.tenant(one.id)) { try $0.insert(staff) }
            try await require(.notFound, from: "changing") {
                _ = try await store.write(.tenant(two.id)) { try $0.update(staff) }
            }
            let stolen = Staff(
                id: staff.id,
                tenant: two.id,
                username: "amina",
                passwordHash: "x",
                role: .cashier,
                createdAt: one.createdAt
            )
            try await require(.notFound, from: "taking over") {
                _ = try await store.write(.tenant(two.id)) { try $0.update(stolen) }
            }
            let session = SignInSession(
                id: .numbered(1),
                tenant: one.id,
                staff: staff.id,
                digest: [1],
                createdAt: one.createdAt,
                expiresAt: one.createdAt
            )
            try await store.write(.tenant(one.id)) { try $0.insert(session) }
            let gone = try await store.write(.tenant(two.id)) { try $0.delete(Query<SignInSession>()) }
            try require(gone, is: 0, "sessions of another tenant removed")
        },
        StoreLaw("The system changes only what it shares with tenants, and tenants nothing of the system's") { store in
            let tenant = try await store.tenant(1)
            try await require(.wrongScope, from: "a tenant's line in the system's scope") {
                try await store.write(.system) { try $0.append(audit: .sample(1, tenant.id)) }
            }
            try await store.write(.system) { transaction in
                let record = IdempotencyRecord(
                    id: .numbered(1),
                    tenant: nil,
                    key: "a",
                    fingerprint: [1],
                    result: "b",
                    createdAt: tenant.createdAt
                )
                try transaction.insert(record)
                try require(try transaction.idempotentResult(key: "a"), is: record, "the system's own key")
            }
            let seen = try await store.read(.tenant(tenant.id)) { try $0.idempotentResult(key: "a") }
            try require(seen == nil, "a tenant saw the system's key")
        },
    ]

    /// Looks at all records of a kind by their rows, so that values which no domain type would hold do no harm.
    private static func look<Record: StoredRecord>(
        _: Record.Type,
        _ reader: any StoreReader,
        _ world: RandomRows,
        _ tenant: Identifier<Tenant>
    ) throws {
        let table = Record.table
        let own = world.rows(of: table, in: tenant)
        try require(try reader.count(Query<Record>()), is: own.count, "the count of \(table.name)")
        try require(
            try reader.sums(Query<Record>(), by: ["id"]).map { $0.group[0] },
            is: own.map { $0[0] }.sorted(),
            "the sums of \(table.name)"
        )
        let strangers = (world.rows[table.name] ?? []).filter { table.tenant(of: $0) != tenant.storeValue }
        for row in strangers {
            let id = try Identifier<Record>(storeValue: row[0])
            try require(try reader.find(id) == nil, "a \(table.noun) of another tenant was found")
        }
        let any = Query<Record>(Condition(.any([.isNull("id"), .not(.isNull("id"))])))
        try require(try reader.count(any), is: own.count, "the count of \(table.name) that is anything or nothing")
    }
}
