import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Who is assigned to a part of the business")
struct ReachTests {
    @Test("sees no voucher of another router, by code, batch, list, figure or export", arguments: Backing.allCases)
    func vouchersElsewhereAreHidden(backing: Backing) async throws {
        let branch = try await Branch.open(backing)
        let (other, own) = (try await branch.generate(3, elsewhere: true), try await branch.generate(elsewhere: false))
        let (code, vouchers) = (other.vouchers[0].code, branch.manager.vouchers)
        let refused: [@Sendable () async throws -> Any] = [
            { try await vouchers.voucher(code: code) },
            { try await vouchers.entitlements(code: code) },
            { try await vouchers.devices(code: code) },
            { try await vouchers.countdown(code: code) },
            { try await vouchers.batch(other.batch.id) },
            { try await vouchers.progress(batch: other.batch.id) },
        ]
        for attempt in refused { await expectRefusal(.forbidden, field: "router") { try await attempt() } }
        #expect(try await vouchers.list().items.map(\.code) == own.vouchers.map(\.code))
        #expect(try await vouchers.list(VoucherFilter(router: branch.shop.router.id)).items.count == 0)
        #expect(try await vouchers.list(VoucherFilter(routers: [branch.shop.router.id])).items.count == 0)
        #expect(try await vouchers.batches().items.map(\.id) == [own.batch.id])
        #expect(try await vouchers.voucher(code: own.vouchers[0].code).router == branch.router.id)
        var rows = 0
        for try await _ in try await branch.manager.reports.export(.vouchers(VoucherFilter())) { rows += 1 }
        #expect(rows == 1)
        let figures = try await branch.manager.reports.dashboard()
        #expect(figures.vouchers.total == 1)
        #expect(figures.vouchersToday.generated == 1)
        #expect(figures.outboxDepth == 1)
        #expect(figures.routers.values.reduce(0, +) == 1)
    }

    @Test("acts on no voucher of another router, whatever way leads to it", arguments: Backing.allCases)
    func vouchersElsewhereAreLeftAlone(backing: Backing) async throws {
        let branch = try await Branch.open(backing, bySite: true)
        let shop = branch.shop
        let other = try await branch.generate(2, elsewhere: true)
        let kept = other.vouchers[0]
        _ = try await shop.owner.vouchers.reserve(codes: [kept.code], for: "order-1", key: .new())
        let customer = try await shop.owner.customers.create(CustomerDraft(name: "Ada"), key: .new()).id
        _ = try await shop.owner.vouchers.sell(codes: [other.vouchers[1].code], key: .new())
        let manager = branch.manager
        let refused: [@Sendable () async throws -> Any] = [
            { try await manager.vouchers.release(reservedFor: "order-1") },
            { try await manager.vouchers.sell(reservedFor: "order-1", key: .new()) },
            { try await manager.vouchers.redeem(code: other.vouchers[1].code, for: customer, key: .new()) },
            { try await manager.vouchers.redeemToBalance(code: other.vouchers[1].code, of: customer, key: .new()) },
            {
                let draft = PaymentDraft(
                    customer: nil,
                    method: .cash,
                    price: kept.terms.price,
                    purpose: .voucher(kept.id)
                )
                return try await manager.payments.take(draft, key: .new())
            },
        ]
        for attempt in refused { await expectRefusal(.forbidden, field: "router") { try await attempt() } }
        #expect(try await shop.owner.vouchers.voucher(code: kept.code).commercial == .reserved)
        #expect(try await shop.owner.vouchers.release(reservedFor: "order-1") == 1)
    }

    @Test("takes nothing over onto another router, and adds no router or site", arguments: Backing.allCases)
    func importsStayWithinReach(backing: Backing) async throws {
        let branch = try await Branch.open(backing)
        let (manager, router) = (branch.manager, branch.shop.router.id)
        let state = HotspotState.fixture(at: branch.shop.clock.now)
        let digest = try await branch.shop.owner.imports.plan(state, on: router).digest
        let list = Array(RouterList.sample.utf8)
        let refused: [@Sendable () async throws -> Any] = [
            { try await manager.imports.plan(state, on: router) },
            { try await manager.imports.apply(state, on: router, digest: digest, key: .new()) },
            { try await manager.imports.addRouters(csv: list, key: .new()) },
            { try await manager.routers.add(.fixture("Third"), key: .new()) },
            { try await manager.sites.add(SiteDraft(name: "Valley")) },
        ]
        for attempt in refused { await expectRefusal(.forbidden) { try await attempt() } }
        let plan = try await manager.imports.plan(state, on: branch.router.id)
        #expect(
            try await manager.imports.apply(state, on: branch.router.id, digest: plan.digest, key: .new()).count == 1
        )
    }

    @Test("reaches no service account on another router, and no subscription on one", arguments: Backing.allCases)
    func servicesElsewhereAreLeftAlone(backing: Backing) async throws {
        let branch = try await Branch.open(backing)
        let customer = try await branch.shop.owner.customers.create(CustomerDraft(name: "Ada"), key: .new()).id
        let other = try await branch.account(customer, elsewhere: true).id
        let own = try await branch.account(customer, elsewhere: false)
        let services = branch.manager.serviceAccounts
        let draft = try branch.service(elsewhere: true)
        let terms = try SubscriptionTerms(
            packageName: "Home",
            cycle: .days(30),
            price: Money(minorUnits: 1_000, currency: .ugx),
            routerProfile: "home"
        )
        let order = SubscriptionOrder(customer: customer, service: draft, choice: .terms(terms), method: .cash)
        let running = try await branch.shop.owner.subscriptions.order(order, key: .new()).subscription.id
        let subscriptions = branch.manager.subscriptions
        let refused: [@Sendable () async throws -> Any] = [
            { try await services.account(other) },
            { try await services.password(of: other) },
            { try await services.setPassword("secret", of: other) },
            { try await services.enable(other) },
            { try await services.disable(other) },
            { try await services.delete(other) },
            { try await services.assign(profile: "fast", to: other) },
            { try await services.create(draft, for: customer, key: .new()) },
            { try await subscriptions.suspend(running, reason: "away") },
            { try await subscriptions.grant(1, to: running, reason: "sorry", key: .new()) },
            { try await subscriptions.order(order, key: .new()) },
        ]
        for attempt in refused { await expectRefusal(.forbidden, field: "router") { try await attempt() } }
        #expect(try await services.list().items.map(\.id) == [own.id])
        #expect(try await services.disable(own.id).access == .disabled)
    }

    @Test("reaches customers of the own site and of none", arguments: Backing.allCases, [true, false])
    func customersElsewhereAreLeftAlone(backing: Backing, bySite: Bool) async throws {
        let branch = try await Branch.open(backing, bySite: bySite)
        let owner = branch.shop.owner
        let valley = try await owner.sites.add(SiteDraft(name: "Valley"))
        func customer(_ name: String, _ site: Identifier<Site>?) async throws -> Customer {
            try await owner.customers.create(CustomerDraft(name: name, site: site), key: .new())
        }
        let (here, nowhere) = (try await customer("Ada", branch.site.id), try await customer("Bea", nil))
        let there = try await customer("Cleo", valley.id)
        let (customers, manager) = (branch.manager.customers, branch.manager)
        let money = Money(minorUnits: 100, currency: .ugx)
        let refused: [@Sendable () async throws -> Any] = [
            { try await customers.customer(there.id) },
            { try await customers.customer(number: there.number) },
            { try await customers.history(there.id) },
            { try await customers.update(there.id, CustomerDraft(name: "Cleo")) },
            { try await customers.disable(there.id) },
            { try await customers.enable(there.id) },
            { try await customers.close(there.id) },
            { try await manager.wallets.balance(of: there.id) },
            { try await manager.wallets.grant(money, to: there.id, reason: "sorry", key: .new()) },
        ]
        for attempt in refused { await expectRefusal(.forbidden, field: "customer") { try await attempt() } }
        let misplaced: [@Sendable () async throws -> Any] = [
            { try await customers.create(CustomerDraft(name: "Dora", site: valley.id), key: .new()) },
            { try await customers.update(here.id, CustomerDraft(name: "Ada", site: valley.id)) },
        ]
        for attempt in misplaced { await expectRefusal(.forbidden, field: "site") { try await attempt() } }
        #expect(Set(try await customers.list().items.map(\.id)) == [here.id, nowhere.id])
        #expect(try await customers.disable(here.id).status == .disabled)
        #expect(try await owner.customers.customer(there.id) == there)
    }

    @Test("a customer's site is one of the tenant's that is in use", arguments: Backing.allCases)
    func sitesOfCustomersExist(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let old = try await shop.owner.sites.add(SiteDraft(name: "Old"))
        _ = try await shop.owner.sites.archive(old.id)
        let customers = shop.owner.customers
        await expectRefusal(.notFound, field: "site") {
            try await customers.create(CustomerDraft(name: "Ada", site: Identifier(high: 1, low: 1)), key: .new())
        }
        await expectRefusal(.conflict, field: "site") {
            try await customers.create(CustomerDraft(name: "Ada", site: old.id), key: .new())
        }
    }

    @Test("reads neither the audit trail nor its export", arguments: Backing.allCases)
    func theTrailIsOfTheWhole(backing: Backing) async throws {
        let manager = try await Branch.open(backing).manager
        await expectRefusal(.forbidden) { try await manager.audit.entries() }
        await expectRefusal(.forbidden) { try await manager.audit.activity() }
        await expectRefusal(.forbidden) { try await manager.reports.export(.audit) }
    }

    @Test("gives nobody a farther reach, and manages nobody who has one", arguments: Backing.allCases, [true, false])
    func reachIsNotLifted(backing: Backing, bySite: Bool) async throws {
        let branch = try await Branch.open(backing, bySite: bySite)
        let (shop, staff) = (branch.shop, branch.manager.staff)
        let boss = try await shop.colleague("boss", .manager)
        let beyond = StaffAssignment(routers: [branch.router.id, shop.router.id])
        for (index, assignment) in [.everywhere, beyond].enumerated() {
            let draft = StaffDraft(username: "amina-\(index)", role: .cashier, assignment: assignment)
            await expectRefusal(.forbidden, field: "assignment") { try await staff.add(draft, key: .new()) }
            await expectRefusal(.forbidden, field: "assignment") {
                try await branch.manager.tokens.create(
                    TokenDraft(name: "t", role: .cashier, assignment: assignment),
                    key: .new()
                )
            }
        }
        let within = StaffAssignment(routers: [branch.router.id])
        let (own, _) = try await staff.add(
            StaffDraft(username: "amina", role: .cashier, assignment: within),
            key: .new()
        )
        let refused: [@Sendable () async throws -> Any] = [
            { try await staff.update(own.id, StaffDraft(username: "amina", role: .cashier)) },
            { try await staff.assign(own.id, to: .everywhere) },
            { try await staff.assign(boss.id, to: within) },
            { try await staff.resetPassword(boss.id) },
            { try await staff.disable(boss.id) },
        ]
        for attempt in refused { await expectRefusal(.forbidden, field: "assignment") { try await attempt() } }
        #expect(try await staff.disable(own.id).isDisabled)
        #expect(try await shop.owner.staff.person(boss.id).assignment == .everywhere)
    }

    @Test("is told of no debt and no subscription of customers elsewhere", arguments: Backing.allCases)
    func customersElsewhereAreNotReported(backing: Backing) async throws {
        let branch = try await Branch.open(backing, bySite: true)
        let shop = branch.shop
        let far = try await shop.owner.sites.add(SiteDraft(name: "Valley"))
        for (site, elsewhere) in [(branch.site, false), (far, true)] {
            let draft = CustomerDraft(name: site.name, site: site.id)
            let customer = try await shop.owner.customers.create(draft, key: .new())
            let till = Till(shop: shop, customer: customer)
            let order = SubscriptionOrder(
                customer: customer.id,
                service: try branch.service(elsewhere: elsewhere),
                choice: .terms(try till.terms()),
                method: .cash
            )
            _ = try await shop.owner.subscriptions.order(order, key: .new())
            _ = try await till.issued(100)
        }
        func exported(_ list: ExportedList, _ session: BillingSession) async throws -> Int {
            try await session.reports.export(list).reduce(0) { count, _ in count + 1 }
        }
        let days = Duration.seconds(60 * 86_400)
        for (session, count) in [(shop.owner, 2), (branch.manager, 1)] {
            let expiring = try await session.reports.expiringSubscriptions(within: days)
            #expect(expiring.items.count == count)
            let debtors = try await session.invoices.debtors()
            #expect((debtors.items.count, debtors.total?.count) == (count, count))
            #expect(try await exported(.debtors(.ugx), session) == count)
            #expect(try await exported(.subscriptions(SubscriptionFilter()), session) == count)
            #expect(try await exported(.invoices(InvoiceFilter()), session) == count)
            #expect(try await exported(.payments(PaymentFilter()), session) == count)
        }
        #expect(try await branch.manager.invoices.debtors().items.map(\.customer.name) == ["Hill"])
    }
}
