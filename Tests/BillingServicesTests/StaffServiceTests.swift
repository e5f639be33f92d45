import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Staff, roles and tokens")
struct StaffServiceTests {
    @Test(
        "refuses what is wrong in a draft, and names the field",
        arguments: [
            ("username", StaffDraft(username: "a b", role: .cashier)),
            ("displayName", StaffDraft(username: "a", role: .cashier, displayName: "\u{202E}")),
            ("email", StaffDraft(username: "a", role: .cashier, email: "nobody")),
            ("phone", StaffDraft(username: "a", role: .cashier, phone: "12")),
            ("language", StaffDraft(username: "a", role: .cashier, language: "x_y")),
        ]
    )
    func badDraftsAreRefused(field: String, draft: StaffDraft) async throws {
        let shop = try await Shop.open(.memory)
        await expectRefusal(.invalidInput, field: field) { try await shop.owner.staff.add(draft, key: .new()) }
        let staff = try await shop.colleague()
        await expectRefusal(.invalidInput, field: field) { try await shop.owner.staff.update(staff.id, draft) }
    }

    @Test("a custom role says what its people may do, at once", arguments: Backing.allCases)
    func customRolesAreHonoured(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let role = try await shop.owner.roles.define("Printer", [.viewVouchers])
        let (staff, password) = try await shop.owner.staff.add(
            StaffDraft(username: "amina", role: .superAdministrator, customRole: role.id),
            key: .new()
        )
        let fresh = try await shop.billing.signIn("amina", password: password, tenant: shop.tenant.id)
        let session = try await fresh.account.changePassword(password, to: "correct horse battery")
        #expect(session.permissions == [.viewVouchers])
        #expect(session.roleName == "Printer")
        await expectRefusal(.forbidden) { try await session.packages.list() }

        _ = try await shop.owner.roles.update(role.id, name: "Printer", [.viewVouchers, .viewPackages])
        await expectRefusal(.unauthenticated) {
            try await shop.billing.session(secret: #require(session.sessionSecret))
        }
        let again = try await shop.billing.signIn("amina", password: "correct horse battery", tenant: shop.tenant.id)
        _ = try await again.packages.list()
        try await shop.owner.roles.archive(role.id)
        let none = try await shop.billing.signIn("amina", password: "correct horse battery", tenant: shop.tenant.id)
        #expect(none.permissions.isEmpty)
        #expect(try await shop.owner.staff.person(staff.id).customRole == role.id)
    }

    @Test("nobody gives rights that they do not hold", arguments: Backing.allCases)
    func rightsAreNotLifted(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let rights: Set<Permission> = [.manageStaff, .manageRoles, .manageTokens, .viewVouchers]
        let role = try await shop.owner.roles.define("Clerk", rights)
        let (_, password) = try await shop.owner.staff.add(
            StaffDraft(username: "clerk", role: .cashier, customRole: role.id),
            key: .new()
        )
        let fresh = try await shop.billing.signIn("clerk", password: password, tenant: shop.tenant.id)
        let clerk = try await fresh.account.changePassword(password, to: "correct horse battery")
        let boss = try await shop.person(.superAdministrator)
        await expectRefusal(.forbidden, field: "role") {
            try await clerk.staff.add(StaffDraft(username: "x", role: .superAdministrator), key: .new())
        }
        await expectRefusal(.forbidden, field: "staff") { try await clerk.staff.resetPassword(boss.id) }
        await expectRefusal(.forbidden, field: "staff") { try await clerk.staff.disable(boss.id) }
        await expectRefusal(.forbidden, field: "permissions") {
            try await clerk.roles.define("All", Set(Permission.allCases))
        }
        await expectRefusal(.forbidden, field: "scopes") {
            try await clerk.tokens.create(TokenDraft(name: "t", role: .manager), key: .new())
        }
        _ = try await clerk.tokens.create(TokenDraft(name: "t", role: .manager, scopes: [.viewVouchers]), key: .new())
    }

    @Test(
        "adding somebody again under one key gives another password, until they chose their own",
        arguments: Backing.allCases
    )
    func peopleAreAddedOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let (staff, draft, key) = (
            shop.owner.staff, StaffDraft(username: "amina", role: .cashier), IdempotencyKey.new()
        )
        let (first, lost) = try await staff.add(draft, key: key)
        let (second, password) = try await staff.add(draft, key: key)
        #expect(second.id == first.id)
        #expect(try await staff.list().count == 1)
        await expectRefusal(.conflict, field: "key") {
            try await staff.add(StaffDraft(username: "amina", role: .manager), key: key)
        }
        await expectRefusal(.unauthenticated) {
            try await shop.billing.signIn("amina", password: lost, tenant: shop.tenant.id)
        }
        let fresh = try await shop.billing.signIn("amina", password: password, tenant: shop.tenant.id)
        _ = try await fresh.account.changePassword(password, to: "correct horse battery")
        await expectRefusal(.conflict, field: "key") { try await staff.add(draft, key: key) }
    }

    @Test("making a token again under one key gives another secret, until it was used", arguments: Backing.allCases)
    func tokensAreMadeOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let (tokens, draft, key) = (shop.owner.tokens, TokenDraft(name: "till", role: .cashier), IdempotencyKey.new())
        let before = try await tokens.list().count
        let (first, lost) = try await tokens.create(draft, key: key)
        let (second, secret) = try await tokens.create(draft, key: key)
        #expect(second.id == first.id)
        #expect(try await tokens.list().count == before + 1)
        await expectRefusal(.unauthenticated) { try await shop.billing.apiSession(token: lost) }
        _ = try await shop.billing.apiSession(token: secret)
        await expectRefusal(.conflict) { try await tokens.create(draft, key: key) }
    }

    @Test("the last one who may do everything cannot be shut out or lowered", arguments: Backing.allCases)
    func theLastOwnerStays(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let boss = try await shop.person(.superAdministrator)
        await expectRefusal(.conflict) { try await shop.owner.staff.disable(boss.id) }
        await expectRefusal(.conflict) {
            try await shop.owner.staff.update(boss.id, StaffDraft(username: "boss", role: .manager))
        }
        _ = try await shop.colleague("second", .superAdministrator)
        await expectRefusal(.conflict) { try await boss.session.staff.disable(boss.id) }
        #expect(try await shop.owner.staff.disable(boss.id).isDisabled)
        await expectRefusal(.unauthenticated) {
            try await shop.billing.session(secret: #require(boss.session.sessionSecret))
        }
    }

    @Test("other rights end the sessions of whoever gets them", arguments: Backing.allCases)
    func rightsRotateSessions(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let person = try await shop.person(.cashier)
        _ = try await shop.owner.staff.update(person.id, StaffDraft(username: person.username, role: .manager))
        await expectRefusal(.unauthenticated) {
            try await shop.billing.session(secret: #require(person.session.sessionSecret))
        }
        let line = try #require(try await shop.owner.audit.entries(AuditFilter(action: "staff.update")).items.first)
        #expect(line.before == "cashier")
        #expect(line.after == "manager")
    }

    @Test("a token has the part of its role that was chosen, until its end", arguments: Backing.allCases)
    func tokensAreBounded(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let end = shop.clock.now + .seconds(60)
        let (token, secret) = try await shop.owner.tokens.create(
            TokenDraft(name: "till", role: .cashier, scopes: [.viewPackages], expiresAt: end),
            key: .new()
        )
        let session = try await shop.billing.apiSession(token: secret)
        #expect(session.permissions == [.viewPackages])
        await expectRefusal(.forbidden) { try await session.vouchers.list() }
        shop.clock.advance(by: .seconds(59))
        _ = try await shop.billing.apiSession(token: secret)
        #expect(try await shop.owner.tokens.list().first { $0.id == token.id }?.lastUsedAt == end - .seconds(60))
        shop.clock.advance(by: .seconds(1))
        await expectRefusal(.unauthenticated) { try await shop.billing.apiSession(token: secret) }
    }

    @Test("a revoked token is worth nothing at once", arguments: Backing.allCases)
    func tokensAreRevoked(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let (token, secret) = try await shop.owner.tokens.create(TokenDraft(name: "till", role: .cashier), key: .new())
        try await shop.owner.tokens.revoke(token.id)
        await expectRefusal(.unauthenticated) { try await shop.billing.apiSession(token: secret) }
    }

    @Test func badTokensAreRefused() async throws {
        let shop = try await Shop.open(.memory)
        let tokens = shop.owner.tokens
        await expectRefusal(.invalidInput, field: "name") {
            try await tokens.create(TokenDraft(name: "", role: .cashier), key: .new())
        }
        await expectRefusal(.invalidInput, field: "scopes") {
            try await tokens.create(TokenDraft(name: "t", role: .cashier, scopes: []), key: .new())
        }
        await expectRefusal(.invalidInput, field: "scopes") {
            try await tokens.create(TokenDraft(name: "t", role: .cashier, scopes: [.manageStaff]), key: .new())
        }
        await expectRefusal(.invalidInput, field: "expiresAt") {
            try await tokens.create(TokenDraft(name: "t", role: .cashier, expiresAt: shop.clock.now), key: .new())
        }
        await expectRefusal(.notFound, field: "router") {
            let nowhere = StaffAssignment(routers: [Identifier(high: 1, low: 1)])
            return try await tokens.create(TokenDraft(name: "t", role: .cashier, assignment: nowhere), key: .new())
        }
    }
}

@Suite("Where staff may act")
struct AssignmentTests {
    @Test("who is assigned to a router or a site acts there alone", arguments: Backing.allCases, [true, false])
    func assignmentsAreEnforced(backing: Backing, bySite: Bool) async throws {
        let shop = try await Shop.open(backing)
        let site = try await shop.owner.sites.add(SiteDraft(name: "Hill"))
        let mine = try await shop.owner.routers.add(.fixture("Mine"), key: .new())
        _ = try await shop.owner.sites.place(mine.id, at: site.id)
        let batch = try await shop.generate(2)
        let assignment = bySite ? StaffAssignment(sites: [site.id]) : StaffAssignment(routers: [mine.id])
        let (_, secret) = try await shop.owner.tokens.create(
            TokenDraft(name: "t", role: .manager, assignment: assignment),
            key: .new()
        )
        let session = try await shop.billing.apiSession(token: secret)
        _ = try await session.vouchers.generate(1, of: shop.package.id, on: mine.id, key: .new())
        #expect(try await session.routers.list().items.map(\.id) == [mine.id])
        let refused: [@Sendable () async throws -> Any] = [
            { try await session.vouchers.generate(1, of: shop.package.id, on: shop.router.id, key: .new()) },
            { try await session.vouchers.sell(batch: batch.batch.id, key: .new()) },
            { try await session.vouchers.sell(codes: [batch.vouchers[0].code], key: .new()) },
            { try await session.vouchers.disable(code: batch.vouchers[0].code) },
            { try await session.routers.router(shop.router.id) },
            { try await session.routers.access(shop.router.id) },
            { try await session.routers.update(shop.router.id, .fixture("Lobby")) },
            { try await session.routers.retry(shop.router.id) },
            { try await session.routers.remove(shop.router.id) },
            { try await session.audit.routerEvents(router: shop.router.id) },
            { try await session.audit.routerEvents() },
        ]
        for attempt in refused { await expectRefusal(.forbidden) { try await attempt() } }
        #expect(try await shop.owner.vouchers.batch(batch.batch.id).vouchers.allSatisfy { $0.commercial == .generated })
    }

    @Test("a site's router is its primary one, or the only one", arguments: Backing.allCases)
    func sitesHaveARouter(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let sites = shop.owner.sites
        let site = try await sites.add(SiteDraft(name: "Hill"))
        await expectRefusal(.conflict, field: "site") { try await sites.router(of: site.id) }
        _ = try await sites.place(shop.router.id, at: site.id)
        #expect(try await sites.router(of: site.id).id == shop.router.id)
        let second = try await shop.owner.routers.add(.fixture("Second"), key: .new())
        await expectRefusal(.invalidInput, field: "primaryRouter") {
            try await sites.update(site.id, SiteDraft(name: "Hill", primaryRouter: second.id))
        }
        _ = try await sites.place(second.id, at: site.id)
        await expectRefusal(.conflict, field: "site") { try await sites.router(of: site.id) }
        _ = try await sites.update(site.id, SiteDraft(name: "Hill", primaryRouter: second.id))
        #expect(try await sites.router(of: site.id).id == second.id)
        await expectRefusal(.conflict) { try await sites.archive(site.id) }
        for router in [shop.router.id, second.id] { _ = try await sites.place(router, at: nil) }
        #expect(try await sites.archive(site.id).isArchived)
        await expectRefusal(.conflict, field: "site") { try await sites.place(second.id, at: site.id) }
        await expectRefusal(.duplicate, field: "name") { try await sites.add(SiteDraft(name: "HILL")) }
        await expectRefusal(.invalidInput, field: "name") { try await sites.add(SiteDraft(name: " ")) }
    }
}
