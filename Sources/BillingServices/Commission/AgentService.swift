public import BillingDomain
import BillingPersistence

/// Those outside the business who sell its vouchers.
public struct AgentService: Sendable {
    let session: BillingSession

    /// All agents, by name.
    public func list() async throws -> [Agent] {
        try await session.read(.viewAgents) { try $0.records(Query<Agent>().sorted(by: Agent.Columns.name)) }
    }

    /// One agent.
    public func agent(_ id: Identifier<Agent>) async throws -> Agent {
        try await session.read(.viewAgents) { try Self.find(id, in: $0) }
    }

    /// What an agent has paid in and not used yet, or on consignment owes: below zero where what they handed over for was
    /// taken back.
    public func balance(of id: Identifier<Agent>) async throws -> Money {
        let currency = session.tenant.currency
        return try await session.read(.viewAgents) { try Self.balance(of: id, in: currency, $0) }
    }

    /// Adds an agent.
    ///
    /// The same key and draft answer with the same agent.
    public func add(_ draft: AgentDraft, key: IdempotencyKey) async throws -> Agent {
        try await session.change(.manageAgents) { change in
            let draft = try draft.checked(in: change)
            return try change.once(key, ["agent.add"] + draft.fingerprint) { change in
                try Self.requireFree(draft, except: nil, in: change.store)
                let agent = Agent(
                    id: try change.identifier(),
                    tenant: change.tenant,
                    name: draft.name,
                    phone: draft.phone,
                    email: draft.email,
                    staff: draft.staff,
                    terms: draft.terms,
                    createdAt: change.now
                )
                try change.store.insert(agent)
                try change.audit("agent.add", "agent:\(agent.id)", agent.name)
                return agent.id.description
            } answer: { store, reference in
                guard let id = Identifier<Agent>(reference) else { throw BillingError.notFound("agent") }
                return try Self.find(id, in: store)
            }
        }
    }

    /// Changes an agent; from prepaid to consignment and back only with nothing left in the books.
    ///
    /// Who signs in for the agent does so until somebody else says otherwise.
    public func update(_ id: Identifier<Agent>, _ draft: AgentDraft) async throws -> Agent {
        let currency = session.tenant.currency
        return try await session.change(.manageAgents) { change in
            let draft = try draft.checked(in: change)
            var agent = try Self.find(id, in: change.store)
            try Self.requireFree(draft, except: id, in: change.store)
            let before = agent
            if let staff = agent.staff, staff != draft.staff, try change.person() == .staff(staff) {
                throw BillingError(
                    .forbidden,
                    field: "staff",
                    "You sign in for this agent. Let somebody else end that."
                )
            }
            agent.name = draft.name
            agent.phone = draft.phone
            agent.email = draft.email
            agent.staff = draft.staff
            agent.terms = draft.terms
            guard try agent.account == before.account || change.store.balance(of: before.account, in: currency).isZero
            else {
                throw BillingError(.conflict, field: "terms", "The books still hold money of the old terms.")
            }
            try change.audit("agent.update", "agent:\(id)", agent.name, before: before.name, after: agent.name)
            return try change.store.update(agent)
        }
    }

    /// Stops an agent's sales for now.
    public func suspend(_ id: Identifier<Agent>) async throws -> Agent {
        try await move(id, "agent.suspend") { agent, _ in try agent.suspend() }
    }

    /// Lets a suspended agent sell again.
    public func resume(_ id: Identifier<Agent>) async throws -> Agent {
        try await move(id, "agent.resume") { agent, _ in try agent.resume() }
    }

    /// Ends the business with an agent; refused while the books hold money of theirs: it is paid out, or taken, first.
    public func close(_ id: Identifier<Agent>) async throws -> Agent {
        try await move(id, "agent.close") { agent, balance in try agent.close(balance: balance) }
    }

    /// Takes an agent's money: a payment in advance, or on consignment for what they sold.
    ///
    /// Answers what they have paid in, or owe, after it. The same key and request answer as before.
    public func takeMoney(
        _ amount: Money,
        of id: Identifier<Agent>,
        into place: CashPlace,
        key: IdempotencyKey
    ) async throws -> Money {
        let currency = session.tenant.currency
        return try await session.change(.supplyAgents) { change in
            let amount = try Input.amount(amount)
            guard amount.currency == currency else {
                throw BillingError.invalid("amount", "Agents pay in \(currency.code).")
            }
            if place != .bank { try change.requireCoins(for: amount, field: "amount") }
            let request = ["agent.take-money", id.description, amount.description, place.rawValue]
            return try change.once(key, request) { change in
                let agent = try Self.find(id, in: change.store)
                guard agent.state != .closed else {
                    throw BillingError(.conflict, field: "agent", "“\(agent.name)” is closed.")
                }
                let account = try change.account(of: place)
                if !agent.isPrepaid {
                    let owed = try change.store.balance(of: agent.account, in: currency)
                    guard try !(owed - amount).isNegative else {
                        throw BillingError(.conflict, field: "amount", "“\(agent.name)” owes only \(owed).")
                    }
                }
                let payment = try change.identifier(of: LedgerEntry.self)
                try change.book(
                    "agent:\(id):payment",
                    key: "agent-payment:\(payment)",
                    agent.isPrepaid
                        ? PostingRecipe.agentPrepayment(amount, by: id, paidInto: account)
                        : PostingRecipe.agentSettlement(amount, by: id, paidInto: account)
                )
                try change.audit("agent.take-money", "agent:\(id)", "\(amount), \(place.rawValue)")
                return id.description
            } answer: { store, _ in
                try Self.balance(of: id, in: currency, store)
            }
        }
    }

    /// Pays back what stands to an agent's credit, also to one who is suspended, so that the business with them can end.
    ///
    /// That is what they paid in and did not use, or handed over for what was taken back since. It takes
    /// ``Permission/refundPayments`` too, and who signs in for the agent leaves it to somebody else. Answers what they have
    /// left after it. The same key and request answer as before.
    public func payOut(
        _ amount: Money,
        to id: Identifier<Agent>,
        from place: CashPlace,
        key: IdempotencyKey
    ) async throws -> Money {
        try session.authorise(.refundPayments)
        let currency = session.tenant.currency
        return try await session.change(.supplyAgents) { change in
            let amount = try Input.amount(amount)
            if place != .bank { try change.requireCoins(for: amount, field: "amount") }
            let request = ["agent.pay-out", id.description, amount.description, place.rawValue]
            return try change.once(key, request) { change in
                let agent = try Self.find(id, in: change.store)
                guard try !change.earns(.agent(id)) else {
                    throw BillingError(.forbidden, "Nobody pays themselves out. Let somebody else do it.")
                }
                let credit = try change.store.balance(of: agent.account, in: amount.currency).negated()
                guard try !(credit - amount).isNegative else {
                    throw BillingError(.conflict, field: "amount", "“\(agent.name)” has \(credit) to their credit.")
                }
                let payout = try change.identifier(of: LedgerEntry.self)
                try change.book(
                    Self.payoutCause(id),
                    key: "agent-payout:\(payout)",
                    PostingRecipe.agentPayout(amount, of: agent.account, from: change.account(of: place))
                )
                try change.audit("agent.pay-out", "agent:\(id)", "\(amount), \(place.rawValue)")
                return id.description
            } answer: { store, _ in
                try Self.balance(of: id, in: currency, store)
            }
        }
    }
}

extension Agent {
    fileprivate var isPrepaid: Bool { terms == .prepaid }
}

extension AgentService {
    static func find(_ id: Identifier<Agent>, in store: any StoreReader) throws -> Agent {
        guard let agent = try store.find(id) else { throw BillingError.notFound("agent", field: "agent") }
        return agent
    }

    /// What pays an agent back is called in the books.
    static func payoutCause(_ id: Identifier<Agent>) -> String { "agent:\(id):payout" }

    private static func balance(
        of id: Identifier<Agent>,
        in currency: Currency,
        _ store: any StoreReader
    ) throws -> Money {
        let agent = try find(id, in: store)
        let balance = try store.balance(of: agent.account, in: currency)
        return agent.isPrepaid ? try balance.negated() : balance
    }

    private static func requireFree(
        _ draft: AgentDraft,
        except id: Identifier<Agent>?,
        in store: any StoreReader
    ) throws {
        if let other = try store.first(Query(Agent.Columns.nameKey == draft.name.asciiUppercased)), other.id != id {
            throw BillingError(.duplicate, field: "name", "There is an agent of this name. Choose another.")
        }
        // What somebody takes over the counter belongs to one agent.
        guard let staff = draft.staff else { return }
        let others = try store.records(Query(Agent.Columns.staff == staff, Agent.Columns.state != .closed))
        guard others.allSatisfy({ $0.id == id }) else {
            throw BillingError(.duplicate, field: "staff", "This person signs in for another agent. Choose another.")
        }
    }

    private func move(
        _ id: Identifier<Agent>,
        _ action: String,
        _ body: @escaping @Sendable (inout Agent, Money) throws -> Void
    ) async throws -> Agent {
        let currency = session.tenant.currency
        return try await session.change(.manageAgents) { change in
            var agent = try Self.find(id, in: change.store)
            let before = agent.state.rawValue
            try body(&agent, change.store.balance(of: agent.account, in: currency))
            try change.audit(action, "agent:\(id)", agent.name, before: before, after: agent.state.rawValue)
            return try change.store.update(agent)
        }
    }
}

extension AgentDraft {
    fileprivate func checked(in change: Change) throws -> AgentDraft {
        var draft = self
        draft.name = try Input.name(name)
        draft.phone = try Input.telephone(phone)
        draft.email = try Input.emailAddress(email)
        if let staff { _ = try StaffService.find(staff, in: change.store) }
        if case .consignment(let ceiling) = terms {
            guard !ceiling.isNegative, ceiling.currency == (try change.store.tenant(change.tenant))?.currency else {
                throw BillingError.invalid("ceiling", "A ceiling is in the tenant's currency and not below zero.")
            }
        }
        return draft
    }
}
