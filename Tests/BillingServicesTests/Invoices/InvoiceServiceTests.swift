import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Invoices")
struct InvoiceServiceTests {
    @Test("a balance pays what is due first, or what is named", arguments: Backing.allCases)
    func oldestIsPaidFirst(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let late = try await till.issued(300, termDays: 30)
        let early = try await till.issued(500, termDays: 5)
        try await till.topUp(600)
        let invoices = till.owner.invoices
        let key = IdempotencyKey.new()
        for _ in 0..<2 {
            let shares = try await invoices.payFromBalance(till.ugx(550), of: till.customer.id, key: key)
            #expect(shares.map(\.invoice) == [early.id, late.id])
            #expect(shares.map(\.amount.minorUnits) == [500, 50])
        }
        _ = try await invoices.payFromBalance(till.ugx(50), of: till.customer.id, directedTo: [late.id], key: .new())
        #expect(try await invoices.invoice(late.id).outstanding == till.ugx(200))
        await expectRefusal(.conflict) {
            try await invoices.payFromBalance(till.ugx(1), of: till.customer.id, key: .new())
        }
        try await till.checkBooks()
    }

    @Test("credit note, void and write-off leave the books straight", arguments: Backing.allCases)
    func correctionsAreBooked(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let invoices = till.owner.invoices
        let credited = try await till.issued(1_000)
        let key = IdempotencyKey.new()
        for _ in 0..<2 { _ = try await invoices.credit(credited.id, till.ugx(400), reason: "outage", key: key) }
        #expect(try await invoices.creditNotes(of: credited.id).map(\.number.text) == ["CN-00001"])
        #expect(try await invoices.invoice(credited.id).outstanding == till.ugx(600))
        await expectRefusal(.invalidInput, field: "amount") {
            try await invoices.credit(credited.id, till.ugx(601), reason: "outage", key: .new())
        }
        #expect(try await invoices.writeOff(credited.id, reason: "gone", key: .new()).state == .writtenOff)
        let void = try await till.issued(700)
        #expect(try await invoices.void(void.id, reason: "typo", key: .new()).state == .void)
        await expectRefusal(.conflict) { try await invoices.void(void.id, reason: "typo", key: .new()) }
        let balances = try await till.shop.balances()
        #expect(balances == ["bad-debts": 600, "subscription-revenue": -600])
        #expect(try await till.issued(1).number?.text == "INV-00003")
        try await till.checkBooks()
    }

    @Test("a late fee falls due after term and hold-up, once", arguments: Backing.allCases)
    func lateFeeOnce(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let invoice = try await till.issued(1_000)
        let rule = try till.lateFee()
        let collection = till.shop.billing.collection
        till.days(16)
        #expect(try await collection.chargeLateFees(rule, tenant: till.shop.tenant.id) == 0)
        till.days(1)
        #expect(try await collection.chargeLateFees(rule, tenant: till.shop.tenant.id) == 1)
        let fee = try #require(try await till.owner.invoices.list().items.first { $0.lateFor == invoice.id })
        #expect(fee.totals.total == till.ugx(100))
        till.days(60)
        #expect(try await collection.chargeLateFees(rule, tenant: till.shop.tenant.id) == 0)
        let ageing = try await till.owner.invoices.ageing()
        #expect(ageing.amounts[.days61To90] == till.ugx(1_000))
        #expect(ageing.amounts[.days31To60] == till.ugx(100))
        #expect(ageing.owed == till.ugx(1_100))
        try await till.topUp(50)
        #expect(try await till.owner.invoices.ageing().unapplied == till.ugx(50))
        #expect(try await till.owner.invoices.invoice(invoice.id).state == .issued)
        try await till.checkBooks()
    }

    @Test("a late fee is credited, voided and not charged again", arguments: Backing.allCases)
    func lateFeesAreTakenBack(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let invoices = till.owner.invoices
        let late = [try await till.issued(1_000), try await till.issued(2_000)]
        till.days(17)
        let collection = till.shop.billing.collection
        #expect(try await collection.chargeLateFees(till.lateFee(), tenant: till.shop.tenant.id) == 2)
        let fees = try await invoices.list().items.filter { $0.lateFor != nil }
        let first = try #require(fees.first { $0.lateFor == late[0].id })
        let second = try #require(fees.first { $0.lateFor == late[1].id })
        #expect(try await till.shop.balances()["fee-income"] == -300)
        _ = try await invoices.void(first.id, reason: "our mistake", key: .new())
        _ = try await invoices.credit(second.id, till.ugx(150), reason: "half", key: .new())
        let balances = try await till.shop.balances()
        #expect(balances["fee-income"] == -50)
        #expect(balances["receivable:\(till.customer.id)"] == 3_050)
        #expect(try await collection.chargeLateFees(till.lateFee(), tenant: till.shop.tenant.id) == 0)
        try await till.checkBooks()
    }

    @Test(
        "what is invoiced for some days is earned as they pass, anything else at once; a void takes both back",
        arguments: Backing.allCases
    )
    func invoicesAreEarned(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let invoices = till.owner.invoices
        let today = FixedOffsetCalendar(seconds: 3 * 3_600).date(till.shop.clock.now)
        func issue(days: Int64) async throws -> Invoice {
            let lines = [
                try InvoiceLine(text: "Installation", unitPrice: till.ugx(500)),
                try InvoiceLine(text: "June", period: DateRange(from: today, days: days), unitPrice: till.ugx(3_000)),
            ]
            let draft = InvoiceDraft(customer: till.customer.id, lines: lines)
            return try await invoices.issue(invoices.draft(draft, key: .new()).id, key: .new())
        }
        func figures() async throws -> [Int64?] {
            let balances = try await till.shop.balances()
            return [balances["deferred-subscriptions"], balances["subscription-revenue"]]
        }
        let invoice = try await issue(days: 30)
        let atOnce = -(try await figures()[1] ?? 0)
        #expect((500..<600).contains(atOnce))
        till.days(10)
        for _ in 0..<2 { _ = try await till.shop.billing.collection.recogniseRevenue(tenant: till.shop.tenant.id) }
        #expect(try await figures() == [-2_000, -1_500])
        _ = try await invoices.credit(invoice.id, till.ugx(1_750), reason: "outage", key: .new())
        #expect(try await figures() == [-1_000, -750])
        till.days(30)
        try await till.shop.billing.collection.recogniseRevenue(tenant: till.shop.tenant.id)
        #expect(try await figures() == [nil, -1_750])
        #expect(try await till.shop.billing.collection.recogniseRevenue(tenant: till.shop.tenant.id) == 0)
        let void = try await issue(days: 30)
        till.days(3)
        try await till.shop.billing.collection.recogniseRevenue(tenant: till.shop.tenant.id)
        _ = try await invoices.void(void.id, reason: "typo", key: .new())
        #expect(try await figures() == [nil, -1_750])
        try await till.checkBooks()
    }

    @Test("a series is numbered as its pattern says, and the count goes on", arguments: Backing.allCases)
    func patternsCanBeChosen(backing: Backing) async throws {
        let till = try await Till.open(backing)
        #expect(try await till.issued(1).number?.text == "INV-00001")
        let pattern = try #require(NumberPattern("LV/{YYYY}/{000}"))
        try await till.owner.invoices.setSeries(.invoice, pattern: pattern, restartsYearly: true)
        #expect(try await till.issued(1).number?.text == "LV/2026/002")
        till.days(60)
        #expect(try await till.issued(1).number?.text == "LV/2027/001")
        let bad = try #require(NumberPattern("INV"))
        await expectRefusal(.invalidInput, field: "pattern") {
            try await till.owner.invoices.setSeries(.invoice, pattern: bad)
        }
    }
}

extension Till {
    /// A tenth, seventeen days after the invoice.
    fileprivate func lateFee() throws -> LateFeeRule {
        let fee = try FeeRule(percentage: Percentage(basisPoints: 1_000), fixed: ugx(0))
        return try LateFeeRule(maturityDays: 14, holdUpDays: 3, fee: fee)
    }
}
