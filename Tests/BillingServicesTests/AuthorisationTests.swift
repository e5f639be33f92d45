import BillingDomain
import BillingPersistence
import BillingServices
import Testing

@Suite("Who may do what")
struct AuthorisationTests {
    @Test("each role may do exactly what its permissions say", arguments: UseCase.ofPeople, Role.allCases)
    func rolesAreEnforced(useCase: UseCase, role: Role) async throws {
        let (shop, batch) = try await Shop.withVouchers(.memory)
        let session = try await useCase.session(role, in: shop)
        let run = try await useCase.prepare(shop, batch, session)
        if useCase.permissions.isSubset(of: role.permissions) {
            try await run(shop.billing, session)
        } else {
            await expectRefusal(.forbidden) { try await run(shop.billing, session) }
        }
    }

    @Test("a program with a token is refused what is about a person", arguments: UseCase.ofPeople)
    func programsAreNoPeople(useCase: UseCase) async throws {
        guard case .person = useCase.doer else { return }
        let (shop, batch) = try await Shop.withVouchers(.memory)
        let run = try await useCase.prepare(shop, batch, useCase.session(in: shop))
        await expectRefusal(.forbidden) { try await run(shop.billing, shop.owner) }
    }

    @Test("lists of another tenant are empty", arguments: Backing.allCases)
    func listsAreWalledOff(backing: Backing) async throws {
        let (shop, batch) = try await Shop.withVouchers(backing)
        let other = try await shop.billing.createTenant("Other", currency: .usd, timeZone: "UTC", key: .new())
        let stranger = try await Shop.session(.superAdministrator, of: other, in: shop.billing)
        #expect(try await stranger.vouchers.list().items.count == 0)
        #expect(try await stranger.vouchers.list(VoucherFilter(batch: batch.batch.id)).items.count == 0)
        #expect(try await stranger.vouchers.batches().items.count == 0)
        #expect(try await stranger.routers.list().total == 0)
        #expect(try await stranger.packages.list(includingArchived: true).isEmpty)
        #expect(try await stranger.reports.ledger().items.count == 0)
        #expect(try await stranger.reports.balances().isEmpty)
        #expect(try await stranger.reports.dashboard().vouchers.total == 0)
        #expect(try await stranger.reports.dashboard().outboxDepth == 0)
        #expect(try await stranger.audit.entries().items.allSatisfy { $0.tenant == other.id })
    }

    @Test("two tenants may use the same names and keys", arguments: Backing.allCases)
    func namesAndKeysBelongToATenant(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let key = IdempotencyKey.new()
        _ = try await shop.owner.routers.add(.fixture("Roof"), key: key)
        let other = try await shop.billing.createTenant("Other", currency: .usd, timeZone: "UTC", key: .new())
        let stranger = try await Shop.session(.superAdministrator, of: other, in: shop.billing)
        let theirs = try await stranger.routers.add(.fixture("Roof"), key: key)
        #expect(theirs.tenant == other.id)
        _ = try await stranger.packages.create(.fixture("3 Hours"), key: .new())
    }
}
