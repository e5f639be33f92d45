public import BillingDomain
import BillingPersistence

/// Which invoices are wanted; what is left out does not matter.
public struct InvoiceFilter: Hashable, Sendable {
    /// In one of these states; any if empty.
    public var states: Set<InvoiceState>
    /// Of this customer.
    public var customer: Identifier<Customer>?
    /// Due before this day.
    public var dueBefore: LocalDate?
    /// Whose number contains this text.
    public var number: String?

    /// A filter of the given parts.
    public init(
        states: Set<InvoiceState> = [],
        customer: Identifier<Customer>? = nil,
        dueBefore: LocalDate? = nil,
        number: String? = nil
    ) {
        self.states = states
        self.customer = customer
        self.dueBefore = dueBefore
        self.number = number
    }

    var query: Query<Invoice> {
        var query = Query<Invoice>().sorted(byDescending: Invoice.Columns.createdAt)
        if !states.isEmpty { query = query.where(Invoice.Columns.state.isOne(of: states)) }
        if let customer { query = query.where(Invoice.Columns.customer == customer) }
        if let dueBefore { query = query.where(Invoice.Columns.dueDate < dueBefore) }
        if let number, !number.isEmpty { query = query.where(Invoice.Columns.number.contains(number)) }
        return query
    }
}
