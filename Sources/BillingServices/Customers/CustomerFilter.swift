public import BillingDomain
import BillingPersistence

/// Which customers are wanted; what is left out does not matter.
public struct CustomerFilter: Hashable, Sendable {
    /// One of these statuses; any if empty.
    public var statuses: Set<CustomerStatus>
    /// At this site.
    public var site: Identifier<Site>?
    /// With this text in number, name, a contact or a tag, whatever the case of a–z.
    public var text: String?

    /// A filter of the given parts.
    public init(statuses: Set<CustomerStatus> = [], site: Identifier<Site>? = nil, text: String? = nil) {
        self.statuses = statuses
        self.site = site
        self.text = text
    }

    var query: Query<Customer> {
        var query = Query<Customer>().sorted(byDescending: Customer.Columns.createdAt)
        if !statuses.isEmpty { query = query.where(Customer.Columns.status.isOne(of: statuses)) }
        if let site { query = query.where(Customer.Columns.site == site) }
        if let text, !text.isEmpty { query = query.where(Customer.Columns.searchText.contains(text)) }
        return query
    }
}
