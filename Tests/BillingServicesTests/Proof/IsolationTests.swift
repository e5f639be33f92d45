import BillingDomain
import BillingPersistence
import BillingServices
import BillingTesting
import Testing

@Suite("Walls between tenants")
struct IsolationTests {
    @Test("nothing of another tenant is found or changed by any use case", arguments: Backing.everywhere)
    func tenantsAreWalledOff(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let other = try await shop.billing.createTenant("Other", currency: .ugx, timeZone: "UTC", key: .new())
        let stranger = try await Shop.session(.superAdministrator, of: other, in: shop.billing)
        var tried = 0
        for useCase in UseCase.ofPeople where useCase.namesThings {
            let run = try await useCase.prepare(shop, shop.vouchers(), shop.owner)
            let before = try await StoreState(of: shop.store)
            await expectRefusal(.notFound, "\(useCase)") { try await run(shop.billing, stranger) }
            let after = try await StoreState(of: shop.store)
            #expect(after == before, "\(useCase) by a stranger: \(after.difference(from: before))")
            tried += 1
        }
        #expect(tried > 100)
        await shop.billing.close()
    }

    @Test("what a tenant does is done, and leaves the rows of all others alone", arguments: UseCase.ofPeople)
    func othersStayAsTheyWere(useCase: UseCase) async throws {
        let (shop, batch) = try await Shop.withVouchers(.memory)
        let other = try await shop.billing.createTenant("Other", currency: .ugx, timeZone: "UTC", key: .new())
        let stranger = try await Shop.session(.superAdministrator, of: other, in: shop.billing)
        _ = try await stranger.routers.add(.fixture("Lobby"), key: .call)
        let session = try await useCase.session(in: shop)
        let run = try await useCase.prepare(shop, batch, session)
        let before = try await StoreState(of: shop.store)
        try await run(shop.billing, session)
        let after = try await StoreState(of: shop.store)
        #expect(after.of(other.id) == before.of(other.id))
        if useCase.hasKey { #expect(after != before) }
    }
}
