import BillingDomain
import BillingPersistence

/// What one seller sold of one package, vouchers or periods of subscriptions, in one currency.
struct ProductSales {
    let product: PostingRecipe.Product
    let seller: BillingDomain.Actor?
    let packageName: String
    let count: Int
    let amount: Money
    /// What one costs today, where that is known and wanted.
    let unitCost: Money?

    /// What some sales cost; `nil` unless that is known of every one of them in this currency.
    static func cost(of sales: [ProductSales], in currency: Currency) -> Money? {
        var sum: Int128 = 0
        for sale in sales {
            guard let cost = sale.unitCost, cost.currency == currency else { return nil }
            sum += Int128(cost.minorUnits) * Int128(sale.count)
        }
        return Money(minorUnits: Int64(clamping: sum), currency: currency)
    }
}

extension PersistenceError {
    /// Does for people what goes past records that cannot be read: they are told, and not shown what is left.
    static func refusingDamage<Answer>(_ body: (inout PersistenceError?) throws -> Answer) throws -> Answer {
        var damage: PersistenceError?
        let answer = try body(&damage)
        if let damage { throw damage }
        return answer
    }
}

extension StoreReader {
    /// Everything that was sold in a time; what was paid back later is among it.
    func sales(_ span: Range<Timestamp>, withCosts: Bool = false) throws -> [ProductSales] {
        try PersistenceError.refusingDamage { try sales(span, withCosts: withCosts, damage: &$0) }
    }

    /// The same past records that cannot be read, of which the first error is noted.
    func sales(
        _ span: Range<Timestamp>,
        withCosts: Bool = false,
        damage: inout PersistenceError?
    ) throws -> [ProductSales] {
        let vouchers = try voucherSales(span)
        let costs = withCosts ? try packages().reduce(into: [:]) { $0[$1.id] = $1.cost } : [:]
        let batches: [VoucherBatch] = withCosts ? try find(Set(vouchers.map(\.batch))) : []
        let packages = batches.reduce(into: [:]) { $0[$1.id] = $1.package }
        func cost(_ package: Identifier<Package>?) -> Money? { package.flatMap { costs[$0] } }
        let periods = try readableSubscriptionSales(span)
        damage = damage ?? periods.damage
        return vouchers.map { sale in
            ProductSales(
                product: .voucher,
                seller: sale.seller,
                packageName: sale.packageName,
                count: sale.count,
                amount: sale.amount,
                unitCost: cost(packages[sale.batch])
            )
        }
            + periods.sales.map { sale in
                ProductSales(
                    product: .subscription,
                    seller: sale.seller,
                    packageName: sale.packageName,
                    count: sale.count,
                    amount: sale.amount,
                    unitCost: cost(sale.package)
                )
            }
    }

    /// What the sales of a time left over the cost of those whose cost is known, by currency.
    func profit(_ span: Range<Timestamp>) throws -> [Money] {
        let costed = try sales(span, withCosts: true).filter { $0.unitCost?.currency == $0.amount.currency }
        return Dictionary(grouping: PackageSales.sums(of: costed).compactMap(\.profit), by: \.currency)
            .sorted { $0.key.code < $1.key.code }
            .map { Money(cutting: $0.value, in: $0.key) }
    }
}
