import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

/// Mistakes with money that billing systems have made, by the numbers of our list.
@Suite("Mistakes with money that are not made here")
struct MoneyMistakesTests {
    @Test("M1: a top-up sent many times is credited once", arguments: Backing.allCases)
    func topUpIsIdempotent(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let key = IdempotencyKey.new()
        let (done, refused) = await together(20) { _ in try await till.topUp(500, key: key) }
        #expect(Set(done.map(\.id)).count == 1)
        #expect(refused.isEmpty)
        #expect(try await till.balance() == 500)
        await expectRefusal(.conflict, field: "key") { try await till.topUp(501, key: key) }
        try await till.checkBooks()
    }

    @Test("M2: one pending transfer confirmed by many at once settles once", arguments: Backing.allCases)
    func settlesOnce(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let draft = PaymentDraft(
            customer: till.customer.id,
            method: .bankTransfer,
            price: till.ugx(900),
            purpose: .topUp
        )
        let payment = try await till.owner.payments.take(draft, key: .new())
        #expect(payment.status == .pending)
        #expect(try await till.balance() == 0)
        _ = await together(20) { _ in
            try await till.owner.payments.confirm(payment.id, received: till.ugx(900), reference: "B7", key: .new())
        }
        #expect(try await till.owner.payments.payment(payment.id).status == .settled)
        #expect(try await till.balance() == 900)
        try await till.checkBooks()
    }

    @Test("M3: every use case that moves money takes a key")
    func keysAreMandatory() throws {
        let moving = [
            "PaymentService.take", "PaymentService.initiate", "PaymentService.confirm", "PaymentService.release(_:",
            "PaymentService.requestRefund", "PaymentService.setRate", "WalletService.grant", "WalletService.charge",
            "WalletService.transfer",
            "WalletService.refund", "WalletService.convert", "SubscriptionService.order",
            "SubscriptionService.renewFromBalance", "SubscriptionService.grant", "SubscriptionService.change",
            "SubscriptionService.cancel", "SubscriptionService.terminate", "InvoiceService.draft",
            "InvoiceService.issue",
            "InvoiceService.payFromBalance", "InvoiceService.returnToBalance",
            "InvoiceService.credit", "InvoiceService.void", "InvoiceService.writeOff",
        ]
        let methods = try publicMethods()
        for name in moving {
            let found = methods.filter { $0.hasPrefix(name) }
            #expect(found.contains { $0.contains("key:") }, "\(name): \(found)")
        }
    }

    @Test("M4: a hundred identical callbacks extend a service once", arguments: Backing.allCases)
    func callbacksExtendOnce(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let ordered = try await till.order(by: .gateway("fake"))
        #expect(ordered.subscription.state == .pendingPayment)
        #expect(ordered.serviceAccount.access == .disabled)
        let payment = try await till.initiate(.subscription(ordered.subscription.id))
        _ = await together(100) { index in
            try await till.receive(FakeGateway.callback(payment, key: "message \(index % 3)"))
        }
        // A claim that was lost to another worker runs out and is tried again.
        till.days(1)
        try await till.processDue()
        let subscription = try await till.owner.subscriptions.subscription(ordered.subscription.id)
        #expect(subscription.state == .active)
        #expect(subscription.paidPeriods == 1)
        #expect(try await till.balance() == 0)
        #expect(try await till.shop.balances()["clearing:fake"] == 1_000)
        #expect(try await till.owner.customers.customer(till.customer.id).status == .active)
        #expect(try await till.owner.serviceAccounts.account(ordered.serviceAccount.id).access == .enabled)
        try await till.checkBooks()
    }

    @Test("M5: money and status are committed together or not at all", arguments: Backing.allCases)
    func effectAndStatusAreOne(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let payment = try await till.initiate()
        let collection = till.shop.billing.collection
        let message = try await till.store(FakeGateway.callback(payment))
        till.shop.store.failCommits(true)
        _ = try? await collection.process(message.id, with: till.gateway, tenant: till.shop.tenant.id)
        till.shop.store.failCommits(false)
        #expect(try await till.balance() == 0)
        #expect(try await till.owner.payments.payment(payment.id).status == .pending)
        till.days(1)
        for _ in 0..<3 {
            try await till.processDue()
        }
        #expect(try await till.balance() == 1_000)
        try await till.checkBooks()
    }

    @Test("M6: two messages about one receipt are one payment", arguments: Backing.allCases)
    func receiptsAreUnified(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let first = try await till.initiate()
        let second = try await till.initiate()
        #expect(try await till.receive(FakeGateway.callback(first, receipt: "QX1", key: "push")).state == .done)
        #expect(try await till.receive(FakeGateway.callback(first, receipt: "QX1", key: "to-business")).state == .done)
        #expect(try await till.receive(FakeGateway.callback(second, receipt: "QX1")).state == .quarantined)
        #expect(try await till.balance() == 1_000)
        #expect(try await till.owner.payments.payment(second.id).status == .pending)
        try await till.checkBooks()
    }

    @Test("M7: what was accepted is kept and tried again", arguments: Backing.allCases)
    func acceptedMessagesAreNotLost(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let payment = try await till.initiate()
        till.gateway.fail(times: 2)
        #expect(try await till.receive(FakeGateway.callback(payment)).state == .failed)
        for _ in 0..<2 {
            till.days(1)
            #expect(try await till.processDue() == 1)
        }
        #expect(try await till.owner.messages.list().items.map(\.state) == [.done])
        #expect(try await till.balance() == 1_000)
        till.days(1)
        #expect(try await till.processDue() == 0)
        try await till.checkBooks()
    }

    @Test(
        "M8: another amount or currency waits for a person, and a forged message does nothing",
        arguments: Backing.allCases
    )
    func mismatchIsQuarantined(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let ordered = try await till.order(by: .gateway("fake"))
        let short = try await till.initiate(.subscription(ordered.subscription.id))
        try await till.receive(FakeGateway.callback(short, "paid", till.ugx(1), receipt: "A"))
        let foreign = try await till.initiate()
        let dollars = Money(minorUnits: 1_000, currency: .usd)
        try await till.receive(FakeGateway.callback(foreign, "paid", dollars, receipt: "B"))
        let forged = try await till.initiate()
        let message = try await till.receive(FakeGateway.callback(forged, receipt: "C", signed: false))
        #expect(message.state == .quarantined)
        for payment in [short, foreign] {
            #expect(try await till.owner.payments.payment(payment.id).status == .quarantined)
        }
        #expect(try await till.owner.payments.payment(forged.id).status == .pending)
        #expect(try await till.owner.subscriptions.subscription(ordered.subscription.id).state == .pendingPayment)
        #expect(try await till.shop.balances().isEmpty)
        // Released, the money is the customer's: too little for a period, and in the currency that came.
        _ = try await till.owner.payments.release(short.id, key: .new())
        _ = try await till.owner.payments.release(foreign.id, key: .new())
        #expect(try await till.balance() == 1)
        #expect(try await till.owner.wallets.balance(of: till.customer.id, in: .usd).paid == dollars)
        #expect(try await till.owner.subscriptions.subscription(ordered.subscription.id).state == .pendingPayment)
        await expectRefusal(.conflict) { try await till.owner.payments.release(forged.id, key: .new()) }
        try await till.checkBooks()
    }

    @Test("M9: many payments for one voucher sell it once; the rest is credit", arguments: Backing.allCases)
    func voucherIsSoldOnce(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let batch = try await till.shop.generate()
        let voucher = batch.vouchers[0]
        var payments: [Payment] = []
        for _ in 0..<5 { payments.append(try await till.initiate(.voucher(voucher.id), 2_500)) }
        let asked = payments
        _ = await together(asked.count) { index in
            try await till.receive(FakeGateway.callback(asked[index], receipt: "R\(index)"))
        }
        #expect(try await till.owner.vouchers.voucher(code: voucher.code).commercial == .sold)
        #expect(try await till.shop.balances()["deferred-vouchers"] == -2_500)
        #expect(try await till.balance() == 4 * 2_500)
        try await till.checkBooks()
    }

    @Test("M10: renewals at once from one balance grant what was debited, and no more", arguments: Backing.allCases)
    func renewalDebitsFirst(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let ordered = try await till.order()
        try await till.topUp(3_500)
        let (done, refused) = await together(64) { _ in
            try await till.owner.subscriptions.renewFromBalance(ordered.subscription.id, key: .new())
        }
        #expect(done.count == 3)
        #expect(refused.count == 61)
        #expect(try await till.owner.subscriptions.subscription(ordered.subscription.id).paidPeriods == 4)
        #expect(try await till.balance() == 500)
        try await till.checkBooks()
    }

    @Test("M11: a transfer is one entry: both sides, or neither", arguments: Backing.allCases)
    func transferIsDoubleEntry(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let other = try await till.owner.customers.create(CustomerDraft(name: "Ben"), key: .new())
        try await till.topUp(1_000)
        try await till.owner.wallets.grant(till.ugx(300), to: till.customer.id, reason: "welcome", key: .new())
        let key = IdempotencyKey.new()
        for _ in 0..<2 {
            try await till.owner.wallets.transfer(till.ugx(400), from: till.customer.id, to: other.id, key: key)
        }
        #expect(try await till.balance() == 900)
        #expect(try await till.balance(other) == 400)
        // A gift is not handed on, so that it never becomes money.
        await expectRefusal(.conflict) {
            try await till.owner.wallets.transfer(till.ugx(601), from: till.customer.id, to: other.id, key: .new())
        }
        await expectRefusal(.invalidInput, field: "receiver") {
            try await till.owner.wallets.transfer(till.ugx(1), from: other.id, to: other.id, key: .new())
        }
        _ = await together(30) { _ in
            try await till.owner.wallets.transfer(till.ugx(100), from: till.customer.id, to: other.id, key: .new())
        }
        #expect(try await till.balance() == 300)
        #expect(try await till.balance(other) == 1_000)
        try await till.checkBooks()
    }

    @Test("M12: invoices issued at once have all numbers and none twice", arguments: Backing.allCases)
    func numbersAreGapless(backing: Backing) async throws {
        let till = try await Till.open(backing)
        var drafts: [Identifier<Invoice>] = []
        for _ in 0..<40 {
            let line = try InvoiceLine(text: "Cable", unitPrice: till.ugx(10))
            let draft = InvoiceDraft(customer: till.customer.id, lines: [line])
            drafts.append(try await till.owner.invoices.draft(draft, key: .new()).id)
        }
        let all = drafts
        _ = await together(80) { index in
            // Every second one is refused after it was given its number.
            try await till.owner.invoices.issue(all[index / 2], termDays: index % 2 == 0 ? 14 : 400, key: .new())
        }
        let numbers = try await till.owner.invoices.list(InvoiceFilter(states: [.issued])).items.compactMap {
            $0.number?.sequence
        }
        #expect(numbers.sorted() == Array(1...40))
        try await till.checkBooks()
    }

    @Test("M13: two partial payments settle an invoice exactly", arguments: Backing.allCases)
    func partialsSettleExactly(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let invoice = try await till.issued(1_000)
        for (units, state) in [(Int64(300), InvoiceState.partlyPaid), (700, .paid)] {
            let draft = PaymentDraft(
                customer: till.customer.id,
                method: .cash,
                price: till.ugx(units),
                purpose: .invoice(invoice.id)
            )
            _ = try await till.owner.payments.take(draft, key: .new())
            #expect(try await till.owner.invoices.invoice(invoice.id).state == state)
        }
        #expect(try await till.balance() == 0)
        #expect(try await till.shop.balances()["receivable:\(till.customer.id)"] == nil)
        try await till.checkBooks()
    }

    @Test(
        "M14: a monthly service ends at the same hour of the wall, whatever the clocks do",
        arguments: ["Africa/Kampala", "Europe/Berlin", "America/New_York", "Asia/Jakarta"],
        [27, 28, 29, 30, 31]
    )
    func zonesAndMonthEnds(zone: String, day: Int) async throws {
        let shop = try await Shop.open(.memory)
        let tenant = try await shop.billing.createTenant("Zone", currency: .ugx, timeZone: zone, key: .new())
        let owner = try await Shop.session(.superAdministrator, of: tenant, in: shop.billing)
        let start = try #require(Timestamp("2027-01-\(day)T09:30:00Z"))
        shop.clock.advance(by: start - shop.clock.now)
        let router = try await owner.routers.add(.fixture("Roof"), key: .new())
        let customer = try await owner.customers.create(CustomerDraft(name: "Ada"), key: .new())
        let price = Money(minorUnits: 100, currency: .ugx)
        let order = SubscriptionOrder(
            customer: customer.id,
            service: ServiceAccountDraft(kind: .pppoe, router: router.id, username: try #require(NumberPattern("a"))),
            choice: .terms(try SubscriptionTerms(packageName: "Home", cycle: .monthly, price: price)),
            method: .cash
        )
        var subscription = try await owner.subscriptions.order(order, key: .new()).subscription
        let anchor = try #require(subscription.anchor)
        var ends: [LocalDate] = []
        for _ in 0..<12 {
            let renewal = PaymentDraft(
                customer: customer.id,
                method: .cash,
                price: price,
                purpose: .subscription(subscription.id)
            )
            _ = try await owner.payments.take(renewal, key: .new())
            subscription = try await owner.subscriptions.subscription(subscription.id)
            let schedule = try #require(subscription.schedule)
            let boundary = schedule.boundary(subscription.paidPeriods)
            #expect(boundary.time == anchor.time)
            ends.append(boundary.date)
        }
        #expect(Set(ends.map { "\($0.year)-\($0.month)" }).count == 12)
        #expect(ends.allSatisfy { $0.day == min(anchor.date.day, LocalDate.days(inMonth: $0.month, year: $0.year)) })
    }

    @Test("M15: who comes back after a suspension pays from that day on", arguments: Backing.allCases)
    func suspendedTimeIsNotInvoiced(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let ordered = try await till.order()
        till.days(30)
        try await till.shop.billing.collection.sweepSubscriptions(tenant: till.shop.tenant.id)
        #expect(try await till.owner.subscriptions.subscription(ordered.subscription.id).state == .suspended)
        till.days(100)
        let back = PaymentDraft(
            customer: till.customer.id,
            method: .cash,
            price: till.ugx(1_000),
            purpose: .subscription(ordered.subscription.id)
        )
        _ = try await till.owner.payments.take(back, key: .new())
        let subscription = try await till.owner.subscriptions.subscription(ordered.subscription.id)
        #expect(subscription.state == .active)
        #expect(subscription.paidThrough == till.shop.clock.now + .seconds(30 * 86_400))
        #expect(try await till.owner.invoices.list().items.count == 0)
        try await till.checkBooks()
    }

    @Test(
        "M16: amounts keep the decimals of their currency",
        arguments: [("UGX", "2500", 2_500), ("KES", "25", 2_500), ("BHD", "2.5", 2_500)]
    )
    func exponents(code: String, text: String, units: Int64) async throws {
        let till = try await Till.open(.memory)
        let currency = try #require(Currency(code))
        let amount = try Money(decimal: text, currency: currency)
        let draft = PaymentDraft(customer: till.customer.id, method: .cash, price: amount, purpose: .topUp)
        let payment = try await till.owner.payments.take(draft, key: .new())
        #expect(payment.captured.minorUnits == units)
        #expect(try await till.owner.wallets.balance(of: till.customer.id, in: currency).paid == amount)
    }

    @Test(
        "M17: a month from 31 January ends on the last of February, the next on 31 March",
        arguments: Backing.allCases
    )
    func monthEndsAreClamped(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let start = try #require(Timestamp("2027-01-31T09:00:00Z"))
        till.shop.clock.advance(by: start - till.shop.clock.now)
        let ordered = try await till.order(try till.terms(cycle: .monthly))
        #expect(ordered.subscription.paidThrough == Timestamp("2027-02-28T09:00:00Z"))
        let renewal = PaymentDraft(
            customer: till.customer.id,
            method: .cash,
            price: till.ugx(1_000),
            purpose: .subscription(ordered.subscription.id)
        )
        _ = try await till.owner.payments.take(renewal, key: .new())
        let renewed = try await till.owner.subscriptions.subscription(ordered.subscription.id)
        #expect(renewed.paidThrough == Timestamp("2027-03-31T09:00:00Z"))
    }
}
