import BillingDomain
import BillingPersistence

/// Where money lies.
///
/// Cash is always in one of three places: in the drawer of somebody whose shift is open, in the safe, or with an agent, who
/// owes the house for it.
extension Change {
    /// Where money of a method lies: what it is paid into, and paid back from.
    ///
    /// - Parameters:
    ///   - method: How it is paid.
    ///   - currency: Its currency; a drawer holds one.
    ///   - customer: Whose balance it is, where it is a balance.
    ///   - holder: Who takes or pays cash, where it is not whoever acts.
    /// - Returns: The account.
    /// - Throws: ``BillingError`` for a balance of nobody, an agent who is not there, and cash outside of a shift where the
    ///   tenant asks for one.
    func account(
        of method: PaymentMethod,
        in currency: Currency,
        for customer: Identifier<Customer>?,
        by holder: Actor? = nil
    ) throws -> Account {
        switch method {
        case .cash: return try cash(of: holder ?? actor, in: currency)
        case .bankTransfer: return .bank
        case .gateway(let identifier): return .gatewayClearing(try Input.gateway(identifier))
        case .balance:
            guard let customer else { throw BillingError.invalid("customer", "Only a customer has a balance.") }
            return .customerBalance(customer)
        case .agent(let id): return try AgentService.find(id, in: store).account
        }
    }

    /// Where cash lies that somebody takes or pays: with the agent they sign in for, in the drawer of their shift, or else
    /// in the safe.
    func cash(of holder: Actor, in currency: Currency) throws -> Account {
        if case .staff(let id) = holder {
            if let agent = try store.agent(of: id) { return agent.account }
            if try store.unfinishedShift(of: id, in: currency) != nil { return .cash(id) }
        }
        guard try !store.settings()[.cashNeedsShift] else {
            throw BillingError(.conflict, field: "payment", "Open a shift before cash is taken or paid.")
        }
        return .safe
    }

    /// Where money of the house is kept.
    func account(of place: CashPlace) throws -> Account {
        switch place {
        case .drawer:
            guard case .staff(let id) = actor else {
                throw BillingError.invalid("place", "Only a person has a drawer. Choose safe or bank.")
            }
            return .cash(id)
        case .safe: return .safe
        case .bank: return .bank
        }
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

extension StoreReader {
    /// The agent whom a member of staff signs in for.
    func agent(of staff: Identifier<Staff>) throws -> Agent? {
        try first(Query(Agent.Columns.staff == staff, Agent.Columns.state != .closed))
    }
}
