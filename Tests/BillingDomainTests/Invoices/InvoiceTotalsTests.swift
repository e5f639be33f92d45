import BillingDomain
import TestSupport
import Testing

@Suite("The totals of an invoice")
struct InvoiceTotalsTests {
    private static let vat = Result { try TaxRate(name: "VAT", rate: Percentage(basisPoints: 1800)) }
    private static let levy = Result { try TaxRate(name: "Levy", rate: Percentage(basisPoints: 150)) }

    private func line(_ price: Int64, _ quantity: Int64 = 1, discount: Discount? = nil, taxes: [TaxRate]) throws
        -> InvoiceLine
    {
        try InvoiceLine(
            text: "x",
            quantity: quantity,
            unitPrice: Money(minorUnits: price, currency: .ugx),
            discount: discount,
            taxes: taxes
        )
    }

    @Test func exclusiveTaxIsAddedOncePerRate() throws {
        let (vat, levy) = (try Self.vat.get(), try Self.levy.get())
        let lines = [try line(1003, taxes: [vat]), try line(1003, taxes: [vat, levy])]
        let once = try InvoiceTotals(of: lines, rules: TaxRules(rounding: .perTotal), in: .ugx)
        #expect(once.taxes.map(\.amount.minorUnits) == [361, 15])
        #expect(once.taxes.map(\.base.minorUnits) == [2006, 1003])
        #expect(once.total.minorUnits == 2006 + 376)
        let each = try InvoiceTotals(of: lines, rules: TaxRules(rounding: .perLine), in: .ugx)
        #expect(each.taxes.map(\.amount.minorUnits) == [362, 15])
    }

    @Test func inclusiveTaxIsTakenOutAndThePriceStays() throws {
        let (vat, levy) = (try Self.vat.get(), try Self.levy.get())
        for rounding in TaxRules.Rounding.allCases {
            let rules = TaxRules(pricesIncludeTax: true, rounding: rounding)
            let totals = try InvoiceTotals(of: [try line(1180, taxes: [vat])], rules: rules, in: .ugx)
            #expect(totals.total.minorUnits == 1180)
            #expect(totals.net.minorUnits == 1000)
            let both = try InvoiceTotals(of: [try line(1195, taxes: [vat, levy])], rules: rules, in: .ugx)
            #expect(both.taxes.map(\.amount.minorUnits) == [180, 15])
        }
    }

    @Test func discountsNeverGoBelowZero() throws {
        let fixed = Discount.amount(Money(minorUnits: 5000, currency: .ugx))
        let lines = [
            try line(1000, 2, discount: .percentage(Percentage(basisPoints: 1000)), taxes: []),
            try line(700, discount: fixed, taxes: []),
        ]
        let totals = try InvoiceTotals(of: lines, in: .ugx)
        #expect(totals.subtotal.minorUnits == 2700)
        #expect(totals.discount.minorUnits == 900)
        #expect(totals.total.minorUnits == 1800)
        #expect(try InvoiceTotals(of: lines, discount: fixed, in: .ugx).total.isZero)
        let price = Money(minorUnits: 100, currency: .ugx)
        #expect(try Discount.percentage(Percentage(basisPoints: -5)).reduction(of: price).isZero)
        #expect(try Discount.percentage(Percentage(basisPoints: 99_999)).reduction(of: price) == price)
        #expect(throws: DomainError.self) { try Discount.amount(.zero(.usd)).reduction(of: price) }
    }

    @Test func netAndTaxesAreTheTotalWhateverTheLines() throws {
        var random = SplitMix64(seed: 18)
        let rates = [try Self.vat.get(), try Self.levy.get()]
        for _ in 0..<3000 {
            let lines = try (0..<Int.random(in: 1...6, using: &random)).map { _ in
                try line(
                    Int64.random(in: 0...100_000, using: &random),
                    Int64.random(in: 1...9, using: &random),
                    discount: Bool.random(using: &random)
                        ? .percentage(Percentage(basisPoints: Int64.random(in: 0...10_000, using: &random))) : nil,
                    taxes: Array(rates.prefix(Int.random(in: 0...2, using: &random)))
                )
            }
            let discount = Discount.amount(
                Money(minorUnits: Int64.random(in: 0...90_000, using: &random), currency: .ugx)
            )
            for rules in [
                TaxRules(), TaxRules(rounding: .perLine), TaxRules(pricesIncludeTax: true),
                TaxRules(pricesIncludeTax: true, rounding: .perLine),
            ] {
                let totals = try InvoiceTotals(of: lines, discount: discount, rules: rules, in: .ugx)
                let tax = try Money.sum(totals.taxes.map(\.amount), in: .ugx)
                #expect(try totals.net + tax == totals.total)
                let charged = try totals.subtotal - totals.discount
                #expect(charged == (rules.pricesIncludeTax ? totals.total : totals.net))
                #expect(!totals.total.isNegative && !tax.isNegative && !totals.discount.isNegative)
            }
        }
    }

    @Test func currenciesAreNotMixedAndLinesHaveMeaning() throws {
        #expect(throws: DomainError.self) { try InvoiceTotals(of: [try line(5, taxes: [])], in: .usd) }
        for body in [
            { try line(-1, taxes: []) }, { try line(1, 0, taxes: []) }, { try line(1, 1_000_001, taxes: []) },
            { try InvoiceLine(text: "", unitPrice: .zero(.ugx)) },
        ] as [() throws -> InvoiceLine] {
            #expect(throws: DomainError.self) { try body() }
        }
        #expect(throws: DomainError.self) { try TaxRate(name: "VAT", rate: Percentage(basisPoints: 10_001)) }
        #expect(throws: DomainError.self) { try TaxRate(name: "", rate: .zero) }
    }
}
