import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Jobs while the machine's clock is set")
struct SetClockTests {
    /// Runs a job of a shop that is due, up to the present instant; the clock is set as soon as that was found right, and set
    /// back afterwards.
    private func run(_ standard: StandardJob, _ till: Till, by step: Duration) async throws {
        let (scheduler, clock) = (till.shop.billing.scheduler, till.shop.clock)
        let begun = try #require(try await scheduler.elect("daemon"))
        try await scheduler.runDueJobs(under: begun)
        for line in try await till.owner.jobs.list() where line.job.name != standard.rawValue {
            _ = try await till.owner.jobs.pause(line.job.id)
        }
        till.days(1)
        let (instant, looks) = (clock.now, Counter())
        let term = try #require(try await scheduler.elect("daemon"))
        let round = try await scheduler.runDueJobs(under: term) {
            // The first look is for what is due, the second for the run, the third for what gateways have sent.
            looks.increment()
            if looks.value == 2 { clock.advance(by: step) }
            return instant
        }
        #expect(round.runs.allSatisfy { $0.state == .succeeded })
        #expect(looks.value == 3)
        clock.advance(by: .zero - step)
    }

    @Test("no subscription is ended by it")
    func subscriptions() async throws {
        let till = try await Till.open(.memory)
        let id = try await till.order(till.terms()).subscription.id
        try await run(.subscriptions, till, by: .seconds(60 * 86_400))
        #expect(try await till.owner.subscriptions.subscription(id).state == .active)
    }

    @Test("no fee for paying late is charged by it")
    func lateFees() async throws {
        let till = try await Till.open(.memory)
        _ = try await till.owner.settings.set(.lateFee, to: 50)
        let line = try InvoiceLine(text: "Router", unitPrice: till.ugx(1_000))
        let draft = try await till.owner.invoices.draft(
            InvoiceDraft(customer: till.customer.id, lines: [line]),
            key: .new()
        )
        let invoice = try await till.owner.invoices.issue(draft.id, key: .new())
        try await run(.lateFees, till, by: .seconds(365 * 86_400))
        #expect(try await till.owner.invoices.list().items.map(\.id) == [invoice.id])
    }

    @Test("no voucher is ended by it")
    func vouchers() async throws {
        let till = try await Till.open(.memory)
        let shop = till.shop
        let code = try #require(
            try await shop.owner.vouchers.generate(
                1,
                of: shop.package.id,
                on: shop.router.id,
                options: GenerationOptions(activateBy: shop.clock.now + .seconds(30 * 86_400)),
                key: .new()
            ).vouchers.first?.code
        )
        try await run(.upkeep, till, by: .seconds(365 * 86_400))
        #expect(try await shop.owner.vouchers.voucher(code: code).access == .unused)
    }
}
