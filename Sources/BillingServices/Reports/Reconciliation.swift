public import BillingDomain
public import BillingPersistence

/// The books of some days compared with what vouchers, drawers, gateways and banks say.
public struct Reconciliation: Hashable, Sendable {
    /// What is compared.
    public enum Subject: Hashable, Sendable {
        /// What was paid for vouchers and for more of them in these days: the books against the vouchers that say they
        /// were sold or extended.
        case sales
        /// What is owed to the holders of vouchers that are sold and unused, now: the books against those vouchers.
        case unusedVouchers
        /// What an account held at the end of these days: the books against what was counted or what a statement says.
        case account(Account)
    }

    /// One comparison in one currency.
    public struct Line: Hashable, Sendable {
        /// What is compared.
        public let subject: Subject
        /// What the books say.
        public let books: Money
        /// What the other side says.
        public let other: Money

        /// How much more the other side has.
        public var difference: Money {
            Money(
                minorUnits: Int64(clamping: Int128(other.minorUnits) - Int128(books.minorUnits)),
                currency: books.currency
            )
        }
    }

    /// The days.
    public let days: DateRange
    /// How many vouchers were ordered, generated, sold, first used and paid back in these days.
    public let vouchers: VoucherFlow
    /// Vouchers that were used although nobody entered their sale, at any time.
    public let usedButUnsold: Int
    /// Every comparison that was made.
    public let lines: [Line]

    /// Where both sides differ.
    public var differences: [Line] { lines.filter { !$0.difference.isZero } }

    /// Whether there is nothing to look into.
    public var isClean: Bool { differences.isEmpty && usedButUnsold == 0 && vouchers.ordered == vouchers.generated }
}

extension Reconciliation {
    init(
        _ days: DateRange,
        stated: [Account: [Money]],
        _ calendar: TenantCalendar,
        in store: any StoreReader
    ) throws {
        let span = calendar.instants(of: days)
        let sold = try store.voucherSales(span).map(\.amount) + store.extensionSales(span)
        let owed = try store.balances().filter { $0.account == .deferredVouchers }.map { try $0.balance.negated() }
        var lines = Self.lines(.sales, books: try store.bookedSales(of: .voucher, span), other: sold)
        lines += Self.lines(.unusedVouchers, books: owed, other: try store.owedToHolders())
        for (account, amounts) in stated.sorted(by: { $0.key < $1.key }) {
            // Only the currencies that somebody looked at are compared.
            let currencies = Set(amounts.map(\.currency))
            let books = try store.balances(of: account, before: span.upperBound)
            lines += Self.lines(
                .account(account),
                books: books.filter { currencies.contains($0.currency) },
                other: amounts
            )
        }
        self.days = days
        self.lines = lines
        vouchers = try store.voucherFlow(span)
        usedButUnsold = try store.voucherCounts().usedButUnsold
    }

    private static func lines(_ subject: Subject, books: [Money], other: [Money]) -> [Line] {
        Set((books + other).map(\.currency)).sorted { $0.code < $1.code }.map { currency in
            Line(
                subject: subject,
                books: Money(cutting: books.filter { $0.currency == currency }, in: currency),
                other: Money(cutting: other.filter { $0.currency == currency }, in: currency)
            )
        }
    }
}
