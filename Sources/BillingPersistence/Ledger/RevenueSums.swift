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

    /// The families whose postings count, without what one account alone makes up.
    package static let families = [
        "cash", "safe", "bank", "clearing", "gateway-fees", "owners-equity", "voucher-revenue", "breakage-revenue",
        "subscription-revenue", "deferred-subscriptions",
    ]

    /// The sum of postings to an account; only those of the ``families`` count.
    package mutating func book(_ units: Int128, _ currency: Currency, to account: Account) {
        switch account.family {
        // What a gateway kept was received; what the owner brought was not.
        case "cash", "safe", "bank", "clearing", "gateway-fees", "owners-equity":
            sums[currency, default: Sum()].received += units
        case "voucher-revenue", "breakage-revenue": sums[currency, default: Sum()].earned -= units
        // What is charged is held first; earning it moves it between these two and charges nothing new.
        case "deferred-subscriptions": sums[currency, default: Sum()].expected -= units
        case "subscription-revenue":
            sums[currency, default: Sum()].expected -= units
            sums[currency, default: Sum()].earned -= units
        default: break
        }
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
