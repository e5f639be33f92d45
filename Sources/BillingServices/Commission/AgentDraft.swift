public import BillingDomain

/// What is entered about an agent.
public struct AgentDraft: Hashable, Sendable {
    /// The name, 1…100 characters, unique in the tenant.
    public var name: String
    /// The telephone number in international form.
    public var phone: String?
    /// The e-mail address.
    public var email: String?
    /// The person who signs in for the agent, if one does.
    public var staff: Identifier<Staff>?
    /// How they come by stock.
    public var terms: Agent.Terms

    /// A draft to add or to update an agent with.
    public init(
        name: String,
        phone: String? = nil,
        email: String? = nil,
        staff: Identifier<Staff>? = nil,
        terms: Agent.Terms
    ) {
        self.name = name
        self.phone = phone
        self.email = email
        self.staff = staff
        self.terms = terms
    }

    var fingerprint: [String?] {
        let ceiling: Money? = if case .consignment(let ceiling) = terms { ceiling } else { nil }
        return [name, phone, email, staff?.description, ceiling?.description]
    }
}
