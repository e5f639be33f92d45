import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Ways to sell vouchers")
struct SaleOptionTests {
    private func ugx(_ units: Int64) -> Money { Money(minorUnits: units, currency: .ugx) }

    @Test(arguments: Backing.allCases)
    func aQuickSaleGeneratesAndSells(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let customer = try await shop.customer("Amina")
        let options = GenerationOptions(sale: SaleOptions(customerID: customer.id), recipient: "phone:+256700000001")
        let key = IdempotencyKey.new()
        let made = try await shop.owner.vouchers.quickSale(
            2,
            of: shop.package.id,
            on: shop.router.id,
            options: options,
            key: key
        )
        #expect(
            made.vouchers.allSatisfy {
                $0.commercial == .sold && $0.customer == "Amina" && $0.soldBy == shop.owner.actor
            }
        )
        let again = try await shop.owner.vouchers.quickSale(
            2,
            of: shop.package.id,
            on: shop.router.id,
            options: options,
            key: key
        )
        #expect(again == made)
        #expect(try await shop.balances()["deferred-vouchers"] == -5_000)
        let intents = try await shop.store.read(.tenant(shop.tenant.id)) { try $0.records(Query<NotificationIntent>()) }
        #expect(intents.count == 2)
        #expect(
            intents.allSatisfy {
                $0.recipient == "phone:+256700000001" && !$0.variables.values.contains(made.vouchers[0].code)
            }
        )
    }

    @Test(arguments: Backing.allCases)
    func largerQuantitiesCostLessWhereThePackageSaysSo(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        var draft = try PackageDraft.fixture("Bulk", price: 1_000)
        draft.priceRules = [
            try PriceRule(from: 3, .discount(basisPoints: 1_000)), try PriceRule(from: 10, .unitPrice(500)),
        ]
        let package = try await shop.owner.packages.create(draft, key: .new())
        #expect(try await shop.owner.packages.price(of: 3, package.id) == ugx(2_700))
        let made = try await shop.owner.vouchers.generate(13, of: package.id, on: shop.router.id, key: .new())
        let codes = made.vouchers.map(\.code)
        let bulk = SaleOptions(usesBulkPrice: true)
        let three = try await shop.owner.vouchers.sell(codes: Array(codes.prefix(3)), options: bulk, key: .new())
        #expect(three.total == ugx(2_700))
        let ten = try await shop.owner.vouchers.sell(codes: Array(codes.dropFirst(3)), options: bulk, key: .new())
        #expect(ten.total == ugx(5_000))
        #expect(try await shop.balances()["deferred-vouchers"] == -7_700)
        // What was paid is what is earned and what is paid back.
        try await shop.see(codes[0])
        #expect(try await shop.balances()["voucher-revenue"] == -900)
        let refunded = try await shop.owner.vouchers.refund(code: codes[5], reason: "x", key: .new())
        #expect(refunded.refundedAmount == ugx(500))
        try await shop.expectSoundBooks()
    }

    @Test(arguments: Backing.allCases)
    func aLowerPriceIsBookedAsPaidAndAHigherOneRefused(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let codes = try await shop.generate(2).vouchers.map(\.code)
        for price in [ugx(2_501), ugx(-1), Money(minorUnits: 1, currency: .usd)] {
            await expectRefusal(.invalidInput, field: "unitPrice") {
                try await shop.owner.vouchers.sell(codes: codes, options: SaleOptions(unitPrice: price), key: .new())
            }
        }
        _ = try await shop.owner.vouchers.sell(codes: codes, options: SaleOptions(unitPrice: ugx(2_000)), key: .new())
        #expect(try await shop.balances()["deferred-vouchers"] == -4_000)
    }

    @Test(
        "the money goes where it was paid into",
        arguments: [
            (PaymentMethod.bankTransfer, "bank"), (.gateway("m-pesa"), "clearing:m-pesa"),
        ]
    )
    func paymentsHaveTheirAccounts(method: PaymentMethod, account: String) async throws {
        let shop = try await Shop.open(.memory)
        let code = try await shop.generate().vouchers[0].code
        let sale = try await shop.owner.vouchers.sell(
            codes: [code],
            options: SaleOptions(method: method),
            key: .new()
        )
        #expect(sale.vouchers[0].paidInto?.rawValue == account)
        #expect(try await shop.balances()[account] == 2_500)
        _ = try await shop.owner.vouchers.refund(code: code, reason: "x", key: .new())
        #expect(try await shop.balances() == [:])
    }

    @Test(arguments: Backing.allCases)
    func aBalanceIsNeverOverdrawn(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let customer = try await shop.customer()
        try await shop.credit(customer, paid: 2_000, granted: 1_000)
        let codes = try await shop.generate(2).vouchers.map(\.code)
        let options = SaleOptions(method: .balance, customerID: customer.id)
        await expectRefusal(.conflict) {
            try await shop.owner.vouchers.sell(codes: codes, options: options, key: .new())
        }
        #expect(try await shop.owner.vouchers.voucher(code: codes[0]).commercial == .generated)
        _ = try await shop.owner.vouchers.sell(codes: [codes[0]], options: options, key: .new())
        #expect(try await shop.balances()["customer-balance:\(customer.id)"] == -500)
        #expect(try await shop.balances()["customer-grant:\(customer.id)"] == nil)
        try await shop.expectSoundBooks()
    }

    @Test(arguments: Backing.allCases)
    func anAgentOnConsignmentOwesUpToTheCeiling(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let agent = try await shop.agent(.consignment(ceiling: ugx(5_000)))
        let codes = try await shop.generate(3).vouchers.map(\.code)
        let options = SaleOptions(method: .agent(agent.id))
        _ = try await shop.owner.vouchers.sell(codes: Array(codes.prefix(2)), options: options, key: .new())
        #expect(try await shop.balances()["agent-receivable:\(agent.id)"] == 5_000)
        await expectRefusal(.conflict) {
            try await shop.owner.vouchers.sell(codes: [codes[2]], options: options, key: .new())
        }
        _ = try await shop.owner.vouchers.refund(code: codes[0], reason: "returned", key: .new())
        #expect(try await shop.balances()["agent-receivable:\(agent.id)"] == 2_500)
        try await shop.expectSoundBooks()
    }

    @Test(arguments: Backing.allCases)
    func anAgentWhoPaysInAdvanceBuysAtCost(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let agent = try await shop.agent(.prepaid)
        let terms = try VoucherTerms(validity: .seconds(60), price: ugx(1_000), cost: ugx(700))
        let made = try await shop.owner.vouchers.generate(2, terms: terms, on: shop.router.id, key: .new())
        let options = SaleOptions(method: .agent(agent.id))
        await expectRefusal(.conflict) {
            try await shop.owner.vouchers.sell(batch: made.batch.id, options: options, key: .new())
        }
        let entry = try LedgerEntry(
            id: Identifier(high: 9, low: 9),
            tenant: shop.tenant.id,
            at: shop.clock.now,
            cause: "test",
            idempotencyKey: "prepayment",
            actor: .system("test"),
            postings: PostingRecipe.agentPrepayment(ugx(1_400), by: agent.id, paidInto: .bank)
        )
        try await shop.store.write(.tenant(shop.tenant.id)) { try $0.append(ledger: entry) }
        let sale = try await shop.owner.vouchers.sell(batch: made.batch.id, options: options, key: .new())
        #expect(sale.total == ugx(1_400))
        #expect(try await shop.balances() == ["bank": 1_400, "deferred-vouchers": -1_400])
    }

    @Test(arguments: Backing.allCases)
    func anothersCashIsEnteredInTheirName(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let code = try await shop.generate().vouchers[0].code
        await expectRefusal(.notFound, field: "seller") {
            let options = SaleOptions(seller: Identifier(high: 1, low: 1))
            return try await shop.owner.vouchers.sell(codes: [code], options: options, key: .new())
        }
        let cashier = try await shop.session(.cashier)
        await expectRefusal(.forbidden) {
            let options = SaleOptions(seller: Identifier(high: 1, low: 1))
            return try await cashier.vouchers.sell(codes: [code], options: options, key: .new())
        }
    }

    @Test(
        "bad options are refused by name",
        arguments: [
            (SaleOptions(method: .gateway("M Pesa")), BillingError.Code.invalidInput, "payment"),
            (SaleOptions(customer: String(repeating: "x", count: 101)), .invalidInput, "customer"),
            (SaleOptions(customerID: Identifier(high: 1, low: 1)), .notFound, "customer"),
            (SaleOptions(method: .balance, customerID: Identifier(high: 1, low: 1)), .notFound, "customer"),
            (SaleOptions(method: .agent(Identifier(high: 1, low: 1))), .notFound, "agent"),
        ]
    )
    func badOptionsAreRefused(options: SaleOptions, code: BillingError.Code, field: String) async throws {
        let shop = try await Shop.open(.memory)
        let voucher = try await shop.generate().vouchers[0].code
        await expectRefusal(code, field: field) {
            try await shop.owner.vouchers.sell(codes: [voucher], options: options, key: .new())
        }
        #expect(try await shop.balances() == [:])
    }
}

@Suite("Keeping vouchers back for a payment")
struct ReservationTests {
    @Test(arguments: Backing.allCases)
    func whatIsKeptBackIsSoldToItsPaymentAlone(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        _ = try await shop.generate(2)
        let key = IdempotencyKey.new()
        let kept = try await shop.owner.vouchers.reserve(
            of: shop.package.id,
            on: shop.router.id,
            for: "pay-1",
            key: key
        )
        #expect(kept.map(\.commercial) == [.reserved])
        let again = try await shop.owner.vouchers.reserve(
            of: shop.package.id,
            on: shop.router.id,
            for: "pay-1",
            key: key
        )
        #expect(again == kept)
        await expectRefusal(.conflict) { try await shop.owner.vouchers.sell(codes: [kept[0].code], key: .new()) }
        await expectRefusal(.conflict, field: "quantity") {
            try await shop.owner.vouchers.reserve(2, of: shop.package.id, on: shop.router.id, for: "pay-2", key: .new())
        }
        let sale = try await shop.owner.vouchers.sell(
            reservedFor: "pay-1",
            options: SaleOptions(method: .gateway("m-pesa")),
            key: .new()
        )
        #expect(sale.vouchers.map(\.id) == kept.map(\.id))
        #expect(try await shop.balances() == ["clearing:m-pesa": 2_500, "deferred-vouchers": -2_500])
        await expectRefusal(.notFound, field: "reference") {
            try await shop.owner.vouchers.sell(reservedFor: "pay-1", key: .new())
        }
    }

    @Test(arguments: Backing.allCases)
    func whatIsNotPaidInTimeIsBackInStock(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let code = try await shop.generate().vouchers[0].code
        _ = try await shop.owner.vouchers.reserve(codes: [code], for: "pay-1", key: .new())
        shop.clock.advance(by: .seconds(899))
        #expect(try await shop.billing.upkeep.run() == UpkeepSummary())
        shop.clock.advance(by: .seconds(1))
        #expect(try await shop.billing.upkeep.run().released == 1)
        #expect(try await shop.billing.upkeep.run() == UpkeepSummary())
        let voucher = try await shop.owner.vouchers.voucher(code: code)
        #expect((voucher.commercial, voucher.reservedFor) == (.generated, nil))
        _ = try await shop.owner.vouchers.sell(codes: [code], key: .new())
    }

    @Test(arguments: Backing.allCases)
    func aPaymentThatFailsGivesThemBackAtOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let codes = try await shop.generate(3).vouchers.map(\.code)
        _ = try await shop.owner.vouchers.reserve(codes: codes, for: "pay-1", key: .new())
        #expect(try await shop.owner.vouchers.release(reservedFor: "pay-1") == 3)
        await expectRefusal(.notFound, field: "reference") {
            try await shop.owner.vouchers.release(reservedFor: "pay-1")
        }
    }

    @Test func badReservationsAreRefused() async throws {
        let shop = try await Shop.open(.memory)
        let code = try await shop.generate().vouchers[0].code
        await expectRefusal(.invalidInput, field: "reference") {
            try await shop.owner.vouchers.reserve(codes: [code], for: "", key: .new())
        }
        for time in [Duration.zero, .seconds(-1), .seconds(31 * 86_400)] {
            await expectRefusal(.invalidInput, field: "lasting") {
                try await shop.owner.vouchers.reserve(codes: [code], for: "p", lasting: time, key: .new())
            }
        }
        await expectRefusal(.invalidInput, field: "quantity") {
            try await shop.owner.vouchers.reserve(0, of: shop.package.id, on: shop.router.id, for: "p", key: .new())
        }
    }

    @Test("of 100 payments that want the last voucher at once, one gets it", arguments: Backing.allCases)
    func theLastOneIsKeptBackOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        _ = try await shop.generate()
        let kept = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<100 {
                group.addTask {
                    let kept = try? await shop.owner.vouchers.reserve(
                        of: shop.package.id,
                        on: shop.router.id,
                        for: "pay-\(index)",
                        key: .new()
                    )
                    return kept != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(kept == 1)
    }
}
