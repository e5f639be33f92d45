import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Vouchers that are bought by a payment")
struct PaidVoucherTests {
    /// Starts a payment for a voucher of 2 500 shillings, and lets the gateway say that it was paid.
    private func buy(_ voucher: Voucher, in till: Till, _ receipt: String = "R1") async throws -> Payment {
        let payment = try await till.initiate(.voucher(voucher.id), 2_500)
        try await till.receive(FakeGateway.callback(payment, receipt: receipt))
        return payment
    }

    private func take(
        _ till: Till,
        _ method: PaymentMethod,
        _ voucher: Voucher,
        by session: BillingSession? = nil
    ) async throws -> Payment {
        let draft = PaymentDraft(
            customer: till.customer.id,
            method: method,
            price: till.ugx(2_500),
            purpose: .voucher(voucher.id)
        )
        return try await (session ?? till.owner).payments.take(draft, key: .new())
    }

    @Test("it knows the payment and where that lies, and belongs to its payer", arguments: Backing.allCases)
    func itKnowsItsPayment(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let made = try await till.shop.generate().vouchers[0]
        let payment = try await buy(made, in: till)
        let voucher = try await till.owner.vouchers.voucher(code: made.code)
        #expect(voucher.commercial == .sold)
        #expect(voucher.paid?.payment == payment.id)
        #expect(voucher.paidInto == .gatewayClearing("fake"))
        #expect(voucher.customerID == till.customer.id)
        try await till.checkBooks()
    }

    @Test(
        "its credentials are sent once: to whom the payment names, or to its customer",
        arguments: Backing.allCases,
        [nil, "phone:+256700000001"]
    )
    func credentialsAreSent(backing: Backing, recipient: String?) async throws {
        let till = try await Till.open(backing)
        let made = try await till.shop.generate().vouchers[0]
        let draft = PaymentDraft(
            customer: recipient == nil ? till.customer.id : nil,
            method: .gateway("fake"),
            price: till.ugx(2_500),
            purpose: .voucher(made.id),
            recipient: recipient
        )
        let payments = till.owner.payments
        let payment = try await payments.initiate(draft, with: till.gateway, text: "Internet", key: .new()).payment
        #expect(try await till.shop.billing.outgoing.claim().isEmpty)
        for _ in 0..<2 { try await till.receive(FakeGateway.callback(payment)) }
        let intents = try await till.shop.billing.outgoing.claim()
        #expect(intents.map(\.recipient) == [recipient ?? "customer:\(till.customer.id)"])
        #expect(intents.map(\.variables) == [["voucher": made.id.description]])
    }

    @Test("its refund goes back through the payment and not out of a drawer", arguments: Backing.allCases)
    func refundsGoBackThroughThePayment(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let made = try await till.shop.generate().vouchers[0]
        let payment = try await buy(made, in: till)
        await expectRefusal(.conflict) {
            try await till.owner.payments.requestRefund(of: till.ugx(2_500), from: payment.id, key: .new())
        }
        await expectRefusal(.invalidInput, field: "destination") {
            try await till.owner.vouchers.refund(code: made.code, to: .cash, reason: "x", key: .new())
        }
        let key = IdempotencyKey.new()
        for _ in 0..<2 {
            let voucher = try await till.owner.vouchers.refund(code: made.code, reason: "complaint", key: key)
            #expect((voucher.access, voucher.commercial) == (.revoked, .refunded))
        }
        #expect(try await till.shop.balances() == ["clearing:fake": 2_500, "refunds-payable": -2_500])
        #expect(try await till.owner.payments.payment(payment.id).refundPending == till.ugx(2_500))
        let settled = try await till.owner.payments.settleRefund(key, of: payment.id, reference: "B1")
        #expect(settled.status == .refunded)
        #expect(try await till.shop.balances().isEmpty)
        try await till.checkBooks()
    }

    @Test(
        "cash of a payment is handed back over the counter there and then, asked for or not",
        arguments: Backing.allCases,
        [nil, PaymentMethod.cash]
    )
    func cashGoesBackAtOnce(backing: Backing, destination: PaymentMethod?) async throws {
        let till = try await Till.open(backing)
        let made = try await till.shop.generate().vouchers[0]
        let payment = try await take(till, .cash, made)
        await expectRefusal(.invalidInput, field: "destination") {
            try await till.owner.vouchers.refund(code: made.code, to: .bankTransfer, reason: "x", key: .new())
        }
        // The longest key names the refund of the payment too.
        let key = try #require(IdempotencyKey(String(repeating: "k", count: 200)))
        _ = try await till.owner.vouchers.refund(code: made.code, to: destination, reason: "complaint", key: key)
        #expect(try await till.owner.payments.payment(payment.id).status == .refunded)
        #expect(try await till.shop.balances().isEmpty)
        try await till.checkBooks()
    }

    @Test("what a balance paid goes back to it, the gift as a gift", arguments: Backing.allCases)
    func balancesGetBackWhatTheyGave(backing: Backing) async throws {
        let till = try await Till.open(backing)
        try await till.topUp(2_000)
        try await till.owner.wallets.grant(till.ugx(1_000), to: till.customer.id, reason: "welcome", key: .new())
        let made = try await till.shop.generate(2).vouchers
        _ = try await take(till, .balance, made[0])
        #expect(try await till.owner.vouchers.voucher(code: made[0].code).paidFromGrant == till.ugx(1_000))
        _ = try await till.owner.vouchers.refund(code: made[0].code, reason: "x", key: .new())
        let wallet = try await till.owner.wallets.balance(of: till.customer.id)
        #expect((wallet.paid, wallet.granted) == (till.ugx(2_000), till.ugx(1_000)))
        _ = try await take(till, .balance, made[1])
        _ = try await till.owner.vouchers.redeemToBalance(code: made[1].code, of: till.customer.id, key: .new())
        #expect(try await till.owner.wallets.balance(of: till.customer.id) == wallet)
        try await till.checkBooks()
    }

    @Test("a chargeback takes the voucher away, used or not", arguments: Backing.allCases, [true, false])
    func chargebacksTakeItAway(backing: Backing, isUsed: Bool) async throws {
        let till = try await Till.open(backing)
        let made = try await till.shop.generate().vouchers[0]
        let payment = try await buy(made, in: till)
        if isUsed { try await till.shop.see(made.code) }
        try await till.receive(FakeGateway.callback(payment, "charged-back", receipt: "C1"))
        let voucher = try await till.owner.vouchers.voucher(code: made.code)
        #expect((voucher.access, voucher.commercial) == (.revoked, .refunded))
        #expect(try await till.shop.balances().isEmpty)
        try await till.checkBooks()
        try await till.shop.expectSoundBooks()
    }

    /// Why a voucher cannot be sold any more when its money comes.
    enum Hindrance: CaseIterable {
        case sold
        case disabled
        case keptBackForAnother
    }

    @Test(
        "money for one that cannot be sold any more is the payer's, to be asked back",
        arguments: Hindrance.allCases,
        [true, false]
    )
    func moneyDoesNotGetStuck(hindrance: Hindrance, isStranger: Bool) async throws {
        let till = try await Till.open(.memory)
        let made = try await till.shop.generate().vouchers[0]
        let draft = PaymentDraft(
            customer: isStranger ? nil : till.customer.id,
            method: .gateway("fake"),
            price: till.ugx(2_500),
            purpose: .voucher(made.id)
        )
        let payments = till.owner.payments
        let payment = try await payments.initiate(draft, with: till.gateway, text: "Internet", key: .new()).payment
        switch hindrance {
        case .sold: _ = try await till.owner.vouchers.sell(codes: [made.code], key: .new())
        case .disabled: _ = try await till.owner.vouchers.disable(code: made.code)
        case .keptBackForAnother:
            _ = try await till.owner.vouchers.reserve(codes: [made.code], for: "another", key: .new())
        }
        await expectRefusal(.conflict) {
            try await payments.initiate(draft, with: till.gateway, text: "Internet", key: .new())
        }
        try await till.receive(FakeGateway.callback(payment))
        #expect(try await payments.payment(payment.id).status == .settled)
        let credit = isStranger ? "unapplied-payments" : "customer-balance:\(till.customer.id)"
        #expect(try await till.shop.balances()[credit] == -2_500)
        let key = IdempotencyKey.new()
        _ = try await payments.requestRefund(of: till.ugx(2_500), from: payment.id, key: key)
        _ = try await payments.settleRefund(key, of: payment.id, reference: "B1")
        let balances = try await till.shop.balances()
        #expect(balances[credit] == nil)
        #expect(balances["clearing:fake"] == nil)
        try await till.checkBooks()
    }
}
