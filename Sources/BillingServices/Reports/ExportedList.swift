public import BillingDomain
public import BillingPersistence

/// A list or a report that can be exported whole.
public enum ExportedList: Hashable, Sendable {
    /// Vouchers that meet a filter, oldest first; passwords are left out.
    case vouchers(VoucherFilter)
    /// Customers that meet a filter, oldest first.
    case customers(CustomerFilter)
    /// Subscriptions that meet a filter, oldest first.
    case subscriptions(SubscriptionFilter)
    /// Payments that meet a filter, oldest first.
    case payments(PaymentFilter)
    /// Invoices that meet a filter, oldest first.
    case invoices(InvoiceFilter)
    /// The postings of the ledger, one a row, in the order of the books.
    case ledger
    /// The audit trail, oldest first.
    case audit
    /// Revenue in its three meanings, as ``ReportService/revenue(_:by:)`` tells it.
    case revenue(DateRange, by: ReportPeriod)
    /// Who sold what, as ``ReportService/staffSales(_:)`` tells it.
    case staffSales(DateRange)
    /// What was sold by package, as ``ReportService/packageSales(_:)`` tells it.
    case packageSales(DateRange)
    /// Where money came in and went out, as ``ReportService/methods(_:)`` tells it.
    case methods(DateRange)
    /// What vouchers have used, as ``ReportService/usage(_:)`` tells it.
    case usage(DateRange)
    /// The balances of all accounts, as ``ReportService/trialBalance()`` tells them.
    case trialBalance
    /// Who owes how much for how long, as ``InvoiceService/debtors(in:on:_:)`` tells it, as of today.
    case debtors(Currency)

    /// The names of the columns.
    public var headers: [String] { export.headers }
}

/// A value in a row of an export.
public enum ExportedCell: Hashable, Sendable {
    /// Nothing.
    case empty
    /// Words, as they are kept: who writes a spreadsheet must see to it that none of them is taken for a formula.
    case text(String)
    /// A whole number.
    case integer(Int64)
    /// An exact amount.
    case money(Money)
    /// An instant.
    case instant(Timestamp)
    /// A day of the business.
    case date(LocalDate)
}

extension ExportedCell {
    static func maybe(_ text: String?) -> ExportedCell { text.map { .text($0) } ?? .empty }
    static func maybe(_ instant: Timestamp?) -> ExportedCell { instant.map { .instant($0) } ?? .empty }
    static func maybe(_ date: LocalDate?) -> ExportedCell { date.map { .date($0) } ?? .empty }
    static func maybe(_ amount: Money?) -> ExportedCell { amount.map { .money($0) } ?? .empty }
    static func word(_ text: some CustomStringConvertible) -> ExportedCell { .text(text.description) }
    static func count(_ number: Int) -> ExportedCell { .integer(Int64(number)) }
}
