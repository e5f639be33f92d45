import BillingDomain
import BillingPersistence
import Testing

@Suite("Every store: transactions")
struct TransactionLaws {
    struct Stop: Error {}

    @Test(arguments: StoreKind.allCases)
    func aBodyThatThrowsLeavesNothing(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            await #expect(throws: Stop.self) {
                try await store.write(.one) { tx throws in
                    try tx.insert(Samples.voucher(10))
                    try tx.append(ledger: Samples.sale())
                    try tx.append(audit: Samples.audit())
                    try tx.enqueue(Samples.job(10))
                    #expect(try tx.voucher(Samples.id(10)) != nil, "it reads its own changes")
                    throw Stop()
                }
            }
            try await store.read(.one) { reader throws in
                #expect(try reader.voucher(Samples.id(10)) == nil)
                #expect(try reader.ledgerEntries(PageRequest()).total == 0)
                #expect(try reader.audit(PageRequest()).total == 0)
                #expect(try reader.outboxDepth() == 0)
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aCallThatThrowsHasChangedNothingAndTheBodyMayGoOn(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.write(.one) { tx throws in
                expect(.duplicate) { try tx.insert(vouchers: [Samples.voucher(10), Samples.voucher(1)]) }
                expect(.constraint) { try tx.enqueue([Samples.job(1), Samples.job(99)]) }
                try tx.insert(Samples.voucher(11))
            }
            try await store.read(.one) { reader throws in
                #expect(try reader.voucher(Samples.id(10)) == nil)
                #expect(try reader.outboxDepth() == 0)
                #expect(try reader.voucher(Samples.id(11)) != nil)
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aReadSeesOneSnapshotAndTheNextReadSeesTheWrite(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            let before = try await store.read(.one) { try $0.voucher(Samples.id(1))?.customer }
            #expect(before == nil)
            try await store.write(.one) { tx throws in
                var voucher = try #require(try tx.voucher(Samples.id(1)))
                voucher.customer = "Amina"
                try tx.update(voucher)
            }
            let after = try await store.read(.one) { try $0.voucher(Samples.id(1))?.customer }
            #expect(after == "Amina")
        }
    }

    @Test(arguments: StoreKind.allCases)
    func concurrentWritersTakeTurns(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await withThrowingDiscardingTaskGroup { group in
                for number in 100..<150 {
                    group.addTask {
                        try await store.write(.one) { tx throws in
                            var voucher = try #require(try tx.voucher(Samples.id(1)))
                            voucher.customer = String((Int(voucher.customer ?? "0") ?? 0) + 1)
                            try tx.update(voucher)
                            try tx.append(audit: Samples.audit(number))
                        }
                    }
                }
            }
            try await store.read(.one) { reader throws in
                #expect(try reader.voucher(Samples.id(1))?.customer == "50")
                #expect(try reader.voucher(Samples.id(1))?.revision == 51)
                #expect(try reader.audit(PageRequest()).total == 50)
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aClosedStoreRefusesEverythingAndClosingTwiceIsHarmless(kind: StoreKind) async throws {
        try await kind.withOpenStore { store in
            try await store.write(.system) { try $0.insert(Samples.tenant()) }
            await store.close()
            await store.close()
            await expect(.closed) { _ = try await store.read(.system) { try $0.tenants() } }
            await expect(.closed) { try await store.write(.system) { try $0.insert(Samples.tenant(9)) } }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func anUpdateCarriesTheStoredRevisionOrIsRefused(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.write(.one) { tx throws in
                try tx.insert(Samples.package())
                var voucher = try #require(try tx.voucher(Samples.id(1)))
                voucher.customer = "first"
                let next = try tx.update(voucher)
                #expect(next.revision == 2)
                #expect(try tx.voucher(Samples.id(1)) == next)
                expect(.conflict) { _ = try tx.update(voucher) }

                var router = try #require(try tx.router(Samples.id(1)))
                router.name = "Roof"
                #expect(try tx.update(router).revision == 2)
                expect(.conflict) { _ = try tx.update(router) }

                var package = try #require(try tx.package(Samples.id(1)))
                package.isArchived = true
                #expect(try tx.update(package).revision == 2)
                expect(.conflict) { _ = try tx.update(package) }
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func whatIsNotThereCannotBeUpdated(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.write(.one) { tx throws in
                expect(.notFound) { _ = try tx.update(Samples.router(9)) }
                expect(.notFound) { _ = try tx.update(Samples.package(9)) }
                expect(.notFound) { _ = try tx.update(Samples.voucher(9)) }
                expect(.notFound) { try tx.update(Samples.staff(9)) }
                expect(.notFound) { try tx.update(Samples.token(9)) }
                expect(.notFound) { try tx.update(Samples.session(9)) }
                expect(.notFound) { try tx.update(Samples.tenant(2)) }
                let moved = try Samples.voucher(1, batch: 2)
                expect(.constraint) { _ = try tx.update(moved) }
            }
        }
    }
}
