import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Many at once, and in any order")
struct ConvergenceTests {
    @Test("64 spenders of one wallet never take more than there is", arguments: Backing.allCases)
    func walletIsNeverNegative(backing: Backing) async throws {
        let till = try await Till.open(backing)
        try await till.topUp(5_000)
        try await till.owner.wallets.grant(till.ugx(1_234), to: till.customer.id, reason: "welcome", key: .new())
        let (done, refused) = await together(64) { index in
            let amount = Int64(37 + index * 13 % 400)
            try await till.owner.wallets.charge(
                till.ugx(amount),
                of: till.customer.id,
                reason: "visit",
                key: .new()
            )
            return amount
        }
        #expect(done.count + refused.count == 64)
        #expect(!refused.isEmpty)
        #expect(refused.allSatisfy { ($0 as? BillingError)?.code == .conflict })
        let left = try await till.balance()
        #expect(left >= 0)
        #expect(left == 6_234 - done.reduce(0, +))
        try await till.checkBooks()
    }

    @Test("messages in any order and however often come to the same", arguments: 0..<10)
    func shuffledCallbacksConverge(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let till = try await Till.open(.memory, seed: seed)
        for round in 0..<100 {
            let payment = try await till.initiate(.topUp, 1_000)
            let messages = [
                FakeGateway.callback(payment, "pending", receipt: "p\(round)", key: "1/\(round)"),
                FakeGateway.callback(payment, "failed", receipt: "timeout", key: "2/\(round)"),
                FakeGateway.callback(payment, "paid", receipt: "r\(round)", key: "3/\(round)"),
                FakeGateway.callback(payment, "paid", receipt: "r\(round)", key: "4/\(round)"),
                FakeGateway.callback(payment, "refunded", till.ugx(400), receipt: "b\(round)", key: "5/\(round)"),
            ]
            let twice = Int(random.next() % 5)
            for message in (messages + [messages[twice]]).shuffled(using: &random) {
                #expect(try await till.receive(message).state == .done)
            }
            #expect(try await till.owner.payments.payment(payment.id).status == .partlyRefunded)
        }
        #expect(try await till.balance() == 100 * 600)
        #expect(try await till.shop.balances()["clearing:fake"] == 100 * 600)
        #expect(try await till.shop.balances().count == 2)
        try await till.checkBooks()
    }
}
