/// What the lines of an invoice come to.
///
/// Always: net and taxes are the total, and without included taxes the subtotal less the discount is the net.
public struct InvoiceTotals: Hashable, Sendable {
    /// What one tax comes to.
    public struct Tax: Hashable, Sendable {
        /// The tax.
        public let rate: TaxRate

        /// What it is due on, without tax.
        public let base: Money

        /// What is due.
        public let amount: Money
    }

    /// The lines before any discount, as they are priced.
    public let subtotal: Money

    /// What is taken off, line discounts and that on the whole together.
    public let discount: Money

    /// What is left of the lines, without tax.
    public let net: Money

    /// What each line is of the net, in proportion to what is charged for them.
    public let shares: [Money]

    /// The taxes, in the order in which the lines name them.
    public let taxes: [Tax]

    /// What is to be paid.
    public let total: Money

    /// Works out lines and a discount on their sum, which is shared among them in proportion.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/currencyMismatch`` for lines of several currencies, with
    ///   ``DomainError/Code/overflow`` for sums that do not fit.
    public init(
        of lines: [InvoiceLine],
        discount: Discount? = nil,
        rules: TaxRules = TaxRules(),
        in currency: Currency
    ) throws(DomainError) {
        let zero = Money.zero(currency)
        var subtotal = zero
        var amounts: [Money] = []
        for line in lines {
            let price = try line.unitPrice * line.quantity
            subtotal = try subtotal + price
            amounts.append(try price - (line.discount?.reduction(of: price) ?? .zero(price.currency)))
        }
        let priced = try Money.sum(amounts, in: currency)
        let reduction = try discount?.reduction(of: priced) ?? zero
        if !reduction.isZero {
            let shares = try reduction.allocate(by: amounts.map(\.minorUnits))
            for index in amounts.indices { amounts[index] = try amounts[index] - shares[index] }
        }
        let charged = try priced - reduction
        var book = TaxBook(currency: currency, rules: rules)
        for (line, amount) in zip(lines, amounts) { try book.add(amount, taxes: line.taxes) }
        taxes = try book.close()
        let tax = try Money.sum(taxes.map(\.amount), in: currency)
        self.subtotal = subtotal
        self.discount = try subtotal - charged
        net = rules.pricesIncludeTax ? try charged - tax : charged
        total = rules.pricesIncludeTax ? charged : try charged + tax
        shares =
            try charged.isZero ? lines.map { _ in zero } : net.allocate(by: amounts.map(\.minorUnits))
    }
}

/// Gathers what each tax is due on.
private struct TaxBook {
    let currency: Currency
    let rules: TaxRules
    private var order: [TaxRate] = []
    private var amounts: [TaxRate: Money] = [:]
    private var bases: [TaxRate: Money] = [:]
    private var groups: [(taxes: [TaxRate], amount: Money)] = []

    init(currency: Currency, rules: TaxRules) {
        self.currency = currency
        self.rules = rules
    }

    mutating func add(_ amount: Money, taxes: [TaxRate]) throws(DomainError) {
        for tax in taxes where !order.contains(tax) { order.append(tax) }
        if rules.rounding == .perTotal, let index = groups.firstIndex(where: { $0.taxes == taxes }) {
            groups[index].amount = try groups[index].amount + amount
        } else {
            groups.append((taxes, amount))
        }
    }

    mutating func close() throws(DomainError) -> [InvoiceTotals.Tax] {
        for (taxes, amount) in groups where !taxes.isEmpty {
            if rules.pricesIncludeTax {
                try include(taxes, in: amount)
            } else {
                for tax in taxes {
                    bases[tax] = try (bases[tax] ?? .zero(currency)) + amount
                    guard rules.rounding == .perLine else { continue }
                    amounts[tax] = try (amounts[tax] ?? .zero(currency)) + amount.portion(tax.rate)
                }
            }
        }
        var result: [InvoiceTotals.Tax] = []
        for tax in order {
            let base = bases[tax] ?? .zero(currency)
            let isDueOnSum = rules.rounding == .perTotal && !rules.pricesIncludeTax
            let amount = isDueOnSum ? try base.portion(tax.rate) : amounts[tax] ?? .zero(currency)
            result.append(InvoiceTotals.Tax(rate: tax, base: base, amount: amount))
        }
        return result
    }

    /// Takes the taxes out of an amount that includes them; net and taxes are the amount.
    private mutating func include(_ taxes: [TaxRate], in amount: Money) throws(DomainError) {
        let points = taxes.reduce(Int64(0)) { $0.saturatingAdding($1.rate.basisPoints) }
        let net = try amount.fraction(10_000, of: points.saturatingAdding(10_000))
        let due = try amount - net
        let shares = try points > 0 ? due.allocate(by: taxes.map(\.rate.basisPoints)) : taxes.map { _ in due }
        for (tax, share) in zip(taxes, shares) {
            bases[tax] = try (bases[tax] ?? .zero(currency)) + net
            amounts[tax] = try (amounts[tax] ?? .zero(currency)) + share
        }
    }
}
