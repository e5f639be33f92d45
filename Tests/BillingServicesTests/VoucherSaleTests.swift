import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Selling vouchers", .serialized)
struct VoucherSaleTests {
    @Test(arguments: Backing.allCases)
    func aSaleIsOwedUntilTheVoucherIsUsed(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let cash = Account.safe.rawValue
        let batch = try await shop.generate(3)
        #expect(try await shop.balances() == [:])

        let sale = try await shop.owner.vouchers.sell(codes: batch.vouchers.prefix(2).map(\.code), key: .new())
        #expect(sale.total == Money(minorUnits: 5_000, currency: .ugx))
        #expect(sale.vouchers.allSatisfy { $0.commercial == .sold && $0.soldAt == shop.clock.now })
        #expect(try await shop.balances() == [cash: 5_000, "deferred-vouchers": -5_000])

        try await shop.see(batch.vouchers[0].code)
        #expect(try await shop.balances() == [cash: 5_000, "deferred-vouchers": -2_500, "voucher-revenue": -2_500])
        try await shop.see(batch.vouchers[0].code)
        #expect(try await shop.balances()["voucher-revenue"] == -2_500)
    }

    @Test(arguments: Backing.allCases)
    func sellingWhatWasUsedAlreadyEarnsAtOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let batch = try await shop.generate(2)
        try await shop.see(batch.vouchers[0].code)
        #expect(try await shop.owner.reports.dashboard().usedButUnsold == 1)

        _ = try await shop.owner.vouchers.sell(batch: batch.batch.id, key: .new())
        let cash = Account.safe.rawValue
        #expect(try await shop.balances() == [cash: 5_000, "deferred-vouchers": -2_500, "voucher-revenue": -2_500])
        #expect(try await shop.owner.reports.dashboard().usedButUnsold == 0)
    }

    @Test(arguments: Backing.allCases)
    func nothingIsSoldTwice(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let batch = try await shop.generate(3)
        let codes = batch.vouchers.map(\.code)
        _ = try await shop.owner.vouchers.sell(codes: [codes[1]], key: .new())
        await expectRefusal(.conflict) { try await shop.owner.vouchers.sell(codes: codes, key: .new()) }
        #expect(try await shop.owner.vouchers.voucher(code: codes[0]).commercial == .generated)
        #expect(try await shop.balances()["deferred-vouchers"] == -2_500)

        let rest = try await shop.owner.vouchers.sell(batch: batch.batch.id, key: .new())
        #expect(rest.vouchers.map(\.code) == [codes[0], codes[2]])
        await expectRefusal(.conflict) { try await shop.owner.vouchers.sell(batch: batch.batch.id, key: .new()) }
        #expect(try await shop.balances()["deferred-vouchers"] == -7_500)
    }

    @Test(arguments: Backing.allCases)
    func theSameSaleUnderTheSameKeyIsEnteredOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let batch = try await shop.generate(3)
        let key = IdempotencyKey.new()
        let first = try await shop.owner.vouchers.sell(batch: batch.batch.id, key: key)
        let again = try await shop.owner.vouchers.sell(batch: batch.batch.id, key: key)
        #expect(again == first)
        #expect(try await shop.balances()["deferred-vouchers"] == -7_500)
    }

    @Test(arguments: Backing.allCases)
    func codesAreSoldInAnyCaseAndCountOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let code = try #require(await shop.generate(1).vouchers.first?.code)
        let sale = try await shop.owner.vouchers.sell(codes: [code.lowercased(), code], key: .new())
        #expect(sale.vouchers.map(\.code) == [code])
    }

    @Test(arguments: Backing.allCases)
    func aDisabledVoucherIsNotSold(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let batch = try await shop.generate(2)
        _ = try await shop.owner.vouchers.disable(code: batch.vouchers[0].code)
        await expectRefusal(.conflict) {
            try await shop.owner.vouchers.sell(codes: [batch.vouchers[0].code], key: .new())
        }
        let sale = try await shop.owner.vouchers.sell(batch: batch.batch.id, key: .new())
        #expect(sale.vouchers.map(\.code) == [batch.vouchers[1].code])
    }

    @Test(arguments: Backing.allCases)
    func whatIsFreeMovesNoMoney(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let terms = try VoucherTerms(validity: .seconds(60), price: .zero(.ugx))
        let made = try await shop.owner.vouchers.generate(2, terms: terms, on: shop.router.id, sold: true, key: .new())
        try await shop.see(made.vouchers[0].code)
        #expect(try await shop.balances() == [:])
        #expect(try await shop.owner.reports.ledger().items.count == 0)
    }

    @Test("refuses an empty list of codes and unknown codes", arguments: Backing.allCases)
    func unknownCodesAreRefused(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        await expectRefusal(.invalidInput, field: "codes") {
            try await shop.owner.vouchers.sell(codes: [], key: .new())
        }
        await expectRefusal(.notFound, field: "code") {
            try await shop.owner.vouchers.sell(codes: ["NOSUCHCODE22"], key: .new())
        }
    }
}
