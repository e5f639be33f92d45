import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Refunds of payments")
struct PaymentRefundTests {
    @Test("two refunds with the same words for a reference are two, and no more goes back", arguments: Backing.allCases)
    func refundsAreNamedByTheirKeys(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let payment = try await till.topUp(1_000)
        let payments = till.owner.payments
        for _ in 0..<2 {
            let refund = IdempotencyKey.new()
            _ = try await payments.requestRefund(of: till.ugx(400), from: payment.id, key: refund)
            for _ in 0..<2 { _ = try await payments.settleRefund(refund, of: payment.id, reference: "hand") }
        }
        #expect(try await payments.payment(payment.id).refunded == till.ugx(800))
        await expectRefusal(.invalidInput, field: "amount") {
            try await payments.requestRefund(of: till.ugx(201), from: payment.id, key: .new())
        }
        #expect(try await till.balance() == 200)
        let balances = try await till.shop.balances()
        #expect(balances["refunds-payable"] == nil)
        #expect(balances.filter { $0.key == "safe" }.map(\.value) == [200])
        try await till.checkBooks()
    }

    @Test(
        "a refund that the gateway tells of first, and that is ours, counts once",
        arguments: Backing.allCases
    )
    func oneRefundUnderTwoNames(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let payment = try await till.initiate()
        try await till.receive(FakeGateway.callback(payment))
        let refund = IdempotencyKey.new()
        let payments = till.owner.payments
        _ = try await payments.requestRefund(of: till.ugx(400), from: payment.id, key: refund)
        try await till.receive(FakeGateway.callback(payment, "refunded", till.ugx(400), receipt: "B1"))
        _ = try await payments.settleRefund(refund, of: payment.id, reference: "B1")
        try await till.receive(FakeGateway.callback(payment, "refunded", till.ugx(400), receipt: "B1", key: "again"))
        #expect(try await payments.payment(payment.id).refunded == till.ugx(400))
        #expect(try await till.balance() == 600)
        let balances = try await till.shop.balances()
        #expect(balances["clearing:fake"] == 600)
        #expect(balances["refunds-payable"] == nil)
        try await till.checkBooks()
    }

    @Test(
        "an invoice that was withdrawn meanwhile does not take a failed refund back: it is credit",
        arguments: Backing.allCases
    )
    func failedRefundOfAWithdrawnInvoice(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let invoice = try await till.issued(1_000)
        let payment = try await till.pay(1_000, for: .invoice(invoice.id))
        let refund = IdempotencyKey.new()
        _ = try await till.owner.payments.requestRefund(of: till.ugx(1_000), from: payment.id, key: refund)
        _ = try await till.owner.invoices.void(invoice.id, reason: "typo", key: .new())
        _ = try await till.owner.payments.failRefund(refund, of: payment.id)
        #expect(try await till.balance() == 1_000)
        #expect(try await till.shop.balances()["receivable:\(till.customer.id)"] == nil)
        try await till.checkBooks()
    }

    @Test(
        "a chargeback of what was paid on an invoice that was given up since is a loss",
        arguments: Backing.allCases
    )
    func chargebackOfAWrittenOffInvoice(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let invoice = try await till.issued(1_000)
        let payment = try await till.initiate(.invoice(invoice.id), 400)
        try await till.receive(FakeGateway.callback(payment))
        _ = try await till.owner.invoices.writeOff(invoice.id, reason: "gone", key: .new())
        #expect(try await till.receive(FakeGateway.callback(payment, "charged-back", receipt: "cb")).state == .done)
        #expect(try await till.shop.balances()["bad-debts"] == 1_000)
        #expect(try await till.shop.balances()["clearing:fake"] == nil)
        try await till.checkBooks()
    }

    @Test("a top-up that was spent is not refunded before what was bought is cancelled", arguments: Backing.allCases)
    func spentMoneyIsNotRefunded(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let id = try await till.order(by: .bankTransfer).subscription.id
        let payment = try await till.topUp(1_500)
        _ = try await till.owner.subscriptions.renewFromBalance(id, key: .new())
        let payments = till.owner.payments
        await expectRefusal(.conflict, field: "amount") {
            try await payments.requestRefund(of: till.ugx(501), from: payment.id, key: .new())
        }
        #expect(try await till.balance() == 500)
        _ = try await till.owner.subscriptions.cancel(id, immediately: true, key: .new())
        _ = try await payments.requestRefund(of: till.ugx(1_500), from: payment.id, key: .new())
        #expect(try await till.shop.balances()["bad-debts"] == nil)
        try await till.checkBooks()
    }

    @Test("a refund that failed can be asked for again", arguments: Backing.allCases)
    func failedRefundsAreAskedForAgain(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let payment = try await till.topUp(1_000)
        let payments = till.owner.payments
        for _ in 0..<3 {
            let refund = IdempotencyKey.new()
            _ = try await payments.requestRefund(of: till.ugx(1_000), from: payment.id, key: refund)
            #expect(try await till.balance() == 0)
            _ = try await payments.failRefund(refund, of: payment.id)
            #expect(try await till.balance() == 1_000)
        }
        try await till.checkBooks()
    }

    @Test("a refund that was given up is not paid, whatever was paid instead", arguments: Backing.allCases)
    func whatWasGivenUpIsNotPaid(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let payment = try await till.topUp(1_000)
        let payments = till.owner.payments
        let (first, second) = (IdempotencyKey.new(), IdempotencyKey.new())
        _ = try await payments.requestRefund(of: till.ugx(1_000), from: payment.id, key: first)
        _ = try await payments.failRefund(first, of: payment.id)
        _ = try await payments.requestRefund(of: till.ugx(1_000), from: payment.id, key: second)
        _ = try await payments.settleRefund(second, of: payment.id, reference: "hand")
        await expectRefusal(.conflict) {
            try await payments.settleRefund(first, of: payment.id, reference: "hand again")
        }
        #expect(try await payments.payment(payment.id).refunded == till.ugx(1_000))
        #expect(try await till.shop.balances() == [:])
        try await till.checkBooks()
    }
}
