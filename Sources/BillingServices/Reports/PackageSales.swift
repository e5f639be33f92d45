public import BillingDomain
import BillingPersistence

/// What was sold of one package, in one currency.
public struct PackageSales: Hashable, Sendable, Codable {
    /// Vouchers, or periods of subscriptions.
    public let product: PostingRecipe.Product
    /// The package's name when the vouchers were generated, or in the terms of the subscription.
    public let packageName: String
    /// How many vouchers or periods.
    public let count: Int
    /// What was paid for them.
    public let amount: Money
    /// What they cost, at today's cost of their packages; `nil` unless that is known of every one of them in this
    /// currency, and where the reader may not see costs.
    public let cost: Money?

    /// What was paid less what it cost.
    public var profit: Money? {
        cost.map {
            Money(minorUnits: Int64(clamping: Int128(amount.minorUnits) - Int128($0.minorUnits)), currency: $0.currency)
        }
    }

    /// Sums by package, the most popular first.
    static func sums(of sales: [ProductSales]) -> [PackageSales] {
        let sums = Dictionary(grouping: sales) { [$0.product.rawValue, $0.packageName, $0.amount.currency.code] }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .compactMap { _, sales -> PackageSales? in
                guard let first = sales.first else { return nil }
                let currency = first.amount.currency
                return PackageSales(
                    product: first.product,
                    packageName: first.packageName,
                    count: sales.reduce(0) { $0 + $1.count },
                    amount: Money(cutting: sales.map(\.amount), in: currency),
                    cost: ProductSales.cost(of: sales, in: currency)
                )
            }
        // Sorting is not promised to be stable.
        return sums.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
            .map(\.element)
    }
}
