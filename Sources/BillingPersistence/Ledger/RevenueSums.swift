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
    package static let families: [(family: String, isReceived: Bool)] = [
        ("cash", true), ("safe", true), ("bank", true), ("clearing", true),
        // What a gateway kept was received; what the owner brought was not.
        ("gateway-fees", true), ("owners-equity", true),
        ("voucher-revenue", false), ("subscription-revenue", false), ("breakage-revenue", false),
    ]

    /// The sum of postings to an account; only those of the ``families`` count.
    package mutating func book(_ units: Int128, _ currency: Currency, to account: Account) {
        guard let kind = Self.families.first(where: { $0.family == account.family }) else { return }
        if kind.isReceived {
            sums[currency, default: Sum()].received += units
        } else {
            sums[currency, default: Sum()].earned -= units
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
