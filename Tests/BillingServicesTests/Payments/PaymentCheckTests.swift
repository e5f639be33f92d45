import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

/// A gateway that takes a payment, and tells of it only when it is asked.
private struct SilentGateway: PaymentGateway {
    let identifier = "silent"
    let notices: [GatewayNotice]

    func createPayment(_ intent: PaymentIntent) async throws -> GatewayPayment {
        guard let reference = GatewayReference(gateway: identifier, value: "ext-1") else { throw FakeGateway.Failure() }
        return GatewayPayment(reference: reference)
    }

    func checkStatus(of reference: GatewayReference) async throws -> [GatewayNotice] {
        guard reference.value == "ext-1" else { throw FakeGateway.Failure() }
        return notices
    }

    func handleCallback(_ callback: GatewayCallback) async throws -> [GatewayNotice] { [] }
}

@Suite("Asking for payments")
struct PaymentCheckTests {
    @Test("a payment whose message did not come is found by asking, and counts once", arguments: Backing.allCases)
    func lostMessagesAreAskedFor(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let payments = till.owner.payments
        let draft = PaymentDraft(
            customer: till.customer.id,
            method: .gateway("silent"),
            price: till.ugx(1_000),
            purpose: .topUp
        )
        let payment = try await payments.initiate(draft, with: SilentGateway(notices: []), text: "x", key: .new())
            .payment
        #expect(try await payments.check(payment.id, with: SilentGateway(notices: [])).status == .pending)
        let settled = try PaymentEvent(
            .settled(amount: till.ugx(1_000), fee: nil, reference: "R1"),
            at: till.shop.clock.now
        )
        let gateway = SilentGateway(notices: [
            GatewayNotice(publicReference: "somebody else's", event: settled),
            GatewayNotice(publicReference: payment.publicReference, event: settled),
        ])
        for _ in 0..<2 { #expect(try await payments.check(payment.id, with: gateway).status == .settled) }
        #expect(try await till.balance() == 1_000)
        await expectRefusal(.conflict) { try await payments.check(payment.id, with: till.gateway) }
        let cash = try await till.topUp(5)
        await expectRefusal(.conflict) { try await payments.check(cash.id, with: gateway) }
        try await till.checkBooks()
    }

    @Test("a quote says what is paid, what comes in and the fee, as the terms say", arguments: Backing.allCases)
    func quotesFollowTerms(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let payments = till.owner.payments
        let method = PaymentMethod.gateway("fake")
        #expect(try await payments.terms().isEmpty)
        let plain = try await payments.quote(till.ugx(1_000), by: method)
        #expect((plain.paid, plain.received, plain.fee) == (till.ugx(1_000), till.ugx(1_000), till.ugx(0)))
        let fee = try FeeRule(percentage: Percentage(basisPoints: 250), fixed: till.ugx(10), bearer: .payer)
        var terms = try PaymentTerms(method: method, currency: .ugx, fee: fee, minimum: till.ugx(500))
        try await payments.setTerms(terms)
        #expect(try await payments.terms() == [terms])
        let quote = try await payments.quote(till.ugx(1_000), by: method)
        #expect((quote.paid, quote.received, quote.fee) == (till.ugx(1_035), till.ugx(1_000), till.ugx(35)))
        await expectRefusal(.invalidInput, field: "amount") { try await payments.quote(till.ugx(100), by: method).fee }
        terms.isEnabled = false
        try await payments.setTerms(terms)
        #expect(try await payments.terms() == [terms])
        await expectRefusal(.invalidInput, field: "amount") {
            try await payments.quote(till.ugx(1_000), by: method).fee
        }
    }

    @Test("a gateway sends a refund back once, however often it is asked", arguments: Backing.allCases)
    func gatewaysSendRefundsBack(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let payments = till.owner.payments
        let payment = try await till.initiate()
        try await till.receive(FakeGateway.callback(payment))
        let refund = IdempotencyKey.new()
        await expectRefusal(.notFound, field: "refund") {
            try await payments.sendRefund(refund, of: payment.id, with: till.gateway)
        }
        _ = try await payments.requestRefund(of: till.ugx(400), from: payment.id, key: refund)
        till.gateway.fail(times: 1)
        await expectRefusal(.unavailable) {
            try await payments.sendRefund(refund, of: payment.id, with: till.gateway)
        }
        let sent = try await payments.sendRefund(refund, of: payment.id, with: till.gateway)
        #expect((sent.refunded, sent.status) == (till.ugx(400), .partlyRefunded))
        await expectRefusal(.conflict) { try await payments.sendRefund(refund, of: payment.id, with: till.gateway) }
        #expect(till.gateway.returned == till.ugx(400))
        #expect(try await till.shop.balances()["clearing:fake"] == 600)
        try await till.checkBooks()
    }

    @Test("a gateway calls off what nothing has come in for", arguments: Backing.allCases)
    func gatewaysCallPaymentsOff(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let payments = till.owner.payments
        let payment = try await till.initiate()
        till.gateway.fail(times: 1)
        await expectRefusal(.unavailable) { try await payments.cancel(payment.id, with: till.gateway) }
        #expect(try await payments.cancel(payment.id, with: till.gateway).status == .cancelled)
        let paid = try await till.initiate()
        try await till.receive(FakeGateway.callback(paid, receipt: "R2"))
        await expectRefusal(.conflict) { try await payments.cancel(paid.id, with: till.gateway) }
    }
}
