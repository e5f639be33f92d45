/// Debts by how long they are past due, with unapplied credit beside them.
public struct Ageing: Hashable, Sendable {
    /// The day it is as of, in the tenant's zone.
    public let date: LocalDate

    /// What is owed in each bucket, zero where nothing is.
    public let amounts: [AgeingBucket: Money]

    /// What customers have paid and no invoice has used: never taken off the buckets.
    public let unapplied: Money

    /// What is owed in all buckets together.
    public let owed: Money

    /// Sorts open invoices of one currency into buckets.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/currencyMismatch`` for an invoice of another currency than the
    ///   credit, with ``DomainError/Code/overflow`` for sums that do not fit.
    public init(of open: [OpenInvoice], unapplied: Money, on date: LocalDate) throws(DomainError) {
        let zero = Money.zero(unapplied.currency)
        var amounts = Dictionary(uniqueKeysWithValues: AgeingBucket.allCases.map { ($0, zero) })
        for item in open {
            let bucket = AgeingBucket(daysPastDue: date.days(since: item.dueDate))
            amounts[bucket] = try (amounts[bucket] ?? zero) + item.outstanding
        }
        self.date = date
        self.amounts = amounts
        self.unapplied = unapplied
        owed = try Money.sum(amounts.values, in: unapplied.currency)
    }
}
