import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Tenants and settings")
struct TenantLifeTests {
    @Test("a tenant is found by its slug, which no other can have", arguments: Backing.allCases)
    func slugsAreUnique(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let tenant = try await shop.billing.createTenant(
            "Beach",
            slug: "Beach-Bar",
            currency: .kes,
            timeZone: "UTC",
            key: .new()
        )
        #expect(try await shop.billing.tenant(slug: "BEACH-BAR") == tenant)
        await expectRefusal(.notFound) { try await shop.billing.tenant(slug: "nobody") }
        await expectRefusal(.duplicate, field: "slug") {
            try await shop.billing.createTenant("B", slug: "beach-bar", currency: .kes, timeZone: "UTC", key: .new())
        }
        await expectRefusal(.duplicate) { try await shop.billing.setSlug("beach-bar", of: shop.tenant.id) }
        #expect(try await shop.billing.setSlug("lake", of: shop.tenant.id).slug?.description == "lake")
    }

    @Test("a slug that was taken meanwhile leaves the key free for another choice", arguments: Backing.allCases)
    func keysSurviveTakenSlugs(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let key = IdempotencyKey.new()
        func create(_ slug: String, _ key: IdempotencyKey) async throws -> Tenant {
            try await shop.billing.createTenant("Beach", slug: slug, currency: .kes, timeZone: "UTC", key: key)
        }
        // Broken off between the two steps, when the key is known and the tenant is not there yet.
        shop.random.fail(after: 2)
        await #expect(throws: SeededRandom.Failure.self) { try await create("beach", key) }
        shop.random.fail(after: nil)
        let other = try await create("beach", .new())
        await expectRefusal(.duplicate, field: "slug") { try await create("beach", key) }
        let tenant = try await create("beach-bar", key)
        #expect(tenant.id != other.id)
        #expect(try await create("beach-bar", key) == tenant)
    }

    @Test("refuses slugs that are none", arguments: ["ab", "admin", "-ab", "a b c", "xn--abc", "ä-lake"])
    func badSlugsAreRefused(slug: String) async throws {
        let shop = try await Shop.open(.memory)
        await expectRefusal(.invalidInput, field: "slug") { try await shop.billing.setSlug(slug, of: shop.tenant.id) }
    }

    @Test("a suspended tenant lets nobody in until it is resumed", arguments: Backing.allCases)
    func suspensionShutsEverybodyOut(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let person = try await shop.person(.manager)
        let (_, secret) = try await shop.billing.createToken("till", role: .cashier, tenant: shop.tenant.id)
        #expect(try await shop.billing.suspendTenant(shop.tenant.id).state == .suspended)
        await expectRefusal(.unauthenticated) { try await shop.billing.apiSession(token: secret) }
        await expectRefusal(.unauthenticated) {
            try await shop.billing.session(secret: #require(person.session.sessionSecret))
        }
        await expectRefusal(.unauthenticated) {
            try await shop.billing.signIn(person.username, password: person.password, tenant: shop.tenant.id)
        }
        _ = try await shop.billing.resumeTenant(shop.tenant.id)
        _ = try await shop.billing.signIn(person.username, password: person.password, tenant: shop.tenant.id)
        _ = try await shop.billing.closeTenant(shop.tenant.id)
        await expectRefusal(.conflict) { try await shop.billing.resumeTenant(shop.tenant.id) }
    }

    @Test("the first administrator is made only while there is none", arguments: Backing.allCases)
    func theFirstAdministratorIsMadeOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        _ = try await shop.billing.createStaff("till", role: .cashier, tenant: shop.tenant.id)
        let (staff, _) = try await shop.billing.createFirstAdministrator("amina", tenant: shop.tenant.id)
        #expect(staff.role == .superAdministrator)
        await expectRefusal(.conflict) {
            try await shop.billing.createFirstAdministrator("eve", tenant: shop.tenant.id)
        }
    }

    @Test("settings are checked, written down with what was there before, and all or none", arguments: Backing.allCases)
    func settingsAreAudited(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let settings = shop.owner.settings
        _ = try await settings.set(["company.name": "Lake View", "shift.tolerance": "100"])
        #expect(try await settings.current()[.companyName] == "Lake View")
        await expectRefusal(.invalidInput, field: "shift.tolerance") {
            try await settings.set(["company.name": "Other", "shift.tolerance": "-1"])
        }
        await expectRefusal(.invalidInput, field: "no.such") { try await settings.set(["no.such": "1"]) }
        await expectRefusal(.invalidInput, field: "no.such") { try await settings.set(["no.such": nil]) }
        #expect(try await settings.current()[.companyName] == "Lake View")
        _ = try await settings.set(["company.name": nil])
        #expect(try await settings.list().first { $0.definition.name == "company.name" }?.isSet == false)
        let lines = try await shop.owner.audit.entries(AuditFilter(subject: "setting:company.name")).items
        #expect(lines.map(\.before) == ["Lake View", nil])
        #expect(lines.map(\.after) == [nil, "Lake View"])
    }

    @Test("idle time and length of a session are settings", arguments: Backing.allCases)
    func sessionsFollowSettings(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        _ = try await shop.owner.settings.set(.sessionIdle, to: 300)
        let secret = try #require(try await shop.person(.cashier).session.sessionSecret)
        shop.clock.advance(by: .seconds(299))
        _ = try await shop.billing.session(secret: secret)
        shop.clock.advance(by: .seconds(300))
        await expectRefusal(.unauthenticated) { try await shop.billing.session(secret: secret) }
    }

    @Test("secrets are sealed anew under a new key, and then open without the old one", arguments: Backing.allCases)
    func keysAreRotated(backing: Backing) async throws {
        let store = try await backing.open()
        let (old, new) = ([UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32))
        func billing(_ keys: [UInt32: [UInt8]], _ sealing: UInt32) throws -> Billing {
            Billing(store: store, secrets: try SecretKeys(keys: keys, sealing: sealing))
        }
        let first = try billing([1: old], 1)
        let tenant = try await first.createTenant("T", currency: .ugx, timeZone: "UTC", key: .new())
        let owner = try await Shop.session(.superAdministrator, of: tenant, in: first)
        let router = try await owner.routers.add(.fixture("Lobby"), key: .new())
        let customer = try await owner.customers.create(CustomerDraft(name: "Ada"), key: .new())
        let draft = ServiceAccountDraft(
            kind: .pppoe,
            router: router.id,
            username: try #require(NumberPattern("ada")),
            password: NumberPattern("sesame")
        )
        let account = try await owner.serviceAccounts.create(draft, for: customer.id, key: .new())
        let second = try billing([1: old, 2: new], 2)
        #expect(try await second.resealSecrets() == 2, "the router's and the customer's")
        #expect(try await second.resealSecrets() == 0)
        let later = try await Shop.session(.superAdministrator, of: tenant, in: try billing([2: new], 2))
        #expect(try await later.routers.access(router.id).password == Shop.routerPassword)
        #expect(try await later.serviceAccounts.password(of: account.id) == "sesame")
        let earlier = try await Shop.session(.superAdministrator, of: tenant, in: try billing([1: old], 1))
        await expectRefusal(.unavailable) { try await earlier.serviceAccounts.password(of: account.id) }
    }
}

@Suite("The audit trail")
struct AuditServiceTests {
    @Test("lines are found by who, what and when", arguments: Backing.allCases)
    func linesAreFound(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        shop.clock.advance(by: .seconds(60))
        let from = shop.clock.now
        let batch = try await shop.generate(1)
        let audit = shop.owner.audit
        func actions(_ filter: AuditFilter) async throws -> [String] {
            try await audit.entries(filter).items.map(\.action)
        }
        #expect(try await actions(AuditFilter(from: from)) == ["voucher.generate"])
        #expect(try await actions(AuditFilter(subject: "batch:\(batch.batch.id)")) == ["voucher.generate"])
        #expect(try await actions(AuditFilter(subject: "batch:")) == ["voucher.generate"])
        #expect(try await actions(AuditFilter(action: "package.")) == ["package.create"])
        #expect(try await actions(AuditFilter(actor: .system("operator"))) == ["token.create", "tenant.create"])
        #expect(
            try await actions(AuditFilter(actor: shop.owner.actor, until: from)) == ["package.create", "router.add"]
        )
        await expectRefusal(.invalidInput, field: "limit") { try await audit.activity(limit: 0) }
        #expect(try await audit.activity(from: from).map(\.action) == ["voucher.generate"])
    }

    @Test("the chains of a busy shop hold", arguments: Backing.allCases)
    func chainsHold(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        for _ in 1...5 { _ = try await shop.generate(1, sold: true) }
        #expect(try await shop.owner.audit.verify() == nil)
    }

    @Test func aLineThatWasPutInBreaksTheChain() async throws {
        let shop = try await Shop.open(.memory)
        let line = AuditEntry(
            id: Identifier(high: 1, low: 1),
            tenant: shop.tenant.id,
            at: shop.clock.now,
            actor: .system("eve"),
            action: "x",
            subject: "y"
        )
        try await shop.store.write(.tenant(shop.tenant.id)) { store in
            var row = AuditRow.table.columns.map { _ in StoreValue.null }
            func put(_ column: String, _ value: StoreValue) { AuditRow.table.index(of: column).map { row[$0] = value } }
            put("id", .identity(1, 1))
            put("tenant", line.tenant.storeValue)
            put("position", .integer(5))
            put("at", line.at.storeValue)
            put("actor", line.actor.storeValue)
            put("action", .text("x"))
            put("subject", .text("y"))
            put("detail", .text(""))
            put("digest", .bytes([UInt8](repeating: 0, count: 32)))
            try store.insert([row], into: AuditRow.table)
        }
        let fault = try #require(try await shop.owner.audit.verify())
        #expect((fault.book, fault.position) == (.audit, 5))
    }
}

@Suite("Background jobs")
struct JobSchedulerTests {
    @Test("one process leads at a time, and another when its term ends", arguments: Backing.allCases)
    func oneLeads(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let scheduler = shop.billing.scheduler
        let term = try #require(try await scheduler.elect("one"))
        #expect(try await scheduler.elect("two") == nil)
        shop.clock.advance(by: .seconds(10))
        let renewed = try await scheduler.renew(term)
        shop.clock.advance(by: .seconds(10))
        #expect(try await scheduler.elect("two") == nil)
        shop.clock.advance(by: .seconds(5))
        let next = try #require(try await scheduler.elect("two"))
        #expect(next.number == 2)
        await expectRefusal(.conflict) { try await scheduler.renew(renewed) }
        try await scheduler.resign(next)
        #expect(try await scheduler.elect("one")?.number == 3)
    }

    @Test("a run is begun once, made up for, and ended under its term alone", arguments: Backing.allCases)
    func runsAreFenced(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let scheduler = shop.billing.scheduler
        let job = try await shop.job()
        #expect(try await shop.job() == job)
        let term = try #require(try await scheduler.elect("one"))
        shop.clock.advance(by: .seconds(3 * 3_600))
        let due = try await scheduler.due()
        #expect(due.count == 1)
        let run = try #require(try await scheduler.begin(due[0], under: term))
        #expect(try await scheduler.begin(due[0], under: term) == nil)
        #expect(try await scheduler.due().isEmpty)

        let next = try #require(try await scheduler.elect("two"))
        #expect(try await scheduler.unfinished(under: next).map(\.id) == [run.id])
        let taken = try #require(try await scheduler.retry(run, under: next))
        #expect(taken.attempts == 2)
        await expectRefusal(.conflict) { try await scheduler.succeed(run) }
        await expectRefusal(.leaseLost) { try await scheduler.begin(due[0], under: term) }
        _ = try await scheduler.fail(taken, "the disk is full")
        let last = try #require(try await scheduler.retry(taken, under: next))
        _ = try await scheduler.fail(last, "the disk is full")
        #expect(try await scheduler.retry(last, under: next) == nil)
        #expect(try await shop.owner.jobs.runs(of: job.id).items.map(\.state) == [.failed])
    }

    @Test("each day that was missed is made up for where every one counts", arguments: Backing.allCases)
    func missedRunsAreMadeUpFor(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        _ = try await shop.job("report", catchUp: .each)
        shop.clock.advance(by: .seconds(5 * 3_600))
        #expect(try await shop.billing.scheduler.due().count == 5)
        let job = try #require(try await shop.owner.jobs.list().first).job
        _ = try await shop.owner.jobs.pause(job.id)
        #expect(try await shop.billing.scheduler.due().isEmpty)
        _ = try await shop.owner.jobs.resume(job.id)
        #expect(try await shop.billing.scheduler.due().isEmpty)
        await expectRefusal(.invalidInput, field: "schedule") {
            try await shop.owner.jobs.reschedule(job.id, .every(seconds: 0))
        }
    }
}

@Suite("Messages out and in")
struct MessageTests {
    @Test("a notification is asked for once, claimed by one worker, and sent", arguments: Backing.allCases)
    func notificationsAreSentOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let queue = shop.billing.outgoing
        for isNew in [true, false] {
            #expect(try await queue.enqueue("t", to: "phone:+256700123456", of: shop.tenant.id, key: "k") == isNew)
        }
        let claimed = try #require(try await queue.claim().first)
        #expect(try await queue.claim().isEmpty)
        shop.clock.advance(by: NotificationIntent.claimLength)
        let taken = try #require(try await queue.claim().first)
        #expect(taken.attempts == 2)
        await expectRefusal(.conflict) { try await queue.complete(claimed, receipt: "1") }
        #expect(try await queue.complete(taken, receipt: "1").state == .sent)
        #expect(try await shop.owner.notifications.list(.sent).items.count == 1)
    }

    @Test(
        "a notification that fails is tried later, parked at the end, and tried again by hand",
        arguments: Backing.allCases
    )
    func failuresAreParked(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        var intent = try await shop.notification(parked: false)
        for _ in 1..<NotificationIntent.mostAttempts {
            intent = try await shop.billing.outgoing.fail(intent, "busy", retryAt: shop.clock.now + .seconds(60))
            #expect(intent.state == .failed)
            #expect(try await shop.billing.outgoing.claim().isEmpty)
            shop.clock.advance(by: .seconds(60))
            intent = try #require(try await shop.billing.outgoing.claim().first)
        }
        intent = try await shop.billing.outgoing.fail(intent, "busy", retryAt: shop.clock.now)
        #expect(intent.state == .parked)
        _ = try await shop.owner.notifications.retry(intent.id)
        #expect(try await shop.billing.outgoing.claim().count == 1)
    }

    @Test("a message is kept once, processed by one worker, and not again once it is done", arguments: Backing.allCases)
    func messagesAreKeptOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let queue = shop.billing.incoming
        func receive() async throws -> Bool {
            try await queue.receive(from: "gateway:test", key: "e-1", body: [1, 2], for: shop.tenant.id).isNew
        }
        #expect(try await receive())
        #expect(try await !receive())
        let claimed = try #require(try await queue.claim().first)
        #expect(claimed.body == [1, 2])
        #expect(try await queue.claim().isEmpty)
        let failed = try await queue.fail(claimed, "not yet", retryAt: shop.clock.now)
        #expect(failed.state == .failed)
        let again = try #require(try await queue.claim().first)
        _ = try await queue.complete(again, "paid")
        shop.clock.advance(by: .seconds(3_600))
        #expect(try await queue.claim().isEmpty)
        #expect(try await !receive())
        await expectRefusal(.invalidInput, field: "key") {
            try await queue.receive(from: "gateway:test", key: "", body: [], for: shop.tenant.id)
        }
        await expectRefusal(.invalidInput, field: "body") {
            let body = [UInt8](repeating: 0, count: MessageQueue.longestBody + 1)
            return try await queue.receive(from: "gateway:test", key: "k", body: body, for: shop.tenant.id)
        }
    }
}
