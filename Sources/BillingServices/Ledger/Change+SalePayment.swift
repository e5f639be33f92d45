import BillingDomain
import BillingPersistence

/// Where the money of a sale comes from.
extension Change {
    /// The account that a sale is paid into, or a refund paid from; refuses customers and agents of other tenants.
    func account(of payment: SalePayment, seller: Actor) throws -> Account {
        switch payment {
        case .cash: return .cash(seller)
        case .bank: return .bank
        case .gateway(let name): return .gatewayClearing(try Input.gateway(name))
        case .balance(let customer): return .customerBalance(try self.customer(customer).id)
        case .agent(let id): return try agent(id).account
        }
    }

    /// A customer of this tenant who was not closed.
    func customer(_ id: Identifier<Customer>) throws -> Customer {
        guard let customer = try store.find(id) else { throw BillingError.notFound("customer", field: "customer") }
        guard customer.closedAt == nil else {
            throw BillingError(.conflict, field: "customer", "This customer's account was closed. Choose another.")
        }
        return customer
    }

    /// An agent of this tenant.
    func agent(_ id: Identifier<Agent>) throws -> Agent {
        guard let agent = try store.find(id) else { throw BillingError.notFound("agent", field: "agent") }
        return agent
    }

    /// What one voucher is sold to an agent for: those who pay in advance buy at cost, where it is known.
    func price(of voucher: Voucher, for payment: SalePayment) throws -> Money? {
        guard case .agent(let id) = payment, case .prepaid = try agent(id).terms else { return nil }
        return voucher.terms.cost
    }

    /// Refuses a sale for which an agent has paid in too little, or would owe too much.
    func checkAgent(_ payment: SalePayment, _ postings: [Posting]) throws {
        guard case .agent(let id) = payment else { return }
        let agent = try agent(id)
        for posting in postings where posting.account == agent.account {
            let balance = try store.balance(of: agent.account, in: posting.amount.currency)
            try agent.checkStock(posting.amount, balance: balance)
        }
    }

    /// The same postings, what the customer was granted spent before what they paid in.
    func drawingGrants(_ postings: [Posting], of payment: SalePayment) throws -> [Posting] {
        guard case .balance(let id) = payment else { return postings }
        var result = postings
        for posting in postings where posting.account == .customerBalance(id) {
            let currency = posting.amount.currency
            var wallet = try WalletBalance(
                paid: store.balance(of: .customerBalance(id), in: currency).negated(),
                granted: store.balance(of: .customerGrant(id), in: currency).negated()
            )
            guard !posting.amount.isZero else { continue }
            let granted = try wallet.spend(posting.amount).granted
            result += try PostingRecipe.move(granted, debit: .customerGrant(id), credit: .customerBalance(id))
        }
        return try PostingRecipe.tidy(result)
    }
}
