import BillingDomain
import BillingPersistence

extension StoreLaw {
    /// What holds for the books and the audit trail.
    static let books: [StoreLaw] = [
        StoreLaw("Entries are numbered without gaps and read back newest first with their postings") { store in
            let tenant = try await store.tenant(1)
            let entries = try (1...30).map { try LedgerEntry.sample($0, tenant.id, amount: Int64($0)) }
            try await store.write(.tenant(tenant.id)) { transaction in
                for entry in entries { try transaction.append(ledger: entry) }
            }
            try await store.read(.tenant(tenant.id)) { reader in
                try require(try reader.ledgerEntries(PageRequest()).items, is: entries.reversed(), "the books")
                let positions = try reader.records(Query<LedgerRow>().sorted(by: LedgerRow.Columns.position)).map(
                    \.position
                )
                try require(positions, is: Array(1...30), "the numbers of the entries")
                try require(try reader.ledgerEntry(key: "sale-7"), is: entries[6], "an entry by its key")
            }
        },
        StoreLaw("A movement that was entered is not entered again") { store in
            let tenant = try await store.tenant(1)
            try await store.write(.tenant(tenant.id)) { try $0.append(ledger: .sample(1, tenant.id)) }
            let again = try LedgerEntry.sample(2, tenant.id, key: "sale-1")
            try await require(.duplicate, from: "a second entry with one key") {
                try await store.write(.tenant(tenant.id)) { try $0.append(ledger: again) }
            }
            let other = try await store.tenant(2)
            try await store.write(.tenant(other.id)) { try $0.append(ledger: .sample(3, other.id, key: "sale-1")) }
        },
        StoreLaw("Balances are the sums of postings, and all of them together are zero") { store in
            let (one, two) = (try await store.tenant(1), try await store.tenant(2))
            for tenant in [one, two] {
                try await store.write(.tenant(tenant.id)) { transaction in
                    for number in 1...20 {
                        try transaction.append(
                            ledger: .sample(number + (tenant == one ? 0 : 100), tenant.id, amount: Int64(number))
                        )
                    }
                }
            }
            try await store.read(.tenant(one.id)) { reader in
                let balances = try reader.balances()
                let sums = balances.map(\.balance.minorUnits).sorted()
                try require(sums, is: [-210, 210], "the balances of one tenant")
                let cash = try reader.balance(of: .safe, in: .ugx)
                try require(cash.minorUnits, is: 210, "the balance of one account")
            }
        },
        StoreLaw("Expected, received and earned are three different figures, cut at the end of 64 bits alone") {
            store in
            let tenant = try await store.tenant(1)
            try await store.write(.tenant(tenant.id)) { transaction in
                for number in 1...3 {
                    try transaction.append(ledger: .sample(number, tenant.id, amount: .max))
                }
            }
            let figures = try await store.read(.tenant(tenant.id)) { reader in
                try reader.revenue(from: Timestamp(secondsSince1970: 0), until: Timestamp(secondsSince1970: 4))
            }
            try require(figures.map(\.received.minorUnits), is: [.max], "what was received")
            let none = try await store.read(.tenant(tenant.id)) { reader in
                try reader.revenue(from: Timestamp(secondsSince1970: 4), until: Timestamp(secondsSince1970: 5))
            }
            try require(none, is: [], "what was received when nothing was")
        },
    ]
}

extension LedgerEntry {
    /// A sale that a number decides.
    static func sample(
        _ number: Int,
        _ tenant: Identifier<Tenant>,
        amount: Int64 = 2_500,
        key: String? = nil
    ) throws -> LedgerEntry {
        let money = Money(minorUnits: amount, currency: .ugx)
        return try LedgerEntry(
            id: .numbered(number),
            tenant: tenant,
            at: Timestamp(secondsSince1970: Int64(number)),
            cause: "sale:\(number)",
            idempotencyKey: key ?? "sale-\(number)",
            actor: .system("conformance"),
            postings: [.debit(.safe, money), try .credit(.deferredVouchers, money)]
        )
    }
}
