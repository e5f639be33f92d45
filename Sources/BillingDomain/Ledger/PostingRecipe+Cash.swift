extension PostingRecipe {
    /// A float is given to whoever opens a shift: Dr their cash, Cr safe.
    public static func openingFloat(_ amount: Money, to staff: Identifier<Staff>) throws(DomainError) -> [Posting] {
        try move(amount, debit: .cash(staff), credit: .safe)
    }

    /// Cash is handed over: Dr safe, bank or another's cash; Cr their cash.
    public static func handOver(
        _ amount: Money,
        from staff: Identifier<Staff>,
        to account: Account = .safe
    ) throws(DomainError) -> [Posting] {
        try move(amount, debit: account, credit: .cash(staff))
    }

    /// Cash that is no sale comes in: Dr their cash, Cr where it comes from, such as ``Account/ownersEquity``.
    public static func cashIn(
        _ amount: Money,
        to staff: Identifier<Staff>,
        from account: Account
    ) throws(DomainError) -> [Posting] {
        try move(amount, debit: .cash(staff), credit: account)
    }

    /// Cash that is no refund goes out: Dr what it is spent on, Cr their cash.
    public static func cashOut(
        _ amount: Money,
        from staff: Identifier<Staff>,
        for account: Account
    ) throws(DomainError) -> [Posting] {
        try move(amount, debit: account, credit: .cash(staff))
    }

    /// What counting a drawer showed: too much is a gain, too little a loss.
    ///
    /// The difference is what was counted less what was expected: negative when cash is missing.
    public static func overShort(
        _ difference: Money,
        of staff: Identifier<Staff>
    ) throws(DomainError) -> [Posting] {
        try tidy([.debit(.cash(staff), difference), .credit(.cashOverShort, difference)])
    }

    /// Commission is earned: Dr commission expense, Cr commission payable.
    public static func commission(_ amount: Money, of earner: CommissionEarner) throws(DomainError) -> [Posting] {
        try move(amount, debit: .commissionExpense, credit: .commissionPayable(earner))
    }

    /// Commission is taken back because its sale was refunded: Dr commission payable, Cr commission expense.
    public static func commissionReversal(
        _ amount: Money,
        of earner: CommissionEarner
    ) throws(DomainError) -> [Posting] {
        try move(amount, debit: .commissionPayable(earner), credit: .commissionExpense)
    }

    /// Commission is paid: Dr commission payable, Cr what it is paid from.
    public static func commissionPayment(
        _ amount: Money,
        to earner: CommissionEarner,
        from account: Account
    ) throws(DomainError) -> [Posting] {
        try move(amount, debit: .commissionPayable(earner), credit: account)
    }

    /// An agent pays in advance: Dr what it was paid into, Cr the agent's credit.
    public static func agentPrepayment(
        _ amount: Money,
        by agent: Identifier<Agent>,
        paidInto account: Account
    ) throws(DomainError) -> [Posting] {
        try move(amount, debit: account, credit: .agentCredit(agent))
    }

    /// What stands to an agent's credit is paid back: Dr the agent's account, Cr what it is paid from.
    public static func agentPayout(
        _ amount: Money,
        of agentAccount: Account,
        from account: Account
    ) throws(DomainError) -> [Posting] {
        try move(amount, debit: agentAccount, credit: account)
    }

    /// An agent hands over what they took on consignment: Dr what it was paid into, Cr the agent's debt.
    public static func agentSettlement(
        _ amount: Money,
        by agent: Identifier<Agent>,
        paidInto account: Account
    ) throws(DomainError) -> [Posting] {
        try move(amount, debit: account, credit: .agentReceivable(agent))
    }
}
