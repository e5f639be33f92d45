import BillingDomain
import BillingPersistence
import Testing

@Suite("Every store: what is unique, and what only grows")
struct UniquenessLaws {
    @Test(arguments: StoreKind.allCases)
    func aCodeIsUniqueInItsTenantWhateverItsCase(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.write(.system) { tx throws in
                let same = Voucher(
                    id: Samples.id(20),
                    tenant: Samples.id(1),
                    batch: Samples.id(1),
                    code: "cODE-1",
                    router: Samples.id(1),
                    terms: try Samples.terms(),
                    createdAt: Samples.start
                )
                expect(.duplicate) { try tx.insert(same) }
                let elsewhere = Voucher(
                    id: Samples.id(20),
                    tenant: Samples.id(2),
                    batch: Samples.id(2),
                    code: "cODE-1",
                    router: Samples.id(2),
                    terms: try Samples.terms(),
                    createdAt: Samples.start
                )
                try tx.insert(elsewhere)
            }
            let found = try await store.read(.one) { try $0.voucher(code: "code-1") }
            #expect(found?.code == "Code-1")
        }
    }

    @Test(arguments: StoreKind.allCases)
    func identitiesNamesDigestsAndKeysAreUnique(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.write(.system) { tx throws in
                try tx.insert(Samples.package(1, name: "Day"))
                try tx.insert(Samples.token(1))
                try tx.insert(Samples.session(1))
                try tx.append(ledger: Samples.sale(1))
                try tx.append(audit: Samples.audit(1))
                expect(.duplicate) { try tx.insert(Samples.tenant(1)) }
                expect(.duplicate) { try tx.insert(Samples.router(1)) }
                expect(.duplicate) { try tx.insert(Samples.package(1, name: "Other")) }
                expect(.duplicate) { try tx.insert(Samples.package(2, name: "DAY")) }
                expect(.duplicate) { try tx.insert(Samples.batch(1)) }
                expect(.duplicate) { try tx.insert(Samples.staff(1, username: "other")) }
                expect(.duplicate) { try tx.insert(Samples.staff(9, username: "USER1")) }
                expect(.duplicate) { try tx.insert(Samples.token(1)) }
                expect(.duplicate) { try tx.insert(Samples.session(1)) }
                expect(.duplicate) { try tx.append(ledger: Samples.sale(1)) }
                expect(.duplicate) { try tx.append(audit: Samples.audit(1)) }
                try tx.insert(Samples.staff(9, tenant: 2, username: "user1"))
                var other = Samples.staff(9, tenant: 2, username: "USER2")
                expect(.duplicate) { try tx.update(other) }
                other.username = "user9"
                try tx.update(other)
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func anArchivedPackageFreesItsName(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.write(.one) { tx throws in
                var day = try Samples.package(1, name: "Day")
                try tx.insert(day)
                day.isArchived = true
                day = try tx.update(day)
                #expect(try tx.package(named: "day") == nil)
                try tx.insert(Samples.package(2, name: "Day"))
                #expect(try tx.package(named: "day")?.id == Samples.id(2))
                day.isArchived = false
                expect(.duplicate) { _ = try tx.update(day) }
                #expect(try tx.packages().count == 2)
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aKeyIsRecordedOnceAndReadBack(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.write(.one) { tx throws in
                #expect(try tx.idempotentResult(key: "k") == nil)
                try tx.record(Samples.record("k"))
                #expect(try tx.idempotentResult(key: "k") == Samples.record("k"))
                expect(.duplicate) { try tx.record(Samples.record("k")) }
            }
            try await store.write(.system) { tx throws in
                try tx.record(Samples.record("k", tenant: nil))
                expect(.duplicate) { try tx.record(Samples.record("k", tenant: nil)) }
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func balancesAreTheSumOfAllPostings(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.write(.one) { tx throws in
                try tx.append(ledger: Samples.sale(1, amount: 2500))
                try tx.append(ledger: Samples.sale(2, amount: 500))
                let dollars = Money(minorUnits: 250, currency: .usd)
                try tx.append(
                    ledger: LedgerEntry(
                        id: Samples.id(3),
                        tenant: Samples.id(1),
                        at: Samples.time(3),
                        cause: "use:1",
                        idempotencyKey: "use-1",
                        actor: .system("sync"),
                        postings: [.debit(.deferredVouchers, dollars), try .credit(.voucherRevenue, dollars)]
                    )
                )
            }
            try await store.read(.one) { reader throws in
                let balances = try reader.balances().map { "\($0.account) \($0.balance)" }
                #expect(
                    balances == [
                        "cash:\(Samples.id(1, Staff.self)) 3000 UGX",
                        "deferred-vouchers -3000 UGX",
                        "deferred-vouchers 2.50 USD",
                        "voucher-revenue -2.50 USD",
                    ]
                )
                let entries = try reader.ledgerEntries(PageRequest(number: 1, size: 2))
                #expect(entries.total == 3)
                #expect(entries.items.map(\.cause) == ["use:1", "sale:2"])
                #expect(try entries.items.last == Samples.sale(2, amount: 500))
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func revenueIsExpectedReceivedAndEarnedInAHalfOpenPeriod(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.write(.one) { tx throws in
                try tx.append(ledger: Samples.sale(1, amount: 2500, at: 1))
                try tx.append(ledger: Samples.sale(2, amount: 500, at: 2))
                try tx.insert(Samples.batch(3, quantity: 4, at: 2))
                try tx.insert(Samples.batch(4, quantity: 9, at: 20))
                let earned = Money(minorUnits: 2500, currency: .ugx)
                try tx.append(
                    ledger: LedgerEntry(
                        id: Samples.id(3),
                        tenant: Samples.id(1),
                        at: Samples.time(1),
                        cause: "use:1",
                        idempotencyKey: "use-1",
                        actor: .system("sync"),
                        postings: [.debit(.deferredVouchers, earned), try .credit(.voucherRevenue, earned)]
                    )
                )
            }
            try await store.read(.one) { reader throws in
                let first = try reader.revenue(from: Samples.time(1), until: Samples.time(2))
                let ugx = { (units: Int64) in Money(minorUnits: units, currency: .ugx) }
                #expect(first == [RevenueFigures(expected: ugx(2500), received: ugx(2500), earned: ugx(2500))])
                let both = try reader.revenue(from: Samples.time(1), until: Samples.time(3))
                #expect(both == [RevenueFigures(expected: ugx(12_500), received: ugx(3000), earned: ugx(2500))])
                #expect(try reader.revenue(from: Samples.time(3), until: Samples.time(9)).isEmpty)
            }
        }
    }

    @Test(
        "revenue that does not fit is cut to the largest, and takes no other figure away",
        arguments: StoreKind.allCases
    )
    func revenueIsCutOnlyAtItsEnd(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.write(.one) { tx throws in
                try tx.insert(Samples.batch(3, quantity: .max / 2500 + 1, at: 20))
                try tx.insert(Samples.batch(4, quantity: .max, at: 20))
                for (number, amount) in [(1, Int64.max), (2, .max), (3, -.max), (4, -.max), (5, 7)] {
                    try tx.append(ledger: Samples.sale(number, amount: amount, at: 20))
                }
                for number in 6...7 { try tx.append(ledger: Samples.sale(number, amount: .max, at: 30)) }
            }
            try await store.read(.one) { reader throws in
                let ugx = { (units: Int64) in Money(minorUnits: units, currency: .ugx) }
                let whole = try reader.revenue(from: Samples.time(20), until: Samples.time(21))
                #expect(whole == [RevenueFigures(expected: ugx(.max), received: ugx(7), earned: ugx(0))])
                #expect(whole.allSatisfy { RevenueFigures.isCut($0.expected) && !RevenueFigures.isCut($0.received) })
                let cut = try reader.revenue(from: Samples.time(30), until: Samples.time(31))
                #expect(cut == [RevenueFigures(expected: ugx(0), received: ugx(.max), earned: ugx(0))])
            }
        }
    }
}
