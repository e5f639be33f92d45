import BillingDomain
import BillingPersistence

/// The taxes in force on a product, and whether prices include them.
struct SaleTaxes {
    let rates: [TaxRate]
    let rules: TaxRules

    /// What is asked for something of a price, and the tax in that.
    func on(_ price: Money) throws -> (asked: Money, tax: Money) { try on(price, rules) }

    /// The tax in what was asked.
    func included(in asked: Money) throws -> Money {
        try on(asked, TaxRules(pricesIncludeTax: true, rounding: rules.rounding)).tax
    }

    private func on(_ price: Money, _ rules: TaxRules) throws -> (asked: Money, tax: Money) {
        guard !rates.isEmpty else { return (price, .zero(price.currency)) }
        let line = try InvoiceLine(text: "price", unitPrice: price, taxes: rates)
        let totals = try InvoiceTotals(of: [line], rules: rules, in: price.currency)
        return (totals.total, try Money.sum(totals.taxes.map(\.amount), in: price.currency))
    }
}

extension StoreReader {
    /// The taxes in force, oldest first.
    func taxesInForce() throws -> [Tax] {
        try records(Query(Tax.Columns.endedAt.isAbsent).sorted(by: Tax.Columns.createdAt))
    }

    /// The taxes in force on a product.
    func taxes(on product: PostingRecipe.Product) throws -> SaleTaxes {
        let rates = try taxesInForce().filter { $0.products.contains(product) }.map(\.rate)
        return SaleTaxes(rates: rates, rules: TaxRules(pricesIncludeTax: try settings()[.pricesIncludeTax]))
    }
}
