import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Money that nobody could settle")
struct DeadEndTests {
    /// A voucher of 2 500 shillings that was paid through the gateway, by a stranger.
    private func bought(_ till: Till) async throws -> (voucher: Voucher, payment: Payment) {
        let voucher = try await till.shop.generate().vouchers[0]
        let draft = PaymentDraft(
            customer: nil,
            method: .gateway("fake"),
            price: till.ugx(2_500),
            purpose: .voucher(voucher.id)
        )
        let payments = till.owner.payments
        let payment = try await payments.initiate(draft, with: till.gateway, text: "Internet", key: .new()).payment
        try await till.receive(FakeGateway.callback(payment))
        return (voucher, payment)
    }

    @Test(
        "what was paid for a voucher that ended or was written off goes back at a loss, if somebody decides so",
        arguments: Backing.allCases,
        [true, false]
    )
    func endedVouchersAreRefundedAtALoss(backing: Backing, isWrittenOff: Bool) async throws {
        let till = try await Till.open(backing)
        let (voucher, payment) = try await bought(till)
        if isWrittenOff {
            _ = try await till.owner.vouchers.writeOff(code: voucher.code, reason: "mistaken", key: .new())
        } else {
            try await till.shop.see(voucher.code)
            till.days(1)
            try await till.shop.billing.upkeep.run()
        }
        await expectRefusal(.conflict, field: "amount") {
            try await till.owner.payments.requestRefund(of: till.ugx(2_500), from: payment.id, key: .new())
        }
        let key = IdempotencyKey.new()
        for _ in 0..<2 {
            _ = try await till.owner.payments.requestRefund(
                of: till.ugx(2_500),
                from: payment.id,
                bearingLoss: true,
                key: key
            )
        }
        _ = try await till.owner.payments.settleRefund(key, of: payment.id, reference: "B1")
        let income = isWrittenOff ? "breakage-revenue" : "voucher-revenue"
        #expect(try await till.shop.balances() == ["bad-debts": 2_500, income: -2_500])
        let lines = try await till.owner.audit.entries().items.filter { $0.action == "payment.refund-at-loss" }
        #expect(lines.count == 1)
        try await till.checkBooks()
    }

    /// A voucher that a stranger has bought by bank transfer.
    private static func boughtByBank(
        _ till: Till,
        _ payments: PaymentService
    ) async throws -> (voucher: Voucher, payment: Payment) {
        let voucher = try await till.shop.generate().vouchers[0]
        let draft = PaymentDraft(
            customer: nil,
            method: .bankTransfer,
            price: till.ugx(2_500),
            purpose: .voucher(voucher.id)
        )
        let taken = try await payments.take(draft, key: .new())
        let paid = try await payments.confirm(taken.id, received: till.ugx(2_500), reference: "T1", key: .new())
        return (voucher, paid)
    }

    @Test(
        "what goes back at a loss for a voucher that ended or was written off earns nobody anything",
        arguments: Backing.allCases,
        [true, false]
    )
    func lossesTakeCommissionBack(backing: Backing, isWrittenOff: Bool) async throws {
        let till = try await Till.open(backing)
        let shop = till.shop
        _ = try await shop.owner.commission.addRule(.rate(basisPoints: 1_000), key: .new())
        let payments = try await shop.person(.superAdministrator).session.payments
        let (voucher, payment) = try await Self.boughtByBank(till, payments)
        if isWrittenOff {
            _ = try await till.owner.vouchers.writeOff(code: voucher.code, reason: "mistaken", key: .new())
        } else {
            try await shop.see(voucher.code)
            till.days(1)
            try await shop.billing.upkeep.run()
        }
        for (units, earned) in [(Int64(500), Int64(200)), (2_000, 0)] {
            let key = IdempotencyKey.new()
            for _ in 0..<2 {
                _ = try await payments.requestRefund(
                    of: till.ugx(units),
                    from: payment.id,
                    bearingLoss: true,
                    key: key
                )
            }
            #expect(try await shop.balances()["commission-expense"] ?? 0 == earned)
        }
        try await till.checkBooks()
    }

    @Test("a voucher in use is withdrawn before its money goes back at a loss", arguments: Backing.allCases)
    func vouchersInUseAreWithdrawn(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let shop = till.shop
        _ = try await shop.owner.commission.addRule(.rate(basisPoints: 1_000), key: .new())
        try await shop.set(.refundPolicy, to: RefundPolicy.nothing.rawValue)
        let payments = try await shop.person(.superAdministrator).session.payments
        let (voucher, payment) = try await Self.boughtByBank(till, payments)
        try await shop.see(voucher.code)
        #expect(try await shop.balances()["commission-expense"] == 250)
        await expectRefusal(.conflict, field: "amount") {
            try await payments.requestRefund(of: till.ugx(2_500), from: payment.id, key: .new())
        }
        #expect(try await till.owner.vouchers.voucher(code: voucher.code).access == .active)
        let key = IdempotencyKey.new()
        for _ in 0..<2 {
            _ = try await payments.requestRefund(of: till.ugx(2_500), from: payment.id, bearingLoss: true, key: key)
            let withdrawn = try await till.owner.vouchers.voucher(code: voucher.code)
            #expect((withdrawn.access, withdrawn.commercial) == (.revoked, .refunded))
        }
        #expect(try await shop.balances() == ["bank": 2_500, "refunds-payable": -2_500])
        _ = try await payments.settleRefund(key, of: payment.id, reference: "B1")
        #expect(try await shop.balances().isEmpty)
        try await till.checkBooks()
    }

    @Test(
        "a chargeback takes the credit that a stranger's voucher became, as far as it is there",
        arguments: Backing.allCases,
        [0, 1_000]
    )
    func creditOfOthersIsTakenBack(backing: Backing, spent: Int64) async throws {
        let till = try await Till.open(backing)
        let (voucher, payment) = try await bought(till)
        _ = try await till.owner.vouchers.redeemToBalance(code: voucher.code, of: till.customer.id, key: .new())
        if spent > 0 {
            _ = try await till.owner.wallets.refund(till.ugx(spent), of: till.customer.id, reason: "x", key: .new())
        }
        try await till.receive(FakeGateway.callback(payment, "charged-back", receipt: "C1"))
        #expect(try await till.balance() == 0)
        #expect(try await till.shop.balances()["bad-debts"] ?? 0 == spent)
        try await till.checkBooks()
    }

    @Test("a stranger's money of another currency is asked back, and the voucher stays", arguments: Backing.allCases)
    func foreignMoneyOfStrangersGoesBack(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let voucher = try await till.shop.generate().vouchers[0]
        let draft = PaymentDraft(
            customer: nil,
            method: .gateway("fake"),
            price: till.ugx(2_500),
            purpose: .voucher(voucher.id)
        )
        let payments = till.owner.payments
        let payment = try await payments.initiate(draft, with: till.gateway, text: "Internet", key: .new()).payment
        let foreign = Money(minorUnits: 300, currency: .kes)
        try await till.receive(FakeGateway.callback(payment, "paid", foreign, receipt: "R2"))
        try await till.receive(FakeGateway.callback(payment))
        _ = try await payments.release(payment.id, key: .new())
        let key = IdempotencyKey.new()
        _ = try await payments.requestRefund(of: foreign, from: payment.id, key: key)
        _ = try await payments.settleRefund(key, of: payment.id, reference: "B1")
        #expect(try await payments.payment(payment.id).status == .partlyRefunded)
        #expect(try await till.owner.vouchers.voucher(code: voucher.code).commercial == .sold)
        #expect(try await till.shop.balances() == ["clearing:fake": 2_500, "deferred-vouchers": -2_500])
        try await till.checkBooks()
    }

    @Test(
        "foreign money that is heard of after a release waits for another, whatever its time",
        arguments: Backing.allCases
    )
    func lateForeignMoneyWaits(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let payment = try await till.initiate(.topUp, 1_000)
        let foreign = Money(minorUnits: 300, currency: .kes)
        // The gateway's clock is behind ours: all that it says lies before the release.
        till.days(30)
        try await till.receive(FakeGateway.callback(payment, "paid", till.ugx(900)))
        _ = try await till.owner.payments.release(payment.id, key: .new())
        try await till.receive(FakeGateway.callback(payment, "paid", foreign, receipt: "R2"))
        #expect(try await till.owner.payments.payment(payment.id).status == .quarantined)
        #expect(try await till.owner.wallets.balance(of: till.customer.id, in: .kes).paid.isZero)
        _ = try await till.owner.payments.release(payment.id, key: .new())
        #expect(try await till.owner.wallets.balance(of: till.customer.id, in: .kes).paid == foreign)
    }

    @Test("what a chargeback leaves of a voucher's price can be asked back", arguments: Backing.allCases)
    func theRestOfAChargebackGoesBack(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let (voucher, payment) = try await bought(till)
        try await till.receive(FakeGateway.callback(payment, "charged-back", till.ugx(1_000), receipt: "C1"))
        #expect(try await till.owner.vouchers.voucher(code: voucher.code).commercial == .refunded)
        #expect(try await till.shop.balances() == ["clearing:fake": 1_500, "unapplied-payments": -1_500])
        await expectRefusal(.invalidInput, field: "amount") {
            try await till.owner.payments.requestRefund(of: till.ugx(1_501), from: payment.id, key: .new())
        }
        let key = IdempotencyKey.new()
        _ = try await till.owner.payments.requestRefund(of: till.ugx(1_500), from: payment.id, key: key)
        _ = try await till.owner.payments.settleRefund(key, of: payment.id, reference: "B1")
        #expect(try await till.shop.balances().isEmpty)
        try await till.checkBooks()
    }

    @Test("of a used voucher the house keeps what its policy does not pay back", arguments: Backing.allCases)
    func usedVouchersAreKept(backing: Backing) async throws {
        let till = try await Till.open(backing)
        try await till.shop.set(.refundPolicy, to: RefundPolicy.nothing.rawValue)
        let (voucher, payment) = try await bought(till)
        try await till.shop.see(voucher.code)
        try await till.receive(FakeGateway.callback(payment, "charged-back", till.ugx(1_000), receipt: "C1"))
        #expect(try await till.shop.balances() == ["clearing:fake": 1_500, "voucher-revenue": -1_500])
    }

    @Test("money of two currencies is released, the foreign part as credit", arguments: Backing.allCases)
    func mixedCurrenciesAreReleased(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let payment = try await till.initiate(.topUp, 1_000)
        let foreign = Money(minorUnits: 300, currency: .kes)
        try await till.receive(FakeGateway.callback(payment))
        try await till.receive(FakeGateway.callback(payment, "paid", foreign, receipt: "R2"))
        #expect(try await till.owner.payments.payment(payment.id).status == .quarantined)
        _ = try await till.owner.payments.release(payment.id, key: .new())
        #expect(try await till.owner.payments.payment(payment.id).status == .settled)
        #expect(try await till.owner.wallets.balance(of: till.customer.id, in: .kes).paid == foreign)
        #expect(try await till.balance() == 1_000)
        try await till.checkBooks()
    }
}
