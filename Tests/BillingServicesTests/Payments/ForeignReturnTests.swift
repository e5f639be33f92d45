import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Money that goes back in a currency of its own")
struct ForeignReturnTests {
    enum Purpose: CaseIterable { case topUp, invoice, subscription, voucher }
    enum Way: CaseIterable { case asked, refunded, chargedBack }

    /// A payment of 1 000 shillings, or of a voucher's 2 500.
    private func payment(for purpose: Purpose, _ till: Till) async throws -> Payment {
        switch purpose {
        case .topUp: return try await till.initiate()
        case .invoice: return try await till.initiate(.invoice(till.issued(1_000).id))
        case .subscription:
            return try await till.initiate(.subscription(till.order(by: .gateway("fake")).subscription.id))
        case .voucher: return try await till.initiate(.voucher(till.shop.generate().vouchers[0].id), 2_500)
        }
    }

    /// What the books hold in the currency of the house.
    private func shillings(_ till: Till) async throws -> [AccountBalance] {
        try await till.owner.reports.balances().filter { $0.balance.currency == .ugx && !$0.balance.isZero }
    }

    @Test(
        "leaves what was paid for as it is, whatever that is and whoever sends it back",
        arguments: Purpose.allCases,
        Way.allCases
    )
    func foreignMoneyGoesBack(purpose: Purpose, way: Way) async throws {
        let till = try await Till.open(.memory)
        let foreign = Money(minorUnits: 300, currency: .kes)
        let payment = try await payment(for: purpose, till)
        try await till.receive(FakeGateway.callback(payment))
        try await till.receive(FakeGateway.callback(payment, "paid", foreign, receipt: "R2"))
        let payments = till.owner.payments
        _ = try await payments.release(payment.id, key: .new())
        let before = try await shillings(till)
        #expect(try await till.owner.wallets.balance(of: till.customer.id, in: .kes).paid == foreign)
        switch way {
        case .asked:
            let key = IdempotencyKey.new()
            _ = try await payments.requestRefund(of: foreign, from: payment.id, key: key)
            _ = try await payments.settleRefund(key, of: payment.id, reference: "B1")
        case .refunded, .chargedBack:
            let word = way == .refunded ? "refunded" : "charged-back"
            let message = try await till.receive(FakeGateway.callback(payment, word, foreign, receipt: "B1"))
            #expect(message.state == .done)
        }
        #expect(try await till.owner.wallets.balance(of: till.customer.id, in: .kes).total.isZero)
        #expect(try await shillings(till) == before)
        let others = try await till.owner.reports.balances().filter { $0.balance.currency == .kes }
        #expect(others.allSatisfy { $0.balance.isZero })
        #expect(
            try await payments.payment(payment.id).status == (way == .chargedBack ? .chargedBack : .partlyRefunded)
        )
        try await till.checkBooks()
    }

    @Test(
        "in which nothing came in waits for somebody to look, whenever it is heard of",
        arguments: ["refunded", "charged-back"],
        [true, false]
    )
    func whatNeverCameInIsNoticed(word: String, isFirst: Bool) async throws {
        let till = try await Till.open(.memory)
        let payment = try await till.initiate()
        let dollars = Money(minorUnits: 7, currency: .usd)
        let back = FakeGateway.callback(payment, word, dollars, receipt: "B1")
        if isFirst { try await till.receive(back) }
        try await till.receive(FakeGateway.callback(payment))
        if !isFirst { try await till.receive(back) }
        let noticed = try await till.owner.payments.payment(payment.id)
        #expect(noticed.status == .quarantined)
        #expect(noticed.discrepancies == [.overRefunded])
        let lines = try await till.owner.audit.entries(AuditFilter(subject: "payment:\(payment.id)")).items
        #expect(lines.contains { $0.action == "payment.quarantine" })
        // What came in is in the books all the same, and can go back.
        #expect(try await till.balance() == 1_000)
        _ = try await till.owner.payments.requestRefund(of: till.ugx(1_000), from: payment.id, key: .new())
        #expect(try await till.balance() == 0)
        try await till.checkBooks()
    }
}
