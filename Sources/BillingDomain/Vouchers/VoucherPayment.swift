/// What was paid for a voucher, or for more of it, and with what; nothing for a gift.
public struct VoucherPayment: Hashable, Sendable {
    /// All of it.
    public let amount: Money

    /// The account that it was paid into or drawn from; `nil` for a gift, and where that is not known.
    public let account: Account?

    /// How much of it the customer had been granted: that is given back as a grant and never in money.
    public let granted: Money

    /// The key of its entry in the books; `nil` where it has none.
    public let entry: String?

    /// A payment; what was granted is held between nothing and all of it.
    public init(_ amount: Money, account: Account? = nil, granted: Money? = nil, entry: String? = nil) {
        self.amount = amount
        self.account = account
        self.granted = Money(
            minorUnits: min(max(0, granted?.minorUnits ?? 0), max(0, amount.minorUnits)),
            currency: amount.currency
        )
        self.entry = entry
    }

    /// What was paid in money.
    public var money: Money { Money(minorUnits: amount.minorUnits - granted.minorUnits, currency: amount.currency) }

    /// The part of it that is given back: at most all of it, money first, because grants are spent first.
    public func part(_ units: Int64) -> VoucherPayment {
        let units = min(max(0, units), amount.minorUnits)
        return VoucherPayment(
            Money(minorUnits: units, currency: amount.currency),
            account: account,
            granted: Money(minorUnits: max(0, units - money.minorUnits), currency: amount.currency),
            entry: entry
        )
    }

    /// The payment that brought it; `nil` where it came over the counter.
    public var payment: Identifier<Payment>? {
        guard let entry, entry.hasPrefix(Self.paymentPrefix) else { return nil }
        return Identifier(String(entry.dropFirst(Self.paymentPrefix.count)))
    }

    private static let paymentPrefix = "payment:"
}
