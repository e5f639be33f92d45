extension PostingRecipe {
    /// A sale: Dr what it was paid into, Dr discounts; Cr deferred revenue, Cr tax.
    ///
    /// - Parameters:
    ///   - amounts: What the sale is made of.
    ///   - account: What it was paid into or from: ``Account/cash(_:)``, ``Account/bank``,
    ///     ``Account/gatewayClearing(_:)``, ``Account/customerBalance(_:)``, ``Account/receivable(_:)``,
    ///     ``Account/agentReceivable(_:)`` or ``Account/agentCredit(_:)``.
    ///   - product: What was sold.
    ///   - isUsed: Whether it was used before the sale was entered, so that it is earned at once.
    /// - Returns: The postings.
    /// - Throws: ``DomainError``, as all recipes do.
    public static func sale(
        _ amounts: SaleAmounts,
        paidInto account: Account,
        of product: Product = .voucher,
        isUsed: Bool = false
    ) throws(DomainError) -> [Posting] {
        try tidy([
            .debit(account, amounts.due),
            .debit(.discounts, amounts.discount),
            .credit(.taxPayable, amounts.tax),
            .credit(isUsed ? product.revenue : product.deferred, try amounts.price - amounts.tax),
        ])
    }

    /// What was deferred is earned, by first use or because its time passed: Dr deferred, Cr revenue.
    public static func recognition(_ amount: Money, of product: Product = .voucher) throws(DomainError) -> [Posting] {
        try move(amount, debit: product.deferred, credit: product.revenue)
    }

    /// What was sold can no longer be used: Dr deferred, Cr breakage revenue.
    public static func breakage(_ amount: Money, of product: Product = .voucher) throws(DomainError) -> [Posting] {
        try move(amount, debit: product.deferred, credit: .breakageRevenue)
    }

    /// What was sold has cost this much: Dr cost of sales, Cr suppliers.
    public static func cost(_ amount: Money) throws(DomainError) -> [Posting] {
        try move(amount, debit: .costOfSales, credit: .suppliersPayable)
    }
}
