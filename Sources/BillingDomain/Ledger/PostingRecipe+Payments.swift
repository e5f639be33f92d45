extension PostingRecipe {
    /// What a gateway or bank keeps: Dr fee expense, Cr where it is kept from.
    public static func fee(_ amount: Money, keptFrom account: Account) throws(DomainError) -> [Posting] {
        try move(amount, debit: .gatewayFees, credit: account)
    }

    /// A gateway pays out: Dr bank, Cr clearing.
    public static func payout(
        _ amount: Money,
        from gateway: String,
        to bank: Account = .bank
    ) throws(DomainError) -> [Posting] {
        try move(amount, debit: bank, credit: .gatewayClearing(gateway))
    }

    /// A fee charged to a customer: Dr receivable, Cr fee income.
    public static func charge(
        _ amount: Money,
        to customer: Identifier<Customer>
    ) throws(DomainError) -> [Posting] {
        try move(amount, debit: .receivable(customer), credit: .feeIncome)
    }

    /// Credit given away: Dr promotions, Cr the customer's grant, which is never paid out.
    public static func grant(
        _ amount: Money,
        to customer: Identifier<Customer>
    ) throws(DomainError) -> [Posting] {
        try move(amount, debit: .promotions, credit: .customerGrant(customer))
    }

    /// What a customer will never pay: Dr bad debts, Cr receivable.
    public static func badDebt(
        _ amount: Money,
        of customer: Identifier<Customer>
    ) throws(DomainError) -> [Posting] {
        try move(amount, debit: .badDebts, credit: .receivable(customer))
    }

    /// A refund that was decided is paid out: Dr refunds payable, Cr what it is paid from.
    public static func refundPayment(_ amount: Money, from account: Account) throws(DomainError) -> [Posting] {
        try move(amount, debit: .refundsPayable, credit: account)
    }

    /// Balance handed from one customer to another: one entry, so that it can neither be lost nor made.
    public static func transfer(
        _ amount: Money,
        from giver: Identifier<Customer>,
        to receiver: Identifier<Customer>
    ) throws(DomainError) -> [Posting] {
        try move(amount, debit: .customerBalance(giver), credit: .customerBalance(receiver))
    }

    /// Tax handed to the authority: Dr tax payable, Cr what it is paid from.
    public static func taxPayment(_ amount: Money, from account: Account = .bank) throws(DomainError) -> [Posting] {
        try move(amount, debit: .taxPayable, credit: account)
    }

    /// An exchange: Dr `debit` with what comes in, Cr `credit` with what goes out, through the clearing account.
    ///
    /// - Parameters:
    ///   - given: What goes out.
    ///   - credit: What it goes out of.
    ///   - received: What comes in, in another currency.
    ///   - debit: What it comes into.
    /// - Returns: The postings, which sum to zero in each of the two currencies.
    /// - Throws: ``DomainError`` with ``DomainError/Code/currencyMismatch`` when both are of one currency.
    public static func conversion(
        _ given: Money,
        from credit: Account,
        into received: Money,
        to debit: Account
    ) throws(DomainError) -> [Posting] {
        guard given.currency != received.currency else {
            throw DomainError(
                .currencyMismatch,
                "A conversion is between two currencies, not within \(given.currency)."
            )
        }
        return try tidy(
            move(given, debit: .currencyClearing, credit: credit)
                + (try move(received, debit: debit, credit: .currencyClearing))
        )
    }
}
