package import BillingDomain

/// Revenue while it is added up: every store does it with the same exact arithmetic.
///
/// A figure that is too large in the end becomes the largest there is: it must not take the other figures away.
package struct RevenueSums {
    private struct Sum {
        /// Never negative, so it can stop at the largest at any time.
        var expected: Int64 = 0
        /// Postings have either sign: only their sum may be cut, so it is wider than any of them.
        var received: Int128 = 0
        var earned: Int128 = 0
    }

    private var sums: [Currency: Sum] = [:]

    /// Begins at nothing.
    package init() {}

    /// A number of batches of as many vouchers each, which were generated at a price.
    package mutating func expect(_ quantity: Int, at price: Money, batches: Int = 1) {
        let vouchers = Int64(clamping: Int128(quantity) * Int128(batches))
        let units = Int64(clamping: Int128(vouchers) * Int128(price.minorUnits))
        let sum = sums[price.currency]?.expected ?? 0
        sums[price.currency, default: Sum()].expected = Int64(clamping: Int128(sum) + Int128(units))
    }

    /// The sum of postings to an account; only those of cash and revenue count.
    package mutating func book(_ units: Int128, _ currency: Currency, to account: Account) {
        if account.isCash { sums[currency, default: Sum()].received += units }
        if account == .voucherRevenue { sums[currency, default: Sum()].earned -= units }
    }

    /// The sums so far, by currency.
    package var figures: [RevenueFigures] {
        sums.sorted { $0.key.code < $1.key.code }.map { currency, sum in
            RevenueFigures(
                expected: Money(minorUnits: sum.expected, currency: currency),
                received: Money(minorUnits: Int64(clamping: sum.received), currency: currency),
                earned: Money(minorUnits: Int64(clamping: sum.earned), currency: currency)
            )
        }
    }
}
