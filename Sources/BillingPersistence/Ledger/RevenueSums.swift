package import BillingDomain

/// Revenue while it is added up: every store does it with the same exact arithmetic.
///
/// A figure that is too large in the end becomes the largest there is: it must not take the other figures away.
package struct RevenueSums {
    private struct Sum {
        /// Only the last sum may be cut, so each is wider than what is added.
        var expected: Int128 = 0
        var received: Int128 = 0
        var earned: Int128 = 0
    }

    private var sums: [Currency: Sum] = [:]

    /// Begins at nothing.
    package init() {}

    /// What vouchers that were generated are to bring in.
    package mutating func expect(_ units: Int128, _ currency: Currency) {
        sums[currency, default: Sum()].expected += units
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
                expected: Money(minorUnits: Int64(clamping: sum.expected), currency: currency),
                received: Money(minorUnits: Int64(clamping: sum.received), currency: currency),
                earned: Money(minorUnits: Int64(clamping: sum.earned), currency: currency)
            )
        }
    }
}
