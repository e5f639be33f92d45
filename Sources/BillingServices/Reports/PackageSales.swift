public import BillingDomain
import BillingPersistence

/// What was sold of one package, in one currency.
public struct PackageSales: Hashable, Sendable, Codable {
    /// The package's name when the vouchers were generated.
    public let packageName: String
    /// How many vouchers.
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

    /// Sums by package, the most popular first; `costs` are those of one voucher by batch.
    static func sums(of sales: [VoucherSales], costs: [Identifier<VoucherBatch>: Money] = [:]) -> [PackageSales] {
        let sums = Dictionary(grouping: sales) { [$0.packageName, $0.amount.currency.code] }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .compactMap { _, sales -> PackageSales? in
                guard let first = sales.first else { return nil }
                let currency = first.amount.currency
                return PackageSales(
                    packageName: first.packageName,
                    count: sales.reduce(0) { $0 + $1.count },
                    amount: Money(cutting: sales.map(\.amount), in: currency),
                    cost: cost(of: sales, costs, in: currency)
                )
            }
        // Sorting is not promised to be stable.
        return sums.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
            .map(\.element)
    }

    private static func cost(
        of sales: [VoucherSales],
        _ costs: [Identifier<VoucherBatch>: Money],
        in currency: Currency
    ) -> Money? {
        var sum: Int128 = 0
        for sale in sales {
            guard let cost = costs[sale.batch], cost.currency == currency else { return nil }
            sum += Int128(cost.minorUnits) * Int128(sale.count)
        }
        return Money(minorUnits: Int64(clamping: sum), currency: currency)
    }
}

extension StoreReader {
    /// What the sales of a period left over the cost of those whose cost is known, by currency.
    func profit(_ span: Range<Timestamp>) throws -> [Money] {
        let sales = try voucherSales(span)
        let known = try costs(of: Set(sales.map(\.batch)))
        let costed = sales.filter { known[$0.batch]?.currency == $0.amount.currency }
        return Dictionary(grouping: PackageSales.sums(of: costed, costs: known).compactMap(\.profit), by: \.currency)
            .sorted { $0.key.code < $1.key.code }
            .map { Money(cutting: $0.value, in: $0.key) }
    }

    /// What one voucher of each batch costs today, where that is known.
    func costs(of batches: Set<Identifier<VoucherBatch>>) throws -> [Identifier<VoucherBatch>: Money] {
        let costs = Dictionary(try packages().map { ($0.id, $0.cost) }) { first, _ in first }
        let found: [VoucherBatch] = try find(batches)
        return Dictionary(
            found.compactMap { batch in
                batch.package.flatMap { costs[$0] ?? nil }.map { (batch.id, $0) }
            }
        ) { first, _ in first }
    }
}
