import BillingDomain
import BillingPersistence

/// Where money lies.
extension Change {
    /// Where money of a method lies: what it is paid into, and paid back from.
    ///
    /// - Parameters:
    ///   - method: How it is paid.
    ///   - customer: Whose balance it is, where it is a balance.
    ///   - holder: Who takes or pays cash, where it is not whoever acts.
    /// - Returns: The account.
    /// - Throws: ``BillingError`` for a balance of nobody, and an agent who is not there.
    func account(
        of method: PaymentMethod,
        for customer: Identifier<Customer>?,
        by holder: Actor? = nil
    ) throws -> Account {
        switch method {
        case .cash: return try cash(of: holder ?? actor)
        case .bankTransfer: return .bank
        case .gateway(let identifier): return .gatewayClearing(try Input.gateway(identifier))
        case .balance:
            guard let customer else { throw BillingError.invalid("customer", "Only a customer has a balance.") }
            return .customerBalance(customer)
        case .agent(let id): return try AgentService.find(id, in: store).account
        }
    }

    /// The cash of somebody; of a person who signs in for an agent it is the agent's own, who owes the house for it.
    func cash(of holder: Actor) throws -> Account {
        guard case .staff(let id) = holder,
            let agent = try store.first(Query(Agent.Columns.staff == id, Agent.Columns.state != .closed))
        else { return .cash(holder) }
        return agent.account
    }

    /// A customer of this tenant who was not closed.
    func customer(_ id: Identifier<Customer>) throws -> Customer {
        let customer = try reachableCustomer(id)
        guard customer.closedAt == nil else {
            throw BillingError(.conflict, field: "customer", "This customer's account was closed. Choose another.")
        }
        return customer
    }
}
