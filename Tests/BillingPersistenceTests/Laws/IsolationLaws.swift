import BillingDomain
import BillingPersistence
import Testing

@Suite("Every store: tenants")
struct IsolationLaws {
    /// Fills both tenants with one record of everything.
    private func fill(_ store: any BillingStore) async throws {
        try await store.write(.system) { tx throws in
            for number in 1...2 {
                try tx.insert(Samples.package(number, tenant: number, name: "3 Hours"))
                try tx.insert(Samples.token(number, tenant: number))
                try tx.insert(Samples.session(number, tenant: number, staff: number))
                try tx.append(ledger: Samples.sale(number, tenant: number))
                try tx.append(audit: Samples.audit(number, tenant: number))
                let voucher = number == 1 ? 1 : 3
                try tx.enqueue(Samples.job(number, tenant: number, router: number, voucher: voucher))
            }
        }
        try await store.write(.one) { try $0.record(Samples.record("key", tenant: 1)) }
        try await store.write(.two) { try $0.record(Samples.record("key", tenant: 2)) }
    }

    @Test(arguments: StoreKind.allCases)
    func nothingOfAnotherTenantCanBeRead(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await fill(store)
            try await store.read(.two) { reader throws in
                #expect(try reader.tenants().map(\.id) == [Samples.id(2)])
                #expect(try reader.tenant(Samples.id(1)) == nil)
                #expect(try reader.routers().map(\.id) == [Samples.id(2)])
                #expect(try reader.router(Samples.id(1)) == nil)
                #expect(try reader.packages().map(\.id) == [Samples.id(2)])
                #expect(try reader.package(Samples.id(1)) == nil)
                #expect(try reader.package(named: "3 HOURS")?.id == Samples.id(2))
                #expect(try reader.batch(Samples.id(1)) == nil)
                #expect(try reader.batches(PageRequest()).items.map(\.id) == [Samples.id(2)])
                #expect(try reader.voucher(Samples.id(1)) == nil)
                #expect(try reader.voucher(code: "CODE-1") == nil)
                #expect(try reader.vouchers(ids: [Samples.id(1), Samples.id(3)]).map(\.id) == [Samples.id(3)])
                #expect(try reader.vouchers(router: Samples.id(1), codes: ["Code-1"]).isEmpty)
                #expect(try reader.vouchers(VoucherFilter(), PageRequest()).items.map(\.id) == [Samples.id(3)])
                #expect(try reader.vouchers(VoucherFilter(batch: Samples.id(1)), PageRequest()).total == 0)
                #expect(try reader.voucherCounts().total == 1)
                #expect(try reader.voucherCounts(batch: Samples.id(1)).total == 0)
                #expect(try reader.voucherCounts(router: Samples.id(1)).total == 0)
                #expect(try reader.staff(Samples.id(1)) == nil)
                #expect(try reader.staff(username: "user1") == nil)
                #expect(try reader.allStaff().map(\.id) == [Samples.id(2)])
                #expect(try reader.apiToken(digest: Samples.token(1).digest) == nil)
                #expect(try reader.apiTokens().map(\.id) == [Samples.id(2)])
                #expect(try reader.signInSession(digest: Samples.session(1).digest) == nil)
                #expect(try reader.balances().map(\.balance.minorUnits) == [2500, -2500])
                #expect(try reader.ledgerEntries(PageRequest()).items.map(\.id) == [Samples.id(2)])
                #expect(try reader.audit(PageRequest()).items.map(\.id) == [Samples.id(2)])
                #expect(
                    try reader.outboxJobs(router: Samples.id(1), dueBy: Samples.time(9), limit: 9).isEmpty
                )
                #expect(try reader.outboxDepth() == 1)
                #expect(try reader.outboxDepth(router: Samples.id(1)) == 0)
                #expect(try reader.idempotentResult(key: "key")?.tenant == Samples.id(2))
            }
            try await store.read(.system) { reader throws in
                #expect(try reader.tenants().count == 2)
                #expect(try reader.routers().count == 2)
                #expect(try reader.apiToken(digest: Samples.token(1).digest)?.id == Samples.id(1))
                #expect(try reader.signInSession(digest: Samples.session(2, staff: 2).digest)?.id == Samples.id(2))
                #expect(try reader.outboxDepth() == 2)
                #expect(try reader.idempotentResult(key: "key") == nil)
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func nothingOfAnotherTenantCanBeWritten(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await fill(store)
            let foreign = try await store.read(.one) { try #require(try $0.voucher(Samples.id(1))) }
            try await store.write(.two) { tx throws in
                expect(.notFound) { try tx.update(Samples.tenant(1)) }
                expect(.notFound) { try tx.insert(Samples.router(10, tenant: 1)) }
                expect(.notFound) { _ = try tx.update(Samples.router(1)) }
                expect(.notFound) { try tx.insert(Samples.package(10)) }
                expect(.notFound) { _ = try tx.update(Samples.package(1)) }
                expect(.notFound) { try tx.insert(Samples.batch(10)) }
                expect(.notFound) { try tx.insert(Samples.voucher(10)) }
                expect(.notFound) { _ = try tx.update(foreign) }
                expect(.notFound) { try tx.insert(Samples.staff(10)) }
                expect(.notFound) { try tx.update(Samples.staff(1)) }
                expect(.notFound) { try tx.insert(Samples.token(10)) }
                expect(.notFound) { try tx.update(Samples.token(1)) }
                expect(.notFound) { try tx.insert(Samples.session(10)) }
                expect(.notFound) { try tx.update(Samples.session(1)) }
                expect(.notFound) { try tx.append(ledger: Samples.sale(10)) }
                expect(.notFound) { try tx.append(audit: Samples.audit(10)) }
                expect(.notFound) { try tx.enqueue(Samples.job(10, voucher: 1)) }
                expect(.notFound) { try tx.retryOutbox(router: Samples.id(1), now: Samples.start) }
                expect(.wrongScope) { try tx.record(Samples.record("other", tenant: 1)) }
                try tx.deleteSignInSession(digest: Samples.session(1).digest)
                try tx.deleteSignInSessions(expiredBefore: Samples.time(1_000_000))
                #expect(try tx.claimRouter(owner: "w", now: Samples.time(9), ttl: .seconds(9))?.router == Samples.id(2))
                #expect(try tx.claimRouter(owner: "w", now: Samples.time(9), ttl: .seconds(9)) == nil)
            }
            let session = try await store.read(.one) { try $0.signInSession(digest: Samples.session(1).digest) }
            #expect(session != nil)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func referencesStayInsideTheirTenant(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await fill(store)
            try await store.write(.system) { tx throws in
                expect(.constraint) { try tx.insert(Samples.router(10, tenant: 9)) }
                expect(.constraint) { try tx.insert(Samples.batch(10, tenant: 1, router: 2)) }
                expect(.constraint) { try tx.insert(Samples.voucher(10, tenant: 1, batch: 2, router: 1)) }
                expect(.constraint) { try tx.insert(Samples.voucher(10, tenant: 1, batch: 1, router: 2)) }
                expect(.constraint) { try tx.insert(Samples.session(10, tenant: 1, staff: 2)) }
                expect(.constraint) { try tx.enqueue(Samples.job(10, tenant: 1, router: 2, voucher: 1)) }
                expect(.constraint) { try tx.enqueue(Samples.job(10, tenant: 2, router: 2, voucher: 1)) }
                let foreign = try Samples.package(10, tenant: 1)
                try tx.insert(foreign)
                let batch = VoucherBatch(
                    id: Samples.id(11),
                    tenant: Samples.id(2),
                    package: foreign.id,
                    terms: try Samples.terms(),
                    quantity: 1,
                    router: Samples.id(2),
                    createdBy: .system("test"),
                    createdAt: Samples.start
                )
                expect(.constraint) { try tx.insert(batch) }
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func callsThatBelongToATenantRefuseTheSystemScopeAndTheOtherWayRound(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.write(.system) { tx throws in
                expect(.wrongScope) { _ = try tx.package(named: "x") }
                expect(.wrongScope) { _ = try tx.voucher(code: "x") }
                expect(.wrongScope) { _ = try tx.staff(username: "x") }
                expect(.wrongScope) { _ = try tx.balances() }
                expect(.wrongScope) { _ = try tx.revenue(from: Samples.start, until: Samples.start) }
                expect(.wrongScope) { try tx.record(Samples.record("x", tenant: 1)) }
                try tx.record(Samples.record("x", tenant: nil))
                #expect(try tx.idempotentResult(key: "x")?.result == "done")
            }
            await expect(.wrongScope) { try await store.write(.one) { try $0.insert(Samples.tenant(1)) } }
        }
    }
}
