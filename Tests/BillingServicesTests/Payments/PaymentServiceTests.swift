import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Payments and wallets")
struct PaymentServiceTests {
    @Test("a gateway's fee is the house's, the payer's fee is on top", arguments: Backing.allCases)
    func feesFollowTheirTerms(backing: Backing) async throws {
        let till = try await Till.open(backing)
        for bearer in FeeBearer.allCases {
            let fee = try FeeRule(percentage: Percentage(basisPoints: 250), fixed: till.ugx(0), bearer: bearer)
            try await till.owner.payments.setTerms(
                PaymentTerms(method: .gateway("fake"), currency: .ugx, fee: fee, maximum: till.ugx(10_000))
            )
            let before = try await till.balance()
            let payment = try await till.initiate(.topUp, 1_000)
            #expect(payment.amount == till.ugx(bearer == .payer ? 1_025 : 1_000))
            try await till.receive(FakeGateway.callback(payment, receipt: bearer.rawValue))
            #expect(try await till.balance() == before + 1_000)
        }
        let balances = try await till.shop.balances()
        #expect(balances["fee-income"] == -25)
        #expect(balances["gateway-fees"] == 51)
        await expectRefusal(.invalidInput, field: "amount") { try await till.initiate(.topUp, 20_000) }
        try await till.checkBooks()
    }

    @Test("a refund is asked for, fails or is paid, and is never more than came in", arguments: Backing.allCases)
    func refundsComeFromWhereMoneyWent(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let invoice = try await till.issued(1_000)
        let draft = PaymentDraft(
            customer: till.customer.id,
            method: .cash,
            price: till.ugx(1_000),
            purpose: .invoice(invoice.id)
        )
        let payment = try await till.owner.payments.take(draft, key: .new())
        let payments = till.owner.payments
        await expectRefusal(.invalidInput, field: "amount") {
            try await payments.requestRefund(of: till.ugx(1_001), from: payment.id, key: .new())
        }
        let first = IdempotencyKey.new()
        for _ in 0..<2 { _ = try await payments.requestRefund(of: till.ugx(600), from: payment.id, key: first) }
        #expect(try await till.owner.invoices.invoice(invoice.id).outstanding == till.ugx(600))
        _ = try await payments.failRefund(first, of: payment.id)
        #expect(try await till.owner.invoices.invoice(invoice.id).state == .paid)
        let second = IdempotencyKey.new()
        _ = try await payments.requestRefund(of: till.ugx(1_000), from: payment.id, key: second)
        for _ in 0..<2 { _ = try await payments.settleRefund(second, of: payment.id, reference: "hand") }
        #expect(try await payments.payment(payment.id).status == .refunded)
        #expect(try await till.owner.invoices.invoice(invoice.id).state == .issued)
        await expectRefusal(.conflict) { try await payments.failRefund(second, of: payment.id) }
        let balances = try await till.shop.balances()
        #expect(balances["refunds-payable"] == nil)
        #expect(balances["receivable:\(till.customer.id)"] == 1_000)
        try await till.checkBooks()
    }

    @Test("a chargeback takes the money back, and what is spent is a loss", arguments: Backing.allCases)
    func chargebacksAreBooked(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let payment = try await till.initiate(.topUp, 1_000)
        try await till.receive(FakeGateway.callback(payment))
        try await till.owner.wallets.charge(till.ugx(700), of: till.customer.id, reason: "visit", key: .new())
        for number in 0..<2 {
            try await till.receive(FakeGateway.callback(payment, "charged-back", receipt: "cb", key: "m\(number)"))
        }
        #expect(try await till.owner.payments.payment(payment.id).status == .chargedBack)
        #expect(try await till.balance() == 0)
        #expect(try await till.shop.balances()["bad-debts"] == 700)
        #expect(try await till.shop.balances()["clearing:fake"] == nil)
        try await till.checkBooks()
    }

    @Test("a gift is spent first and never paid out", arguments: Backing.allCases)
    func giftsAreNotMoney(backing: Backing) async throws {
        let till = try await Till.open(backing)
        try await till.topUp(500)
        let wallets = till.owner.wallets
        try await wallets.grant(till.ugx(200), to: till.customer.id, reason: "sorry", key: .new())
        try await wallets.charge(till.ugx(300), of: till.customer.id, reason: "visit", key: .new())
        #expect(
            try await wallets.balance(of: till.customer.id) == WalletBalance(paid: till.ugx(400), granted: till.ugx(0))
        )
        try await wallets.grant(till.ugx(200), to: till.customer.id, reason: "sorry", key: .new())
        await expectRefusal(.conflict) {
            try await wallets.refund(till.ugx(401), of: till.customer.id, reason: "leaves", key: .new())
        }
        try await wallets.refund(till.ugx(400), of: till.customer.id, reason: "leaves", key: .new())
        #expect(try await till.balance() == 200)
        await expectRefusal(.invalidInput, field: "amount") {
            try await wallets.charge(till.ugx(0), of: till.customer.id, reason: "x", key: .new())
        }
        await expectRefusal(.invalidInput, field: "reason") {
            try await wallets.charge(till.ugx(1), of: till.customer.id, reason: "", key: .new())
        }
        try await till.checkBooks()
    }

    @Test("a conversion books both sides at the rate in force, not at one for later", arguments: Backing.allCases)
    func conversionsKeepBothSides(backing: Backing) async throws {
        let till = try await Till.open(backing)
        try await till.topUp(37_126)
        let wallets = till.owner.wallets
        await expectRefusal(.invalidInput, field: "currency") {
            try await wallets.convert(till.ugx(1_000), of: till.customer.id, to: .usd, key: .new())
        }
        for (rate, hours) in [("0.0005", Int64(-1)), ("0.00026935", 0), ("0.9", 1)] {
            let at = till.shop.clock.now + .seconds(hours * 3_600)
            let quoted = try ExchangeRate(from: .ugx, to: .usd, rate: rate, source: "bank", at: at)
            let key = IdempotencyKey.new()
            for _ in 0..<2 { try await till.owner.payments.setRate(quoted, key: key) }
        }
        let key = IdempotencyKey.new()
        for _ in 0..<2 {
            let conversion = try await wallets.convert(till.ugx(37_126), of: till.customer.id, to: .usd, key: key)
            #expect(conversion.received == Money(minorUnits: 1_000, currency: .usd))
        }
        #expect(try await till.balance() == 0)
        #expect(try await wallets.balance(of: till.customer.id, in: .usd).paid.minorUnits == 1_000)
        #expect(try await till.owner.payments.rates().items.count == 3)
        try await till.checkBooks()
    }

    @Test(
        "a gateway that cannot be reached is asked again under the same key, and collects once",
        arguments: Backing.allCases
    )
    func initiatingIsIdempotent(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let draft = PaymentDraft(
            customer: till.customer.id,
            method: .gateway("fake"),
            price: till.ugx(100),
            purpose: .topUp
        )
        let key = IdempotencyKey.new()
        till.gateway.fail(times: 1)
        await expectRefusal(.unavailable) {
            try await till.owner.payments.initiate(draft, with: till.gateway, text: "Internet", key: key)
        }
        for _ in 0..<2 {
            let (payment, link) = try await till.owner.payments.initiate(
                draft,
                with: till.gateway,
                text: "Internet",
                key: key
            )
            #expect(payment.status == .pending)
            #expect(link != nil)
        }
        #expect(till.gateway.collected == 1)
        #expect(try await till.owner.payments.list().items.count == 1)
        _ = try await till.owner.payments.cancel(till.owner.payments.list().items[0].id, reason: "changed mind")
        // Money outranks everything: it came after all.
        try await till.receive(FakeGateway.callback(till.owner.payments.list().items[0]))
        #expect(try await till.balance() == 100)
    }

    @Test("a payment that was called off is not asked of the gateway again", arguments: Backing.allCases)
    func cancelledPaymentsAreNotAskedFor(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let draft = till.payment(.gateway("fake"))
        let (key, payments) = (IdempotencyKey.new(), till.owner.payments)
        till.gateway.fail(times: 1)
        await expectRefusal(.unavailable) {
            try await payments.initiate(draft, with: till.gateway, text: "Internet", key: key)
        }
        let begun = try #require(try await payments.list().items.first)
        _ = try await payments.cancel(begun.id, reason: "changed mind")
        let (payment, link) = try await payments.initiate(draft, with: till.gateway, text: "Internet", key: key)
        #expect((payment.id, payment.status, link) == (begun.id, .cancelled, nil))
        #expect(till.gateway.collected == 0)
    }

    @Test("another payer or another end is another request", arguments: Backing.allCases)
    func payersAreOfTheRequest(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let draft = till.payment(.gateway("fake"))
        let key = IdempotencyKey.new()
        func initiate(_ number: String, _ end: Timestamp?) async throws {
            let payer = try ContactPoint(.phone, number)
            _ = try await till.owner.payments.initiate(
                draft,
                with: till.gateway,
                text: "Internet",
                payer: payer,
                expiresAt: end,
                key: key
            )
        }
        let end = till.shop.clock.now + .seconds(600)
        for _ in 0..<2 { try await initiate("+256700000001", end) }
        await expectRefusal(.conflict, field: "key") { try await initiate("+256700000002", end) }
        await expectRefusal(.conflict, field: "key") { try await initiate("+256700000001", nil) }
    }

    @Test("drafts are checked field by field", arguments: Backing.allCases)
    func draftsAreChecked(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let ordered = try await till.order()
        func take(_ customer: Identifier<Customer>?, _ method: PaymentMethod, _ units: Int64, _ purpose: PaymentPurpose)
            async throws -> Payment
        {
            let draft = PaymentDraft(customer: customer, method: method, price: till.ugx(units), purpose: purpose)
            return try await till.owner.payments.take(draft, key: .new())
        }
        let id = till.customer.id
        let subscription = PaymentPurpose.subscription(ordered.subscription.id)
        await expectRefusal(.invalidInput, field: "price") { try await take(id, .cash, 0, .topUp) }
        await expectRefusal(.invalidInput, field: "customer") { try await take(nil, .cash, 1, .topUp) }
        await expectRefusal(.invalidInput, field: "method") { try await take(id, .balance, 1, .topUp) }
        await expectRefusal(.invalidInput, field: "method") { try await take(id, .gateway("fake"), 1, .topUp) }
        await expectRefusal(.invalidInput, field: "price") { try await take(id, .cash, 1_001, subscription) }
        await expectRefusal(.invalidInput, field: "customer") { try await take(nil, .cash, 1_000, subscription) }
        await expectRefusal(.conflict) { try await take(id, .balance, 1_000, subscription) }
        try await till.checkBooks()
    }

    @Test("whatever comes in more, and is accepted, is credit, every time", arguments: Backing.allCases)
    func everyExtraIsCredited(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let payment = try await till.initiate()
        try await till.receive(FakeGateway.callback(payment))
        for (number, units) in [50, 30, 20].enumerated() {
            let more = FakeGateway.callback(payment, "paid", till.ugx(Int64(units)), receipt: "M\(number)")
            try await till.receive(more)
            _ = try await till.owner.payments.release(payment.id, key: .new())
        }
        #expect(try await till.balance() == 1_100)
        #expect(try await till.shop.balances()["clearing:fake"] == 1_100)
        try await till.checkBooks()
    }
}
