public import BillingDomain
import BillingPersistence

/// Which payments are wanted; what is left out does not matter.
public struct PaymentFilter: Hashable, Sendable {
    /// One of these statuses; any if empty.
    public var statuses: Set<PaymentStatus>
    /// Of this customer.
    public var customer: Identifier<Customer>?
    /// By this method.
    public var method: PaymentMethod?

    /// A filter of the given parts.
    public init(
        statuses: Set<PaymentStatus> = [],
        customer: Identifier<Customer>? = nil,
        method: PaymentMethod? = nil
    ) {
        self.statuses = statuses
        self.customer = customer
        self.method = method
    }

    var query: Query<PaymentRow> {
        var query = Query<PaymentRow>().sorted(byDescending: PaymentRow.Columns.createdAt)
        if !statuses.isEmpty { query = query.where(PaymentRow.Columns.status.isOne(of: statuses)) }
        if let customer { query = query.where(PaymentRow.Columns.customer == customer) }
        if let method { query = query.where(PaymentRow.Columns.method == method) }
        return query
    }
}
