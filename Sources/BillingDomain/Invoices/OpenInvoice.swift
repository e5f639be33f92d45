/// What is owed on one invoice.
public struct OpenInvoice: Hashable, Sendable {
    /// The invoice.
    public let invoice: Identifier<Invoice>

    /// The day it is due.
    public let dueDate: LocalDate

    /// What is owed on it.
    public let outstanding: Money

    /// Creates an open invoice from its parts.
    public init(invoice: Identifier<Invoice>, dueDate: LocalDate, outstanding: Money) {
        self.invoice = invoice
        self.dueDate = dueDate
        self.outstanding = outstanding
    }

    /// What is owed on an invoice; `nil` if nothing is.
    public init?(_ invoice: Invoice) {
        guard let dueDate = invoice.dueDate, invoice.outstanding.minorUnits > 0 else { return nil }
        self.init(invoice: invoice.id, dueDate: dueDate, outstanding: invoice.outstanding)
    }
}
