import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Invoices paid from the balance")
struct InvoiceBalanceTests {
    private func wallet(_ till: Till) async throws -> [Int64] {
        let wallet = try await till.owner.wallets.balance(of: till.customer.id)
        return [wallet.paid.minorUnits, wallet.granted.minorUnits]
    }

    @Test("what was paid on the wrong invoice goes back to the balance, gift to gift", arguments: Backing.allCases)
    func paymentsAreReturned(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let (wrong, right) = (try await till.issued(500), try await till.issued(500))
        try await till.topUp(300)
        try await till.owner.wallets.grant(till.ugx(200), to: till.customer.id, reason: "sorry", key: .new())
        func pay(_ invoice: Invoice, _ units: Int64) async throws {
            _ = try await till.owner.invoices.payFromBalance(
                till.ugx(units),
                of: till.customer.id,
                directedTo: [invoice.id],
                key: .new()
            )
        }
        try await pay(wrong, 400)
        #expect(try await wallet(till) == [100, 0])
        let key = IdempotencyKey.new()
        for _ in 0..<2 {
            let back = try await till.owner.invoices.returnToBalance(
                till.ugx(250),
                from: wrong.id,
                reason: "wrong one",
                key: key
            )
            #expect(back.paid == till.ugx(150))
            #expect(back.state == .partlyPaid)
        }
        // What was paid in goes back first.
        #expect(try await wallet(till) == [300, 50])
        await expectRefusal(.invalidInput, field: "amount") {
            try await till.owner.invoices.returnToBalance(till.ugx(151), from: wrong.id, reason: "more", key: .new())
        }
        let open = try await till.owner.invoices.returnToBalance(from: wrong.id, reason: "wrong one", key: .new())
        #expect(open.state == .issued)
        #expect(try await wallet(till) == [300, 200])
        await expectRefusal(.conflict) {
            try await till.owner.invoices.returnToBalance(from: wrong.id, reason: "again", key: .new())
        }
        #expect(try await till.owner.invoices.void(wrong.id, reason: "not ordered", key: .new()).state == .void)
        try await pay(right, 500)
        #expect(try await till.owner.invoices.invoice(right.id).state == .paid)
        let lines = try await till.owner.audit.entries().items.filter { $0.action == "invoice.return-balance" }
        #expect(lines.count == 2 && lines.allSatisfy { $0.detail.hasSuffix("wrong one") })
        try await till.checkBooks()
    }

    @Test("what was paid in cash is refunded, not put on the balance", arguments: Backing.allCases)
    func cashIsRefunded(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let invoice = try await till.issued(500)
        _ = try await till.pay(500, for: .invoice(invoice.id))
        await expectRefusal(.conflict) {
            try await till.owner.invoices.returnToBalance(from: invoice.id, reason: "wrong one", key: .new())
        }
    }

    @Test("an invoice is paid from the balance in one way alone")
    func oneWay() async throws {
        let till = try await Till.open(.memory)
        let invoice = try await till.issued(500)
        try await till.topUp(500)
        await expectRefusal(.invalidInput, field: "method") {
            try await till.pay(500, for: .invoice(invoice.id), by: .balance)
        }
    }
}
