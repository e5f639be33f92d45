import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Taxes")
struct TaxServiceTests {
    private func ugx(_ units: Int64) -> Money { Money(minorUnits: units, currency: .ugx) }

    private func vat(_ basisPoints: Int64 = 1_800) throws -> TaxRate {
        try TaxRate(name: "VAT", rate: Percentage(basisPoints: basisPoints))
    }

    @Test("a tax is entered once under a name, changed, and ended for good", arguments: Backing.allCases)
    func aTaxFromItsMakingToItsEnd(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let taxes = shop.owner.taxes
        let key = IdempotencyKey.new()
        let tax = try await taxes.add(vat(), on: [.voucher], key: key)
        #expect(try await taxes.add(vat(), on: [.voucher], key: key) == tax)
        await expectRefusal(.duplicate, field: "name") { try await taxes.add(vat(500), on: [], key: .new()) }
        let changed = try await taxes.update(tax.id, vat(1_600), on: [.voucher, .subscription])
        #expect(try await taxes.list() == [changed])
        #expect(changed.rate == (try vat(1_600)))
        let ended = try await taxes.end(tax.id)
        #expect(try await taxes.list().isEmpty)
        #expect(try await taxes.list(includingEnded: true) == [ended])
        await expectRefusal(.conflict) { try await taxes.update(tax.id, vat(), on: []) }
        await expectRefusal(.notFound) { try await taxes.end(Identifier(high: 1, low: 1)) }
        _ = try await taxes.add(vat(), on: [], key: .new())
        let actions = try await shop.owner.audit.entries().items.map(\.action).filter { $0.hasPrefix("tax.") }
        #expect(actions == ["tax.add", "tax.end", "tax.update", "tax.add"])
    }

    @Test("a price includes its tax, which is owed to the authority and never earned", arguments: Backing.allCases)
    func includedTax(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        _ = try await shop.owner.taxes.add(vat(), on: [.voucher], key: .new())
        let cash = Account.safe.rawValue
        let codes = try await shop.generate(3, sold: true).vouchers.map(\.code)
        // Of 2 500, 381 are tax: 18 parts of 118.
        #expect(try await shop.balances() == [cash: 7_500, "deferred-vouchers": -6_357, "tax-payable": -1_143])
        try await shop.see(codes[0])
        #expect(try await shop.balances()["voucher-revenue"] == -2_119)
        let refunded = try await shop.owner.vouchers.refund(code: codes[1], reason: "asked", key: .new())
        #expect(refunded.refundedAmount == ugx(2_500))
        let after = try await shop.balances()
        #expect(after["tax-payable"] == -762)
        #expect(after["deferred-vouchers"] == -2_119)
        let day = DateRange(from: LocalDate(shop.clock.now), days: 1)
        #expect(try await shop.owner.reports.reconciliation(day).differences == [])
    }

    @Test("where prices are without tax it is asked on top", arguments: Backing.allCases)
    func taxOnTop(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let shop = till.shop
        _ = try await shop.owner.settings.set(.pricesIncludeTax, to: false)
        _ = try await shop.owner.taxes.add(vat(), on: [.voucher], key: .new())
        let batch = try await shop.generate(2)
        let sale = try await shop.owner.vouchers.sell(codes: [batch.vouchers[0].code], key: .new())
        #expect(sale.total == ugx(2_950))
        func draft(_ price: Int64) -> PaymentDraft {
            PaymentDraft(
                customer: till.customer.id,
                method: .cash,
                price: ugx(price),
                purpose: .voucher(batch.vouchers[1].id)
            )
        }
        await expectRefusal(.invalidInput, field: "price") {
            try await shop.owner.payments.take(draft(2_500), key: .new())
        }
        _ = try await shop.owner.payments.take(draft(2_950), key: .new())
        let balances = try await shop.balances()
        #expect(balances["tax-payable"] == -900)
        #expect(balances["deferred-vouchers"] == -5_000)
        _ = try await shop.owner.ledger.payTax(ugx(900), reference: "March", key: .new())
        #expect(try await shop.balances()["tax-payable"] == nil)
    }

    @Test("more of a voucher is taxed too, and lapses without its tax", arguments: Backing.allCases)
    func extensions(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        _ = try await shop.owner.taxes.add(vat(), on: [.voucher], key: .new())
        var draft = try PackageDraft.fixture("Begin soon")
        draft.terms = try VoucherTerms(
            validity: .seconds(3_600),
            deadlines: VoucherDeadlines(activateAfterCreation: .seconds(86_400)),
            price: ugx(1_180)
        )
        let package = try await shop.owner.packages.create(draft, key: .new())
        let code = try await shop.owner.vouchers.generate(
            1,
            of: package.id,
            on: shop.router.id,
            sold: true,
            key: .new()
        )
        .vouchers[0].code
        let more = try VoucherGrant(time: .elapsed(.seconds(86_400)))
        _ = try await shop.owner.vouchers.extend(code: code, by: more, price: ugx(590), cause: "asked", key: .new())
        let days = DateRange(from: LocalDate(shop.clock.now), days: 5)
        #expect(try await shop.balances()["tax-payable"] == -270)
        #expect(try await shop.owner.reports.reconciliation(days).differences == [])
        shop.clock.advance(by: .seconds(3 * 86_400))
        _ = try await shop.billing.upkeep.run()
        let balances = try await shop.balances()
        #expect((balances["breakage-revenue"], balances["deferred-vouchers"]) == (-1_500, nil))
        #expect(try await shop.owner.reports.reconciliation(days).differences == [])
    }
}
