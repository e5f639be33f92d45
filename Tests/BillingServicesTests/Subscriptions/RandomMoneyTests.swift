import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("A customer's money, whatever is done with it")
struct RandomMoneyTests {
    /// What somebody at the counter may do next.
    enum Step: CaseIterable {
        case pay, payFromBalance, renew, give, giveCredit, topUp, refund, settle, fail, upgrade, cancel, pause, resume
        case wait, recognise, sweep, terminate
    }

    @Test("nobody gets back more than they paid in, no gift becomes money, and no unit is lost", arguments: 0..<8)
    func nothingIsPaidBackTwice(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let till = try await Till.open(.memory, seed: seed)
        if seed % 2 == 1 {
            let vat = try TaxRate(name: "VAT", rate: Percentage(basisPoints: 1_700))
            _ = try await till.owner.taxes.add(vat, on: [.subscription], key: .new())
        }
        let terms = try SubscriptionTerms(
            packageName: "Home",
            cycle: .days(30),
            price: till.ugx(3_000),
            allowsPause: true
        )
        var id = try await till.order(terms).subscription.id
        var refunds: [(key: IdempotencyKey, payment: Identifier<Payment>)] = []
        for number in 0..<150 {
            let step = Step.allCases.randomElement(using: &random) ?? .wait
            do {
                switch step {
                case .pay: _ = try await till.pay(3_000, for: .subscription(id))
                case .payFromBalance: _ = try await till.pay(3_000, for: .subscription(id), by: .balance)
                case .renew: _ = try await till.owner.subscriptions.renewFromBalance(id, key: .new())
                case .give: _ = try await till.owner.subscriptions.grant(1, to: id, reason: "sorry", key: .new())
                case .giveCredit:
                    _ = try await till.owner.wallets.grant(
                        till.ugx(2_000),
                        to: till.customer.id,
                        reason: "sorry",
                        key: .new()
                    )
                case .topUp: try await till.topUp(2_500)
                case .refund:
                    let payments = try await till.owner.payments.list(PaymentFilter(), PageRequest(size: 1_000)).items
                    guard let payment = payments.randomElement(using: &random) else { break }
                    let amount = till.ugx([payment.captured.minorUnits, 700].randomElement(using: &random) ?? 1)
                    let key = IdempotencyKey.new()
                    _ = try await till.owner.payments.requestRefund(of: amount, from: payment.id, key: key)
                    refunds.append((key, payment.id))
                case .settle, .fail:
                    guard let index = refunds.indices.randomElement(using: &random) else { break }
                    let (key, payment) = refunds.remove(at: index)
                    if step == .settle {
                        _ = try await till.owner.payments.settleRefund(key, of: payment, reference: "hand")
                    } else {
                        _ = try await till.owner.payments.failRefund(key, of: payment)
                    }
                case .upgrade:
                    let other = try till.terms([1_500, 6_000].randomElement(using: &random) ?? 1_500)
                    _ = try await till.owner.subscriptions.change(
                        id,
                        to: .terms(other),
                        policy: .immediately,
                        key: .new()
                    )
                case .cancel:
                    _ = try await till.owner.subscriptions.cancel(id, immediately: true, key: .new())
                    id = try await till.order(terms).subscription.id
                case .terminate:
                    _ = try await till.owner.subscriptions.terminate(id, reason: "mast is gone", key: .new())
                    id = try await till.order(terms).subscription.id
                case .pause: _ = try await till.owner.subscriptions.pause(id)
                case .resume: _ = try await till.owner.subscriptions.resume(id)
                case .wait: till.shop.clock.advance(by: .seconds(Int64.random(in: 0...1_500_000, using: &random)))
                case .recognise:
                    try await till.shop.billing.collection.recogniseRevenue(tenant: till.shop.tenant.id)
                case .sweep: try await till.shop.billing.collection.sweepSubscriptions(tenant: till.shop.tenant.id)
                }
            } catch let error as BillingError {
                #expect([.conflict, .invalidInput].contains(error.code), "\(step): \(error)")
            }
            let balances = try await till.shop.balances()
            func sum(_ family: String) -> Int64 {
                balances.reduce(0) { $1.key.prefix { $0 != ":" } == family ? $0 + $1.value : $0 }
            }
            #expect(balances["bad-debts"] == nil, "\(number): \(step)")
            #expect(sum("deferred-subscriptions") <= 0 && sum("subscription-revenue") <= 0, "\(number): \(step)")
            #expect(sum("tax-payable") <= 0, "\(number): \(step)")
            #expect(-sum("customer-balance") - sum("refunds-payable") <= sum("safe"), "\(number): \(step) \(balances)")
        }
        _ = try await till.owner.subscriptions.cancel(id, immediately: true, key: .new())
        #expect(try await till.shop.balances()["deferred-subscriptions"] == nil)
        try await till.checkBooks()
    }
}
