import BillingDomain
import BillingPersistence
import BillingServices
import Foundation
import Testing

@Suite("Many at once")
struct ContentionTests {
    /// `PROOF_ROUNDS=10000` for the long run.
    private static let rounds = ProcessInfo.processInfo.environment["PROOF_ROUNDS"].flatMap(Int.init)

    @Test("of 100 who redeem one code at once exactly one wins", arguments: Backing.everywhere)
    func oneRedemptionWins(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        var customers: [Customer] = []
        for number in 0..<4 { customers.append(try await shop.customer("C\(number)")) }
        let rounds = Self.rounds ?? (backing == .postgresql ? 2 : 4)
        for round in 0..<rounds {
            let code = try #require(try await shop.generate(1, sold: true).vouchers.first).code
            let outcomes = await outcomes(100) { [customers] number, key in
                let customer = customers[number % 4].id
                let vouchers = shop.owner.vouchers
                // Odd ones want the money, even ones the voucher.
                _ =
                    try await number % 2 == 0
                    ? vouchers.redeem(code: code, for: customer, key: key)
                    : vouchers.redeemToBalance(code: code, of: customer, key: key)
            }
            #expect(outcomes.done == 1 && outcomes.refused == 99, "round \(round): \(outcomes)")
            if round % 1_000 == 999 { print("\(backing): \(round + 1) rounds of 100, one winner each") }
        }
        try await shop.expectSoundBooks()
        #expect(try await shop.store.verifyBooks() == nil)
        await shop.billing.close()
    }

    @Test("of 100 who sell one code at once exactly one is paid", arguments: Backing.everywhere)
    func oneSaleWins(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let rounds = backing == .postgresql ? 2 : 4
        for round in 0..<rounds {
            let code = try #require(try await shop.generate(1).vouchers.first).code
            let outcomes = await outcomes(100) { _, key in
                _ = try await shop.owner.vouchers.sell(codes: [code], key: key)
            }
            #expect(outcomes.done == 1 && outcomes.refused == 99, "round \(round): \(outcomes)")
        }
        let cash = try await shop.balances()[Account.safe.rawValue]
        #expect(cash == Int64(rounds) * 2_500)
        #expect(try await shop.store.verifyBooks() == nil)
        await shop.billing.close()
    }

    @Test("64 who spend one wallet at once never spend more than is in it", arguments: Backing.everywhere)
    func walletsAreNeverOverdrawn(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let customer = try await shop.customer()
        // Enough for 23 of 64, the first of them from what was granted.
        try await shop.credit(customer, paid: 20 * 2_500, granted: 3 * 2_500 + 1_000)
        let codes = try await shop.generate(64).vouchers.map(\.code)
        let outcomes = await outcomes(64) { number, key in
            let options = SaleOptions(method: .balance, customerID: customer.id)
            _ = try await shop.owner.vouchers.sell(codes: [codes[number]], options: options, key: key)
        }
        #expect(outcomes.done == 23 && outcomes.refused == 41, "\(outcomes)")
        let balances = try await shop.balances()
        #expect(balances["deferred-vouchers"] == -23 * 2_500)
        #expect(balances["customer-balance:\(customer.id)"] == -1_000)
        #expect(balances["customer-grant:\(customer.id)"] == nil)
        try await shop.expectSoundBooks()
        #expect(try await shop.store.verifyBooks() == nil)
        await shop.billing.close()
    }

    private struct Outcomes {
        var done = 0, refused = 0
        var failures: [String] = []
    }

    /// Lets so many tasks do something at once, and counts how they fared.
    ///
    /// Who is told to try again, as others were in the way for too long, does so with the same key.
    private func outcomes(
        _ count: Int,
        _ body: @escaping @Sendable (Int, IdempotencyKey) async throws -> Void
    ) async -> Outcomes {
        await withTaskGroup(of: (any Error)?.self) { group in
            for number in 0..<count {
                group.addTask {
                    let key = IdempotencyKey.new()
                    while true {
                        do {
                            try await body(number, key)
                            return nil
                        } catch let error as BillingError where error.code == .unavailable {
                            continue
                        } catch {
                            return error
                        }
                    }
                }
            }
            var outcomes = Outcomes()
            for await error in group {
                switch error {
                case nil: outcomes.done += 1
                case is BillingError: outcomes.refused += 1
                case let error?: outcomes.failures.append("\(error)")
                }
            }
            return outcomes
        }
    }
}
