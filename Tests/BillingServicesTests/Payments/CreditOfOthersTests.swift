import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Credit that a stranger's voucher became")
struct CreditOfOthersTests {
    /// A stranger has paid 2 500 for a voucher, and Ada has made it her credit.
    private func redeemed(_ till: Till, by method: PaymentMethod = .cash) async throws -> Payment {
        let voucher = try await till.shop.generate().vouchers[0]
        let draft = PaymentDraft(
            customer: nil,
            method: method,
            price: till.ugx(2_500),
            purpose: .voucher(voucher.id)
        )
        let payment: Payment
        if method == .cash {
            payment = try await till.owner.payments.take(draft, key: .new())
        } else {
            payment = try await till.owner.payments.initiate(draft, with: till.gateway, text: "x", key: .new()).payment
            try await till.receive(FakeGateway.callback(payment))
        }
        _ = try await till.owner.vouchers.redeemToBalance(code: voucher.code, of: till.customer.id, key: .new())
        return payment
    }

    /// What the audit trail says of Ada's balance, oldest first.
    private func lines(_ till: Till) async throws -> [String] {
        try await till.owner.audit.entries(AuditFilter(subject: "customer:\(till.customer.id)")).items
            .map(\.action).filter { $0.hasPrefix("wallet.") }.reversed()
    }

    @Test("is not taken for a refund that somebody asks for", arguments: Backing.allCases)
    func refundsLeaveItAlone(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let payment = try await redeemed(till)
        let draft = TokenDraft(name: "clerk", role: .superAdministrator, scopes: [.refundPayments])
        let token = try await till.owner.tokens.create(draft, key: .new())
        let clerk = try await till.shop.billing.apiSession(token: token.secret)
        await expectRefusal(.conflict, field: "amount") {
            try await clerk.payments.requestRefund(of: till.ugx(2_500), from: payment.id, key: .new())
        }
        #expect(try await till.balance() == 2_500)
        #expect(try await till.shop.balances()["refunds-payable"] == nil)
    }

    @Test("is taken where the house bears the loss, and put back if that fails", arguments: Backing.allCases)
    func lossesTakeIt(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let payment = try await redeemed(till)
        let key = IdempotencyKey.new()
        let payments = till.owner.payments
        _ = try await payments.requestRefund(of: till.ugx(2_500), from: payment.id, bearingLoss: true, key: key)
        #expect(try await till.balance() == 0)
        #expect(try await lines(till) == ["wallet.take-back"])
        _ = try await payments.failRefund(key, of: payment.id)
        #expect(try await till.balance() == 2_500)
        #expect(try await lines(till) == ["wallet.take-back", "wallet.put-back"])
        #expect(try await till.shop.balances()["bad-debts"] == nil)
        try await till.checkBooks()
    }

    @Test("is out of reach of whoever is assigned elsewhere, loss or not", arguments: Backing.allCases)
    func lossesStayWithinReach(backing: Backing) async throws {
        let branch = try await Branch.open(backing, bySite: true)
        let owner = branch.shop.owner
        let valley = try await owner.sites.add(SiteDraft(name: "Valley"))
        let ada = try await owner.customers.create(CustomerDraft(name: "Ada", site: valley.id), key: .new())
        let voucher = try await branch.generate(elsewhere: false).vouchers[0]
        let draft = PaymentDraft(
            customer: nil,
            method: .cash,
            price: voucher.terms.price,
            purpose: .voucher(voucher.id)
        )
        let payment = try await branch.manager.payments.take(draft, key: .new())
        _ = try await owner.vouchers.redeemToBalance(code: voucher.code, of: ada.id, key: .new())
        await expectRefusal(.forbidden, field: "customer") {
            try await branch.manager.payments.requestRefund(
                of: payment.amount,
                from: payment.id,
                bearingLoss: true,
                key: .new()
            )
        }
        #expect(try await owner.wallets.balance(of: ada.id).total == voucher.terms.price)
    }

    @Test(
        "is taken for what went back without our asking, which the audit trail says",
        arguments: Backing.allCases,
        ["charged-back", "refunded"]
    )
    func whatIsGoneTakesIt(backing: Backing, word: String) async throws {
        let till = try await Till.open(backing)
        let payment = try await redeemed(till, by: .gateway("fake"))
        try await till.receive(FakeGateway.callback(payment, word, receipt: "C1"))
        #expect(try await till.balance() == 0)
        #expect(try await lines(till) == ["wallet.take-back"])
        #expect(try await till.shop.balances().isEmpty)
    }
}
