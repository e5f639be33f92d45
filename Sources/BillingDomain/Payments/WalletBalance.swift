/// A customer's prepaid credit, what they paid in and what they were given kept apart.
///
/// Given credit is spent first and can never be paid out. The ledger holds both; this value only divides them.
public struct WalletBalance: Hashable, Sendable {
    /// What one movement took from, or put back to, either part.
    public struct Parts: Hashable, Sendable {
        /// The part that the customer had paid in.
        public let paid: Money

        /// The part that the customer had been given.
        public let granted: Money

        /// Creates parts of one currency.
        public init(paid: Money, granted: Money) throws(DomainError) {
            _ = try paid + granted
            self.paid = paid
            self.granted = granted
        }
    }

    /// What the customer paid in and has not spent; never negative.
    public private(set) var paid: Money

    /// What the customer was given and has not spent; never negative.
    public private(set) var granted: Money

    /// Creates a balance from its parts.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/currencyMismatch`` for parts of two currencies, with
    ///   ``DomainError/Code/invalidValue`` for a negative part.
    public init(paid: Money, granted: Money) throws(DomainError) {
        _ = try paid + granted
        guard !paid.isNegative, !granted.isNegative else {
            throw DomainError(.invalidValue, field: "balance", "A prepaid balance is not negative.")
        }
        self.paid = paid
        self.granted = granted
    }

    /// Both parts together: what can be spent.
    public var total: Money { get throws(DomainError) { try paid + granted } }

    /// Takes an amount, given credit first.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` for more than is there; nothing is taken then.
    public mutating func spend(_ amount: Money) throws(DomainError) -> Parts {
        try Self.check(amount)
        guard try !(total - amount).isNegative else {
            throw DomainError(.illegalMove, "\(amount) cannot be spent: only \(try total) is there.")
        }
        let fromGranted = try Money.smaller(granted, amount)
        let parts = try Parts(paid: amount - fromGranted, granted: fromGranted)
        paid = try paid - parts.paid
        granted = try granted - parts.granted
        return parts
    }

    /// Pays out an amount of what was paid in.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` for more than that: a gift is never paid out.
    public mutating func refund(_ amount: Money) throws(DomainError) {
        try Self.check(amount)
        guard try !(paid - amount).isNegative else {
            throw DomainError(.illegalMove, "\(amount) cannot be paid out: only \(paid) was paid in and is left.")
        }
        paid = try paid - amount
    }

    private static func check(_ amount: Money) throws(DomainError) {
        guard amount.minorUnits > 0 else {
            throw DomainError(.invalidValue, field: "amount", "Money that moves is more than nothing.")
        }
    }
}
