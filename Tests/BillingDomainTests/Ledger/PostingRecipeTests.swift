import BillingDomain
import TestSupport
import Testing

/// Any amount of one currency, from nothing to a great deal.
private func amount(_ random: inout SplitMix64, in currency: Currency = .ugx) -> Money {
    let digits = random.next() % 16
    var most: UInt64 = 1
    for _ in 0..<digits { most *= 10 }
    return Money(minorUnits: Int64(random.next() % most), currency: currency)
}

/// An event of the business and how it is booked with random amounts.
struct BookedEvent: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let post: @Sendable (inout SplitMix64) throws -> [Posting]

    init(_ name: String, _ post: @escaping @Sendable (inout SplitMix64) throws -> [Posting]) {
        testDescription = name
        self.post = post
    }

    static let customer: Identifier<Customer> = Samples.id(5)
    static let agent: Identifier<Agent> = Samples.id(6)
    static let cashier: Identifier<Staff> = Samples.id(1)

    static func sale(_ random: inout SplitMix64) throws -> SaleAmounts {
        let price = amount(&random)
        let discount = Money(minorUnits: price.minorUnits / Int64(1 + random.next() % 9), currency: .ugx)
        let due = try price - discount
        let tax = Money(minorUnits: due.minorUnits / Int64(1 + random.next() % 9), currency: .ugx)
        return try SaleAmounts(price: price, discount: discount, tax: tax)
    }

    static let payers: [Account] = [
        .cash(cashier), .safe, .bank, .gatewayClearing("mpesa"), .customerBalance(customer),
        .customerGrant(customer), .receivable(customer), .agentReceivable(agent), .agentCredit(agent),
    ]

    static let all: [BookedEvent] =
        payers.flatMap { payer in
            PostingRecipe.Product.allCases.map { product in
                BookedEvent("sale of a \(product) into \(payer.family)") {
                    try PostingRecipe.sale(sale(&$0), paidInto: payer, of: product, isUsed: $0.next() % 2 == 0)
                }
            }
        } + [
            BookedEvent("first use") { try PostingRecipe.recognition(amount(&$0)) },
            BookedEvent("recognition") { try PostingRecipe.recognition(amount(&$0), of: .subscription) },
            BookedEvent("breakage") { try PostingRecipe.breakage(amount(&$0)) },
            BookedEvent("sale in coins") {
                try PostingRecipe.inCoins(PostingRecipe.sale(sale(&$0), paidInto: .cash(cashier)), .nearest)
            },
            BookedEvent("cost") { try PostingRecipe.cost(amount(&$0)) },
            BookedEvent("fee") { try PostingRecipe.fee(amount(&$0), keptFrom: .bank) },
            BookedEvent("payout") { try PostingRecipe.payout(amount(&$0), from: "mpesa") },
            BookedEvent("charge") { try PostingRecipe.charge(amount(&$0), to: customer) },
            BookedEvent("grant") { try PostingRecipe.grant(amount(&$0), to: customer) },
            BookedEvent("bad debt") { try PostingRecipe.badDebt(amount(&$0), of: customer) },
            BookedEvent("refund payment") { try PostingRecipe.refundPayment(amount(&$0), from: .bank) },
            BookedEvent("transfer") {
                try PostingRecipe.transfer(amount(&$0), from: customer, to: Samples.id(8, Customer.self))
            },
            BookedEvent("tax payment") { try PostingRecipe.taxPayment(amount(&$0)) },
            BookedEvent("conversion") {
                try PostingRecipe.conversion(amount(&$0), from: .bank, into: amount(&$0, in: .usd), to: .safe)
            },
            BookedEvent("float") { try PostingRecipe.openingFloat(amount(&$0), to: cashier) },
            BookedEvent("hand-over") { try PostingRecipe.handOver(amount(&$0), from: cashier) },
            BookedEvent("cash in") { try PostingRecipe.cashIn(amount(&$0), to: cashier, from: .ownersEquity) },
            BookedEvent("cash out") { try PostingRecipe.cashOut(amount(&$0), from: cashier, for: .costOfSales) },
            BookedEvent("over") { try PostingRecipe.overShort(amount(&$0), of: cashier) },
            BookedEvent("short") { try PostingRecipe.overShort(amount(&$0).negated(), of: cashier) },
            BookedEvent("commission") { try PostingRecipe.commission(amount(&$0), of: .agent(agent)) },
            BookedEvent("commission back") { try PostingRecipe.commissionReversal(amount(&$0), of: .agent(agent)) },
            BookedEvent("commission paid") {
                try PostingRecipe.commissionPayment(amount(&$0), to: .agent(agent), from: .bank)
            },
            BookedEvent("prepayment") { try PostingRecipe.agentPrepayment(amount(&$0), by: agent, paidInto: .bank) },
            BookedEvent("agent payout") {
                try PostingRecipe.agentPayout(amount(&$0), of: .agentCredit(agent), from: .safe)
            },
            BookedEvent("agent's settlement") {
                try PostingRecipe.agentSettlement(amount(&$0), by: agent, paidInto: .bank)
            },
        ]
}

@Suite("Posting recipes")
struct PostingRecipeTests {
    @Test("the postings of every event sum to zero in every currency", arguments: BookedEvent.all)
    func everyEventBalances(event: BookedEvent) throws {
        var random = SplitMix64(seed: 7)
        for _ in 0..<300 {
            let postings = try event.post(&random)
            #expect(postings == (try PostingRecipe.tidy(postings)))
            #expect(postings.allSatisfy { $0.account.accountClass != nil })
            guard !postings.isEmpty else { continue }
            let entry = try LedgerEntry(
                id: Samples.id(1),
                tenant: Samples.id(1),
                at: Samples.start,
                cause: "test",
                idempotencyKey: "k",
                actor: .system("test"),
                postings: postings
            )
            let back = try entry.reversal(id: Samples.id(2), at: Samples.start, actor: .system("test"))
            #expect(try PostingRecipe.tidy(entry.postings + back.postings).isEmpty)
        }
    }

    private func units(_ postings: [Posting]) -> [String: Int64] {
        Dictionary(uniqueKeysWithValues: postings.map { ($0.account.family, $0.amount.minorUnits) })
    }

    private func ugx(_ units: Int64) -> Money { Money(minorUnits: units, currency: .ugx) }

    @Test func aSaleSaysWhatWasPaidLetOffTaxedAndRounded() throws {
        let amounts = try SaleAmounts(price: ugx(2500), discount: ugx(270), tax: ugx(340))
        let sale = try PostingRecipe.sale(amounts, paidInto: .cash(BookedEvent.cashier))
        var expected: [String: Int64] = [
            "cash": 2230, "discounts": 270, "tax-payable": -340, "deferred-vouchers": -2160,
        ]
        #expect(units(sale) == expected)
        #expect(try PostingRecipe.inCoins(sale, .none) == sale)
        expected["cash"] = 2250
        expected["rounding"] = -20
        #expect(units(try PostingRecipe.inCoins(sale, .nearest)) == expected)
        #expect(units(try PostingRecipe.inCoins(sale, .up)) == expected)
        expected["cash"] = 2200
        expected["rounding"] = 30
        #expect(units(try PostingRecipe.inCoins(sale, .down)) == expected)
        // Nobody is paid more than they are owed, and only cash is rounded: that in the safe too.
        for rounding in [CashRounding.nearest, .up, .down] {
            let back = try PostingRecipe.inCoins(PostingRecipe.reversed(sale), rounding)
            #expect(units(back)["cash"] == -2200 && units(back)["rounding"] == -30)
        }
        let kept = try PostingRecipe.inCoins(PostingRecipe.sale(amounts, paidInto: .safe), .up)
        #expect(units(kept)["safe"] == 2250 && units(kept)["rounding"] == -20)
        let wired = try PostingRecipe.sale(amounts, paidInto: .bank)
        #expect(try PostingRecipe.inCoins(wired, .up) == wired)
    }

    @Test func whatIsFreeMovesNothing() throws {
        #expect(try PostingRecipe.sale(SaleAmounts(price: ugx(0)), paidInto: .bank).isEmpty)
        #expect(try PostingRecipe.fee(ugx(0), keptFrom: .bank).isEmpty)
    }

    @Test func amountsThatCannotBeAreRefused() {
        #expect(throws: DomainError.self) { try PostingRecipe.fee(ugx(-1), keptFrom: .bank) }
        #expect(throws: DomainError.self) { try SaleAmounts(price: ugx(-1)) }
        #expect(throws: DomainError.self) { try SaleAmounts(price: ugx(10), discount: ugx(11)) }
        #expect(throws: DomainError.self) { try SaleAmounts(price: ugx(10), discount: ugx(5), tax: ugx(6)) }
        #expect(throws: DomainError.self) { try SaleAmounts(price: ugx(10), discount: .zero(.usd)) }
        #expect(throws: DomainError.self) { try PostingRecipe.conversion(ugx(1), from: .bank, into: ugx(1), to: .safe) }
    }

    @Test func aFullRefundLeavesNothingOfTheSale() throws {
        var random = SplitMix64(seed: 11)
        for _ in 0..<500 {
            let amounts = try BookedEvent.sale(&random)
            var postings = try PostingRecipe.sale(amounts, paidInto: .bank, isUsed: random.next() % 2 == 0)
            if random.next() % 2 == 0 {
                let deferred = -(postings.first { $0.account == .deferredVouchers }?.amount.minorUnits ?? 0)
                postings += try PostingRecipe.recognition(ugx(deferred / 3))
            }
            let position = try SalePosition(of: postings, in: .ugx)
            let all = try position.refundable()
            #expect(all == amounts.due)
            guard !all.isZero else { continue }
            postings += try position.refund(all, from: .bank)
            #expect(try PostingRecipe.tidy(postings).isEmpty)
        }
    }

    @Test func partialRefundsReverseNeverMoreThanThereIsAndEndInNothing() throws {
        var random = SplitMix64(seed: 13)
        for _ in 0..<300 {
            var postings = try PostingRecipe.sale(BookedEvent.sale(&random), paidInto: .bank)
            // What was let off wholly brings nothing back; its entry is reversed instead.
            guard try !SalePosition(of: postings, in: .ugx).refundable().isZero else { continue }
            for _ in 0..<20 {
                let position = try SalePosition(of: postings, in: .ugx)
                let left = try position.refundable().minorUnits
                guard left > 0 else { break }
                let part = random.next() % 4 == 0 ? left : Int64(1 + random.next() % UInt64(left))
                let refund = try position.refund(ugx(part), from: .bank)
                #expect(refund.first { $0.account == .bank }?.amount.minorUnits == -part)
                postings += refund
                for now in try SalePosition(of: postings, in: .ugx).parts {
                    let before = position.parts.first { $0.account == now.account }?.amount.minorUnits ?? 0
                    #expect(
                        before < 0
                            ? (before...0).contains(now.amount.minorUnits)
                            : (0...before).contains(now.amount.minorUnits)
                    )
                }
                #expect(throws: DomainError.self) { try position.refund(ugx(left + 1), from: .bank) }
            }
            let last = try SalePosition(of: postings, in: .ugx)
            if try last.refundable().isZero { #expect(last.parts.isEmpty) }
        }
    }

    @Test func whatIsForfeitedBecomesBreakage() throws {
        let sale = try PostingRecipe.sale(SaleAmounts(price: ugx(1000)), paidInto: .bank)
        let refund = try SalePosition(of: sale, in: .ugx).refund(ugx(400), from: .bank, forfeitsRest: true)
        #expect(units(refund) == ["bank": -400, "deferred-vouchers": 1000, "breakage-revenue": -600])
        let after = try SalePosition(of: sale + refund, in: .ugx)
        #expect(try after.refundable().isZero)
        #expect(throws: DomainError.self) { try after.refund(ugx(1), from: .bank) }
        #expect(throws: DomainError.self) { try SalePosition(of: sale, in: .ugx).refund(ugx(0), from: .bank) }
    }

    @Test func theBooksOfARandomRunSumToZeroAndNoBalanceFallsBelowIt() throws {
        var random = SplitMix64(seed: 17)
        var books = TrialBalance()
        var refused = 0
        for _ in 0..<5000 {
            let event = BookedEvent.all[Int(random.next() % UInt64(BookedEvent.all.count))]
            let postings = try event.post(&random)
            let before = books
            do {
                try books.apply(postings)
            } catch {
                #expect(error.code == .insufficientFunds)
                #expect(books == before)
                refused += 1
            }
            for line in books.lines(in: .ugx) where line.account.refusesOverdraft {
                #expect(line.amount.minorUnits < 0)
            }
        }
        #expect(refused > 20)
        for currency in [Currency.ugx, .usd] {
            #expect(try books.total(in: currency).isZero)
            let classes = try AccountClass.allCases.map { try books.total(of: $0, in: currency).minorUnits }
            #expect(classes.reduce(0, +) == 0)
        }
    }

    @Test func everyAccountIsInThePlanOnItsSide() {
        #expect(Account.cash(Samples.id(1)).accountClass == .asset)
        #expect(Account.deferredVouchers.accountClass?.normalSide == .credit)
        #expect(Account.discounts.accountClass?.normalSide == .debit)
        #expect(Account(rawValue: "piggy-bank").accountClass == nil)
        #expect(Account.customerBalance(BookedEvent.customer).refusesOverdraft)
        #expect(!Account.bank.refusesOverdraft)
    }

    @Test func aReversalIsNotReversed() throws {
        let entry = try LedgerEntry(
            id: Samples.id(1),
            tenant: Samples.id(1),
            at: Samples.start,
            cause: "fee",
            idempotencyKey: "k",
            actor: .system("test"),
            postings: PostingRecipe.fee(ugx(5), keptFrom: .bank)
        )
        let back = try entry.reversal(id: Samples.id(2), at: Samples.start, actor: .system("test"))
        #expect(back.idempotencyKey == "reversal:\(entry.id)")
        let error = #expect(throws: DomainError.self) {
            try back.reversal(id: Samples.id(3), at: Samples.start, actor: .system("test"))
        }
        #expect(error?.code == .illegalMove)
    }

    @Test func straightLineRevenueGrowsAndEndsWithAllOfIt() throws {
        let end = Samples.start + .seconds(30 * 86_400)
        let line = try StraightLineRecognition(ugx(1_000_003), from: Samples.start, until: end)
        var recognised = ugx(0)
        for day in -1...31 {
            let now = Samples.start + .seconds(Int64(day) * 86_400)
            let due = try line.due(at: now, recognised: recognised)
            #expect(!due.isNegative)
            recognised = try recognised + due
            #expect(recognised == line.earned(at: now))
        }
        #expect(recognised == ugx(1_000_003))
        #expect(line.earned(at: Samples.start + .seconds(15 * 86_400)) == ugx(500_001))
        let most = try StraightLineRecognition(
            ugx(.max),
            from: Timestamp(microsecondsSince1970: .min),
            until: Timestamp(microsecondsSince1970: .max)
        )
        #expect(most.earned(at: Timestamp(microsecondsSince1970: 0)).minorUnits > .max / 2 - 2)
        #expect(try StraightLineRecognition(ugx(5), from: end, until: Samples.start).earned(at: end) == ugx(5))
    }
}
