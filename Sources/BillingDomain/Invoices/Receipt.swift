/// A document that confirms a payment.
public struct Receipt: Hashable, Sendable {
    /// The identity of the receipt.
    public let id: Identifier<Receipt>

    /// The tenant that was paid.
    public let tenant: Identifier<Tenant>

    /// Its number.
    public let number: DocumentNumber

    /// The payment it confirms.
    public let payment: Identifier<Payment>

    /// The customer who paid, if known.
    public let customer: Identifier<Customer>?

    /// How it was paid.
    public let method: PaymentMethod

    /// What was paid.
    public let amount: Money

    /// What each invoice got of it, and what is left as credit.
    public let allocation: PaymentAllocation

    /// The day it was given, in the tenant's zone.
    public let date: LocalDate

    /// When it was entered.
    public let createdAt: Timestamp

    /// Creates the receipt of a payment that is settled.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` while no money is there that may be counted, with
    ///   ``DomainError/Code/invalidValue`` for the number of another kind of document.
    public init(
        id: Identifier<Receipt>,
        number: DocumentNumber,
        for payment: Payment,
        open: [OpenInvoice] = [],
        directedTo directed: [Identifier<Invoice>]? = nil,
        on date: LocalDate,
        at instant: Timestamp
    ) throws(DomainError) {
        guard payment.status.grantsService else { throw payment.illegal("give a receipt for", "it is not settled") }
        try self.init(
            id: id,
            tenant: payment.tenant,
            number: number,
            payment: payment.id,
            customer: payment.customer,
            method: payment.method,
            amount: payment.captured,
            allocation: PaymentAllocation(of: payment.captured, to: open, directedTo: directed),
            date: date,
            createdAt: instant
        )
    }

    /// Recreates a stored receipt.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for the number of another kind of document.
    public init(
        id: Identifier<Receipt>,
        tenant: Identifier<Tenant>,
        number: DocumentNumber,
        payment: Identifier<Payment>,
        customer: Identifier<Customer>?,
        method: PaymentMethod,
        amount: Money,
        allocation: PaymentAllocation,
        date: LocalDate,
        createdAt: Timestamp
    ) throws(DomainError) {
        guard number.kind == .receipt else {
            throw DomainError(.invalidValue, field: "number", "\(number) is the number of a \(number.kind.rawValue).")
        }
        self.id = id
        self.tenant = tenant
        self.number = number
        self.payment = payment
        self.customer = customer
        self.method = method
        self.amount = amount
        self.allocation = allocation
        self.date = date
        self.createdAt = createdAt
    }
}
