/// When a late fee falls due, and how much it is.
public struct LateFeeRule: Hashable, Sendable, Codable {
    /// The days from the invoice's date to the day it is due, 0…366.
    public let maturityDays: Int

    /// The days of patience after that, 0…366.
    public let holdUpDays: Int

    /// The fee on what is outstanding.
    public let fee: FeeRule

    /// Creates a rule.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` and the field for days outside 0…366.
    public init(maturityDays: Int, holdUpDays: Int, fee: FeeRule) throws(DomainError) {
        for (days, field) in [(maturityDays, "maturityDays"), (holdUpDays, "holdUpDays")]
        where !(0...366).contains(days) {
            throw DomainError(.invalidValue, field: field, "Days until a late fee lie between 0 and 366.")
        }
        self.maturityDays = maturityDays
        self.holdUpDays = holdUpDays
        self.fee = fee
    }

    /// The day on which an invoice falls due.
    public func dueDate(ofInvoice date: LocalDate) -> LocalDate { date.adding(days: Int64(maturityDays)) }

    /// The first day on which the fee may be charged: the invoice's date, maturity and hold-up together.
    public func feeDate(ofInvoice date: LocalDate) -> LocalDate {
        date.adding(days: Int64(maturityDays) + Int64(holdUpDays))
    }
}
