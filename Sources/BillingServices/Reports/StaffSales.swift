public import BillingDomain
import BillingPersistence

/// What one seller sold of one package, in one currency.
public struct StaffSales: Hashable, Sendable, Codable {
    /// Who sold it, as in the audit trail (`staff:<id>`); `nil` where that was not written down.
    public let seller: String?
    /// Vouchers, or periods of subscriptions.
    public let product: PostingRecipe.Product
    /// The package's name when the vouchers were generated, or in the terms of the subscription.
    public let packageName: String
    /// How many vouchers or periods.
    public let count: Int
    /// What was paid for them.
    public let amount: Money

    /// Who sold it.
    public var actor: BillingDomain.Actor? { seller.flatMap { BillingDomain.Actor($0) } }

    static func sums(of sales: [ProductSales]) -> [StaffSales] {
        Dictionary(grouping: sales) { sale in
            [sale.seller?.description ?? "", sale.product.rawValue, sale.packageName, sale.amount.currency.code]
        }
        .sorted { $0.key.lexicographicallyPrecedes($1.key) }
        .compactMap { _, sales in
            guard let first = sales.first else { return nil }
            return StaffSales(
                seller: first.seller?.description,
                product: first.product,
                packageName: first.packageName,
                count: sales.reduce(0) { $0 + $1.count },
                amount: Money(cutting: sales.map(\.amount), in: first.amount.currency)
            )
        }
    }
}

extension Money {
    /// The sum of amounts of one currency; one that does not fit is the nearest that does.
    init(cutting amounts: [Money], in currency: Currency) {
        let sum = amounts.reduce(Int128(0)) { $0 + Int128($1.minorUnits) }
        self.init(minorUnits: Int64(clamping: sum), currency: currency)
    }
}
