import BillingDomain
import BillingPersistence
import BillingServices
import BillingTesting
import TestSupport
import Testing

@Suite("The jobs that every tenant has")
struct StandardJobTests {
    /// A daemon that leads, and calls for its jobs now and then.
    private func round(_ shop: Shop, gateways: [any PaymentGateway] = []) async throws -> JobRound {
        let scheduler = shop.billing.scheduler
        let term = try #require(try await scheduler.elect("daemon \(shop.clock.now)"))
        do {
            let round = try await scheduler.runDueJobs(under: term, gateways: gateways)
            try await scheduler.resign(term)
            return round
        } catch {
            try await scheduler.resign(term)
            throw error
        }
    }

    /// The names of the jobs of some runs of a tenant.
    private func names(_ runs: [JobRun], _ session: BillingSession) async throws -> [String] {
        let jobs = try await session.jobs.list().map(\.job)
        return runs.compactMap { run in jobs.first { $0.id == run.job }?.name }
    }

    private func job(_ standard: StandardJob, _ session: BillingSession) async throws -> JobLine {
        try #require(try await session.jobs.list().first { $0.job.name == standard.rawValue })
    }

    @Test("one that somebody asks for is run once by who leads, also while paused", arguments: Backing.allCases)
    func runsNow(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        _ = try await round(shop)
        let revenue = StandardJob.revenue.rawValue
        _ = try await shop.owner.jobs.pause(job(.revenue, shop.owner).job.id)
        let asked = try await shop.owner.jobs.runNow(revenue)
        #expect((asked.state, asked.attempts, asked.term) == (.running, 0, 0))
        await expectRefusal(.conflict) { try await shop.owner.jobs.runNow(revenue) }
        await expectRefusal(.notFound, field: "job") { try await shop.owner.jobs.runNow("books.burn") }

        let done = try await round(shop).runs
        #expect(done.map(\.id) == [asked.id])
        #expect(done.map(\.state) == [.succeeded] && done.map(\.attempts) == [1])
        #expect(try await round(shop).runs.isEmpty)
        #expect(try await job(.revenue, shop.owner).lastRun?.id == asked.id)
        #expect(try await shop.owner.audit.entries().items.contains { $0.action == "job.run" })
        shop.clock.advance(by: .seconds(1))
        _ = try await shop.owner.jobs.runNow(revenue)
    }

    @Test("what is made up for run by run is not passed over by a run in between")
    func runsNowAfterMissedRuns() async throws {
        let shop = try await Shop.open(.memory)
        _ = try await shop.job("report", catchUp: .each)
        shop.clock.advance(by: .seconds(5 * 3_600))
        await expectRefusal(.conflict) { try await shop.owner.jobs.runNow("report") }
        #expect(try await shop.billing.scheduler.due().count == 5)
    }

    @Test("each is due by the clocks of its tenant, and runs once", arguments: Backing.allCases)
    func jobsFollowTheTenantsClocks(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let far = try await shop.billing.createTenant("Far", currency: .usd, timeZone: "Pacific/Auckland", key: .new())
        let away = try await Shop.session(.superAdministrator, of: far, in: shop.billing)
        #expect(try await round(shop).runs.isEmpty)
        #expect(try await shop.owner.jobs.list().map(\.job.name) == StandardJob.allCases.map(\.rawValue).sorted())
        for _ in 0..<24 {
            shop.clock.advance(by: .seconds(3_600))
            let done = try await round(shop)
            #expect(done.runs.allSatisfy { $0.state == .succeeded })
            #expect(try await round(shop).runs.isEmpty)
        }
        let zones = [
            (shop.owner, ZoneCalendar("Africa/Kampala")), (away, ZoneCalendar("Pacific/Auckland")),
        ]
        for (session, zone) in zones {
            let runs = try await session.jobs.runs(PageRequest(size: 500)).items
            for (standard, time) in [
                (StandardJob.revenue, LocalTime.midnight), (.lateFees, .midnight),
                (.reports, LocalTime(secondOfDay: 300)), (.retention, LocalTime(secondOfDay: 3 * 3_600)),
                (.reminders, LocalTime(secondOfDay: 9 * 3_600)),
            ] {
                let line = try await job(standard, session)
                let own = runs.filter { $0.job == line.job.id }
                #expect(own.map { zone.local($0.dueAt).time } == [time], "\(standard)")
                #expect(line.lastRun == own.first)
                #expect(line.nextDue.map { zone.local($0).time } == time)
            }
            let upkeep = try await job(.upkeep, session).job.id
            #expect(runs.count { $0.job == upkeep } == 24)
        }
    }

    @Test(
        "what a night missed is made up for: every report, all revenue, and each of the rest once",
        arguments: Backing.allCases
    )
    func missedNightsAreMadeUpFor(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let shop = till.shop
        _ = try await round(shop)
        let first = ZoneCalendar("Africa/Kampala").date(shop.clock.now)
        _ = try await till.order(till.terms(3_000))
        till.days(5)
        let done = try await round(shop)
        #expect(try await names(done.runs, shop.owner).sorted() == StandardJob.allCases.map(\.rawValue).sorted())
        let reports = try await shop.owner.reports.saved(kind: DailyReport.kind).items
        #expect(reports.map(\.days.start).sorted() == (0..<5).map { first.adding(days: $0) })
        #expect(try await shop.balances()["subscription-revenue"].map { $0 < 0 } == true)
        #expect(try await round(shop).runs.isEmpty)
    }

    @Test("a setting moves the time of its job, and nothing else does", arguments: Backing.allCases)
    func settingsMoveJobs(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        _ = try await round(shop)
        let late = LocalTime(secondOfDay: 86_100)
        _ = try await shop.owner.settings.set(.reportTime, to: late)
        _ = try await round(shop)
        let line = try await job(.reports, shop.owner)
        #expect(line.job.schedule == .daily(late))
        await expectRefusal(.conflict) { try await shop.owner.jobs.reschedule(line.job.id, .every(seconds: 60)) }
        _ = try await shop.owner.jobs.pause(line.job.id)
        shop.clock.advance(by: .seconds(2 * 86_400))
        let runs = try await round(shop).runs
        #expect(!runs.isEmpty && !runs.contains { $0.job == line.job.id })
        #expect(try await job(.reports, shop.owner).nextDue == nil)
    }

    @Test(
        "a tenant in trouble keeps nobody waiting",
        arguments: Backing.allCases
    )
    func troubleStaysWhereItIs(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let other = try await shop.billing.createTenant("Other", currency: .ugx, timeZone: "UTC", key: .new())
        let theirs = try await Shop.session(.superAdministrator, of: other, in: shop.billing)
        _ = try await round(shop)
        shop.clock.advance(by: .seconds(600))
        shop.store.failWrites(of: shop.tenant.id)
        await #expect(throws: SwitchableStore.Failure.self) { _ = try await round(shop) }
        #expect(try await shop.owner.jobs.runs().items.isEmpty)
        #expect(try await theirs.jobs.runs().items.count == 2)
        shop.store.failWrites(of: nil)
        #expect(try await round(shop).runs.map(\.state) == [.succeeded, .succeeded])
    }

    @Test("a run that fails says why and is tried again, three times in all", arguments: Backing.allCases)
    func failuresAreTriedAgain(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        _ = try await round(shop)
        _ = try await shop.owner.jobs.pause(job(.subscriptions, shop.owner).job.id)
        shop.clock.advance(by: .seconds(600))
        let store = InterruptingStore(shop.store)
        let (billing, _) = try await shop.served(by: store, for: shop.owner)
        let term = try #require(try await billing.scheduler.elect("daemon"))
        for attempt in 1...3 {
            // What fails before the work has begun leaves nothing behind; the first failure after that is the run's.
            var failed: JobRun?
            for verb in 0..<100 where failed == nil {
                store.interrupt(at: .verb(verb))
                failed = try? await billing.scheduler.runDueJobs(under: term).runs.first
            }
            #expect(failed?.state == .failed)
            #expect(failed?.attempts == attempt)
            #expect(failed?.detail?.isEmpty == false)
        }
        store.interrupt(at: nil)
        #expect(try await billing.scheduler.runDueJobs(under: term).runs.isEmpty)
        #expect(try await job(.upkeep, shop.owner).lastRun?.state == .failed)
        shop.clock.advance(by: .seconds(300))
        let next = try #require(try await billing.scheduler.elect("daemon"))
        #expect(try await billing.scheduler.runDueJobs(under: next).runs.map(\.state) == [.succeeded])
    }

    @Test("runs that nobody takes up keep none of these waiting", arguments: Backing.allCases)
    func othersRunsKeepNoneWaiting(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let scheduler = shop.billing.scheduler
        let mine = ["one", "two", "three", "four"]
        for name in mine {
            _ = try await scheduler.ensure(name, of: shop.tenant.id, .every(seconds: 60), catchUp: .each)
        }
        _ = try await round(shop)
        shop.clock.advance(by: .seconds(2 * 3_600))
        let term = try #require(try await scheduler.elect("daemon"))
        for due in try await scheduler.due() {
            guard let run = try await scheduler.begin(due, under: term) else { continue }
            _ = try await scheduler.fail(run, "the disk is full")
        }
        let runs = try await scheduler.runDueJobs(under: term).runs
        #expect(try await names(runs, shop.owner).contains("vouchers.upkeep"))
        #expect(runs.allSatisfy { $0.state == .succeeded && $0.attempts == 2 })
        let left = try await scheduler.unfinished(under: term, of: mine, limit: 500)
        #expect(left.count > 100 && left.allSatisfy { $0.attempts == 1 })
    }

    @Test("revenue that cannot be recognised keeps no other and no report back", arguments: Backing.allCases)
    func oneFailureKeepsNothingBack(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let (shop, invoices) = (till.shop, till.owner.invoices)
        _ = try await till.order(till.terms(3_000))
        let today = ZoneCalendar("Africa/Kampala").date(shop.clock.now)
        let month = try InvoiceLine(text: "June", period: DateRange(from: today, days: 30), unitPrice: till.ugx(600))
        let draft = try await invoices.draft(InvoiceDraft(customer: till.customer.id, lines: [month]), key: .new())
        _ = try await invoices.issue(draft.id, key: .new())
        till.days(10)
        let before = try await shop.balances()["subscription-revenue"] ?? 0
        let store = InterruptingStore(shop.store)
        let (billing, _) = try await shop.served(by: store, for: shop.owner)
        // The fourth call is the first of the subscription's transaction.
        store.interrupt(at: .verb(3), with: .notFound)
        await expectRefusal(.notFound) { try await billing.saveMissedDays(of: shop.tenant.id) }
        #expect(store.wasReached)
        // A third of the invoice; the subscription's is made up for by the next run.
        let between = try await shop.balances()["subscription-revenue"] ?? 0
        #expect((-200 ... -150).contains(between - before))
        #expect(try await till.owner.reports.saved(kind: DailyReport.kind).items.count == 10)
        store.interrupt(at: nil)
        _ = try await billing.saveMissedDays(of: shop.tenant.id)
        #expect(try await shop.balances()["subscription-revenue"].map { $0 < between - 800 } == true)
    }

    @Test("while the records are away no day is saved", arguments: Backing.allCases)
    func daysWaitForTheRecords(backing: Backing) async throws {
        let till = try await Till.open(backing)
        _ = try await till.order(till.terms(3_000))
        till.days(10)
        let store = InterruptingStore(till.shop.store)
        let (billing, _) = try await till.shop.served(by: store, for: till.shop.owner)
        store.interrupt(at: .verb(3))
        await expectRefusal(.unavailable) { try await billing.saveMissedDays(of: till.shop.tenant.id) }
        #expect(store.wasReached)
        #expect(try await till.owner.reports.saved(kind: DailyReport.kind).items.isEmpty)
    }

    @Test("a term that has passed runs nothing more", arguments: Backing.allCases)
    func aTermThatPassedRunsNothing(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let scheduler = shop.billing.scheduler
        let term = try #require(try await scheduler.elect("first"))
        try await scheduler.runDueJobs(under: term)
        shop.clock.advance(by: .seconds(600))
        let next = try #require(try await scheduler.elect("second"))
        await expectRefusal(.conflict) { try await scheduler.runDueJobs(under: term) }
        #expect(try await scheduler.runDueJobs(under: next).runs.count == 2)
    }

    @Test("a round processes what gateways have sent", arguments: Backing.allCases)
    func roundsProcessMessages(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let payment = try await till.initiate()
        _ = try await till.store(FakeGateway.callback(payment))
        #expect(try await round(till.shop, gateways: [till.gateway]).messages == 1)
        #expect(try await till.owner.payments.payment(payment.id).status == .settled)
    }

    @Test("a customer is reminded once of a paid time that ends, unless it renews itself", arguments: Backing.allCases)
    func customersAreReminded(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let shop = till.shop
        let collection = shop.billing.collection
        let ends = try await till.order().subscription
        _ = try await till.order(autoRenews: true)
        till.days(26)
        #expect(try await collection.remind(tenant: shop.tenant.id) == 0)
        till.days(1)
        #expect(try await collection.remind(tenant: shop.tenant.id) == 1)
        till.days(1)
        #expect(try await collection.remind(tenant: shop.tenant.id) == 0)
        let notice = try #require(try await shop.owner.notifications.list().items.first)
        #expect((notice.template, notice.recipient) == ("subscription.ends", "customer:\(till.customer.id)"))
        #expect(notice.variables["subscription"] == ends.id.description)
        _ = try await shop.owner.settings.set(.reminderLead, to: 0)
        till.days(1)
        #expect(try await collection.remind(tenant: shop.tenant.id) == 0)
    }

    @Test("runs are forgotten after the days that the settings say", arguments: Backing.allCases)
    func oldRunsAreForgotten(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        _ = try await round(shop)
        shop.clock.advance(by: .seconds(3_600))
        _ = try await round(shop)
        #expect(try await shop.owner.jobs.runs().items.count == 2)
        shop.clock.advance(by: .seconds(31 * 86_400))
        let plan = try await shop.billing.applyRetention(of: shop.tenant.id)
        #expect(plan.lines.first { $0.kind == .jobRuns }?.count == 2)
        #expect(try await shop.owner.jobs.runs().items.isEmpty)
    }
}
