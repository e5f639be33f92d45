import BillingDomain
import BillingPersistence
import BillingServices
import Testing

@Suite("Failures in the middle")
struct FailureTests {
    /// Everything that a use case could have half written.
    private struct Picture: Equatable {
        let vouchers: [Voucher]
        let batches: ListTotal?
        let balances: [AccountBalance]
        let ledger: ListTotal?
        let audit: ListTotal?
        let outbox: Int
        let routers: Int

        init(_ store: any StoreReader) throws {
            vouchers = try store.vouchers(VoucherFilter(), PageRequest(size: 10_000)).items
            batches = try store.batches(BatchFilter(), PageRequest(isCounted: true)).total
            balances = try store.balances()
            ledger = try store.ledgerEntries(PageRequest(isCounted: true)).total
            audit = try store.audit(PageRequest(isCounted: true)).total
            outbox = try store.outboxDepth()
            routers = try store.routers().count
        }
    }

    private func picture(_ shop: Shop) async throws -> Picture {
        try await shop.store.read(.tenant(shop.tenant.id)) { try Picture($0) }
    }

    @Test("a use case that fails at any draw of chance leaves nothing behind", arguments: Backing.allCases)
    func failingAnywhereLeavesNothing(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let key = IdempotencyKey.new()
        let before = try await picture(shop)
        var failures = 0
        for draws in 0... {
            shop.random.fail(after: draws)
            do {
                let made = try await shop.generate(3, sold: true, key: key)
                #expect(made.vouchers.count == 3)
                break
            } catch is SeededRandom.Failure {
                failures += 1
                #expect(try await picture(shop) == before)
            }
        }
        shop.random.fail(after: nil)
        #expect(failures > 8)
        let after = try await picture(shop)
        #expect((after.vouchers.count, after.batches, after.ledger, after.outbox) == (3, 1, 1, 3))
        #expect(try await shop.generate(3, sold: true, key: key).vouchers.count == 3)
        #expect(try await picture(shop) == after)
    }

    @Test("a commit that fails leaves nothing behind and can be repeated", arguments: Backing.allCases)
    func failingCommitsLeaveNothing(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let batch = try await shop.generate(2)
        let code = batch.vouchers[0].code
        let before = try await picture(shop)
        let key = IdempotencyKey.new()
        let useCases: [@Sendable () async throws -> Any] = [
            { try await shop.generate(5, key: key) },
            { try await shop.owner.vouchers.sell(codes: [code], key: key) },
            { try await shop.owner.vouchers.disable(code: code) },
            { try await shop.owner.routers.add(.fixture("Roof"), key: key) },
            { try await shop.see(code) },
            { try await shop.billing.provisioning.claim(owner: "w") as Any },
        ]
        shop.store.failCommits(true)
        for useCase in useCases {
            do {
                _ = try await useCase()
                Issue.record("it was done although it could not be committed")
            } catch is SwitchableStore.Failure {
                #expect(backing == .memory)
            } catch let error as BillingError {
                #expect(error.cause?.contains("FOREIGN KEY") == true, "\(error)")
            }
            #expect(try await picture(shop) == before)
        }
        shop.store.failCommits(false)
        _ = try await shop.owner.vouchers.sell(codes: [code], key: key)
        #expect(try await shop.balances()["deferred-vouchers"] == -2_500)
        #expect(try await shop.billing.provisioning.claim(owner: "w") != nil)
    }

    @Test(arguments: Backing.allCases)
    func aClosedStoreSaysSo(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        await shop.billing.close()
        await expectRefusal(.unavailable) { try await shop.generate() }
    }
}
