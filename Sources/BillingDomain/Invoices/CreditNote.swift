/// A document that takes back a part of an invoice.
public struct CreditNote: Hashable, Sendable {
    /// The identity of the note.
    public let id: Identifier<CreditNote>

    /// The tenant that gives it.
    public let tenant: Identifier<Tenant>

    /// The invoice it corrects.
    public let invoice: Identifier<Invoice>

    /// Its own number.
    public let number: DocumentNumber

    /// What it takes back, tax included.
    public let amount: Money

    /// Why.
    public let reason: String

    /// The day it was given, in the tenant's zone.
    public let date: LocalDate

    /// When it was entered.
    public let createdAt: Timestamp

    /// Creates a note, or recreates a stored one.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` and the field for the number of another kind of
    ///   document, an amount that is not above zero, or a reason that is not 1 to 500 bytes.
    public init(
        id: Identifier<CreditNote>,
        tenant: Identifier<Tenant>,
        invoice: Identifier<Invoice>,
        number: DocumentNumber,
        amount: Money,
        reason: String,
        date: LocalDate,
        createdAt: Timestamp
    ) throws(DomainError) {
        guard number.kind == .creditNote else {
            throw DomainError(.invalidValue, field: "number", "\(number) is the number of a \(number.kind.rawValue).")
        }
        guard amount.minorUnits > 0 else {
            throw DomainError(.invalidValue, field: "amount", "A credit note takes back more than nothing.")
        }
        guard (1...500).contains(reason.utf8.count) else {
            throw DomainError(.invalidValue, field: "reason", "A reason has 1 to 500 bytes.")
        }
        self.id = id
        self.tenant = tenant
        self.invoice = invoice
        self.number = number
        self.amount = amount
        self.reason = reason
        self.date = date
        self.createdAt = createdAt
    }
}
