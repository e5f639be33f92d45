import BillingDomain
import BillingPersistence

/// The taxes in force on a product, and whether prices include them.
struct SaleTaxes {
    let rates: [TaxRate]
    let rules: TaxRules

    /// What is asked for something of a price, and the tax in that.
    func on(_ price: Money) throws -> TaxedPrice { try on(price, rules) }

    /// The tax in what was asked.
    func included(in asked: Money) throws -> Money {
        try on(asked, TaxRules(pricesIncludeTax: true, rounding: rules.rounding)).tax
    }

    private func on(_ price: Money, _ rules: TaxRules) throws -> TaxedPrice {
        guard !rates.isEmpty else { return try TaxedPrice(asked: price) }
        let line = try InvoiceLine(text: "price", unitPrice: price, taxes: rates)
        let totals = try InvoiceTotals(of: [line], rules: rules, in: price.currency)
        return try TaxedPrice(asked: totals.total, tax: .sum(totals.taxes.map(\.amount), in: price.currency))
    }
}

extension StoreReader {
    /// The taxes in force, oldest first.
    func taxesInForce() throws -> [Tax] {
        try records(Query(Tax.Columns.endedAt.isAbsent).sorted(by: Tax.Columns.createdAt))
    }

    /// What a period of a subscription that is paid next costs.
    func nextPrice(of subscription: Subscription) throws -> TaxedPrice {
        try taxes(on: .subscription).on(subscription.nextPrice)
    }

    /// The taxes in force on a product.
    func taxes(on product: PostingRecipe.Product) throws -> SaleTaxes {
        let rates = try taxesInForce().filter { $0.products.contains(product) }.map(\.rate)
        return SaleTaxes(rates: rates, rules: TaxRules(pricesIncludeTax: try settings()[.pricesIncludeTax]))
    }
}

extension TaxedPrice {
    /// The side of an entry that says what is owed for it, and the tax.
    func credits(of product: PostingRecipe.Product) throws -> [Posting] {
        [try .credit(product.deferred, net), try .credit(.taxPayable, tax)]
    }
}
