import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("What is listed of people, places and money")
struct ListingTests {
    @Test("the tenant's name and contacts are changed; currency and zone stay", arguments: Backing.allCases)
    func tenantsAreChanged(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let settings = shop.owner.settings
        let changed = try await settings.updateTenant(
            name: "Hill WiFi",
            email: "a@example.org",
            phone: "+256 700 123456"
        )
        #expect(try await settings.tenant() == changed)
        #expect((changed.name, changed.email, changed.phone) == ("Hill WiFi", "a@example.org", "+256700123456"))
        #expect((changed.currency, changed.timeZone) == (shop.tenant.currency, shop.tenant.timeZone))
        for (email, phone) in [("a@b", nil), (nil, "0700")] as [(String?, String?)] {
            await expectRefusal(.invalidInput, field: email == nil ? "phone" : "email") {
                try await settings.updateTenant(name: "Hill WiFi", email: email, phone: phone)
            }
        }
        let line = try #require(try await shop.owner.audit.entries(AuditFilter(action: "tenant.update")).items.first)
        #expect((line.before, line.after) == ("Lake View WiFi", "Hill WiFi"))
    }

    @Test(
        "a page of several routers, or of several states, is that of all in their order, wherever it begins",
        arguments: Backing.everywhere
    )
    func severalAreListedTogether(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        var routers = [shop.router]
        for name in ["Hill", "Beach"] { routers.append(try await shop.owner.routers.add(.fixture(name), key: .new())) }
        let vouchers = shop.owner.vouchers
        for _ in 0..<4 {
            for router in routers {
                shop.clock.advance(by: .seconds(1))
                _ = try await vouchers.generate(2, of: shop.package.id, on: router.id, key: .new())
            }
        }
        let all = try await vouchers.list(VoucherFilter(), PageRequest(after: nil, size: 100)).items
        for voucher in all.prefix(9).filter({ $0.id.description.utf8.last.map { $0 % 2 == 0 } ?? false }) {
            _ = try await vouchers.disable(code: voucher.code)
        }
        let here = Set(routers.prefix(2).map(\.id))
        let filters: [(VoucherFilter, (Voucher) -> Bool)] = [
            (VoucherFilter(routers: here), { here.contains($0.router) }),
            (VoucherFilter(access: [.unused, .disabled]), { _ in true }),
            (VoucherFilter(access: [.unused], routers: here), { here.contains($0.router) && $0.access == .unused }),
        ]
        let now = try await vouchers.list(VoucherFilter(), PageRequest(after: nil, size: 100)).items
        for (filter, isMeant) in filters {
            let wanted = now.filter(isMeant).map(\.id)
            var (found, cursor): ([Identifier<Voucher>], PageCursor?) = ([], nil)
            repeat {
                let page = try await vouchers.list(filter, PageRequest(after: cursor, size: 3))
                found += page.items.map(\.id)
                cursor = page.next
            } while cursor != nil
            #expect(found == wanted)
            let second = try await vouchers.list(filter, PageRequest(number: 2, size: 5, isCounted: true))
            #expect(second.items.map(\.id) == Array(wanted.dropFirst(5).prefix(5)))
            #expect(second.total?.count == wanted.count)
        }
        await shop.billing.close()
    }

    @Test("sites out of use are listed only when asked for, and come back", arguments: Backing.allCases)
    func sitesComeBack(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let sites = shop.owner.sites
        let hill = try await sites.add(SiteDraft(name: "Hill"))
        let beach = try await sites.add(SiteDraft(name: "Beach"))
        _ = try await sites.archive(hill.id)
        #expect(try await sites.list().map(\.id) == [beach.id])
        #expect(try await sites.list(includingArchived: true).map(\.name) == ["Beach", "Hill"])
        #expect(try await sites.site(hill.id).isArchived)
        #expect(try await sites.restore(hill.id).isArchived == false)
        _ = try await sites.place(shop.router.id, at: hill.id)
        #expect(try await sites.list().map(\.name) == ["Beach", "Hill"])
        #expect(try await sites.router(of: hill.id).id == shop.router.id)
    }

    @Test("roles are listed by name, without those that are archived", arguments: Backing.allCases)
    func rolesAreListed(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let roles = shop.owner.roles
        let viewer = try await roles.define("Viewer", [.viewVouchers])
        let clerk = try await roles.define("Clerk", [.sellVouchers])
        #expect(try await roles.list().map(\.name) == ["Clerk", "Viewer"])
        _ = try await roles.archive(clerk.id)
        #expect(try await roles.list().map(\.id) == [viewer.id])
        #expect(try await roles.list(includingArchived: true).map(\.id) == [clerk.id, viewer.id])
    }

    @Test("somebody who was shut out is let in again", arguments: Backing.allCases)
    func staffComeBack(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let person = try await shop.person(.cashier, "amina")
        let staff = shop.owner.staff
        _ = try await staff.disable(person.id)
        #expect(try await staff.list(includingDisabled: false).isEmpty)
        #expect(try await staff.list().map(\.username) == ["amina"])
        func signIn() async throws -> BillingSession {
            try await shop.billing.signIn("amina", password: person.password, tenant: shop.tenant.id)
        }
        await expectRefusal(.unauthenticated) { try await signIn() }
        #expect(try await staff.enable(person.id).isDisabled == false)
        shop.clock.advance(by: .seconds(3_600))
        #expect(try await signIn().actor == .staff(person.id))
    }

    @Test("an assignment ends the sessions of whoever gets it, and holds in the next", arguments: Backing.allCases)
    func assignmentsTakeHold(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let mine = try await shop.owner.routers.add(.fixture("Mine"), key: .new())
        let person = try await shop.person(.cashier, "amina")
        let secret = try #require(person.session.sessionSecret)
        let assigned = try await shop.owner.staff.assign(person.id, to: StaffAssignment(routers: [mine.id]))
        #expect(assigned.assignment.routers == [mine.id])
        await expectRefusal(.unauthenticated) { try await shop.billing.session(secret: secret) }
        let next = try await shop.billing.signIn("amina", password: person.password, tenant: shop.tenant.id)
        #expect(try await next.routers.list().items.map(\.id) == [mine.id])
        await expectRefusal(.forbidden) { try await next.routers.router(shop.router.id) }
    }

    @Test("the sessions of another are seen and ended", arguments: Backing.allCases)
    func sessionsOfOthersEnd(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let person = try await shop.person(.cashier, "amina")
        let other = try await shop.person(.cashier, "ben")
        _ = try await shop.billing.signIn("amina", password: person.password, tenant: shop.tenant.id)
        let staff = shop.owner.staff
        #expect(try await staff.sessions(of: person.id).count == 2)
        #expect(try await staff.endSessions(of: person.id) == 2)
        #expect(try await staff.sessions(of: person.id).isEmpty)
        let secret = try #require(person.session.sessionSecret)
        await expectRefusal(.unauthenticated) { try await shop.billing.session(secret: secret) }
        _ = try await shop.billing.session(secret: try #require(other.session.sessionSecret))
    }

    @Test("shifts are listed, newest first, of everybody or of one", arguments: Backing.allCases)
    func shiftsAreListed(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let (amina, ben) = (try await shop.person(.cashier, "amina"), try await shop.person(.cashier, "ben"))
        var opened: [Identifier<Shift>] = []
        for person in [amina, ben] {
            let float = Money(minorUnits: 100, currency: .ugx)
            opened.append(try await person.session.shifts.open(float: float, key: .new()).id)
            shop.clock.advance(by: .seconds(60))
        }
        #expect(try await shop.owner.shifts.list().items.map(\.id) == opened.reversed())
        #expect(try await shop.owner.shifts.list(of: amina.id).items.map(\.id) == [opened[0]])
    }

    @Test("an agent who was stopped goes on", arguments: Backing.allCases)
    func agentsGoOn(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let agents = shop.owner.agents
        let kiosk = try await shop.agent(.prepaid)
        #expect(try await agents.list().map(\.id) == [kiosk.id])
        #expect(try await agents.suspend(kiosk.id).state == .suspended)
        #expect(try await agents.agent(kiosk.id).state == .suspended)
        await expectRefusal(.conflict) { try await agents.suspend(kiosk.id) }
        #expect(try await agents.resume(kiosk.id).state == .active)
        await expectRefusal(.conflict) { try await agents.resume(kiosk.id) }
        await expectRefusal(.notFound) { try await agents.agent(Identifier(high: 1, low: 1)) }
    }

    @Test("rules, earnings and statements of commission are listed, and a rule ends once", arguments: Backing.allCases)
    func commissionIsListed(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let commission = shop.owner.commission
        let earner = try await shop.earner()
        let rule = try #require(try await commission.rules().first)
        shop.clock.advance(by: .seconds(60))
        let ended = try await commission.endRule(rule.id)
        #expect(ended.endedAt == shop.clock.now)
        shop.clock.advance(by: .seconds(60))
        #expect(try await commission.endRule(rule.id).endedAt == ended.endedAt)
        #expect(try await commission.rules().isEmpty)
        #expect(try await commission.rules(includingEnded: true).map(\.id) == [rule.id])
        #expect(try await commission.accruals(of: earner).items.map(\.amount.minorUnits) == [1_000])
        #expect(try await commission.statements().items.isEmpty)
        let statement = try await commission.issueStatement(to: earner, in: .ugx, key: .new())
        let other = try await shop.earner()
        #expect(try await commission.statements().items.map(\.id) == [statement.id])
        #expect(try await commission.statements(of: earner).items.map(\.total.minorUnits) == [1_000])
        #expect(try await commission.statements(of: other).items.isEmpty)
    }
}
