/// Somebody outside the business who sells its vouchers.
///
/// | state | `suspend` | `resume` | `close` |
/// |---|---|---|---|
/// | active | suspended | – | closed |
/// | suspended | – | active | closed |
/// | closed | – | – | – |
public struct Agent: Hashable, Sendable {
    /// How an agent comes by stock.
    public enum Terms: Hashable, Sendable {
        /// Buys it at cost from what they paid in advance; the margin is theirs.
        case prepaid
        /// Takes it without paying and hands over what it sold for; sales stop when they would owe more than the ceiling.
        case consignment(ceiling: Money)
    }

    /// Whether an agent may sell.
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// May.
        case active
        /// May not for now.
        case suspended
        /// Never again.
        case closed
    }

    /// The identity of the agent.
    public let id: Identifier<Agent>

    /// The tenant they sell for.
    public let tenant: Identifier<Tenant>

    /// The name.
    public var name: String

    /// The telephone number.
    public var phone: String?

    /// The e-mail address.
    public var email: String?

    /// The person who signs in for the agent, if one does.
    public var staff: Identifier<Staff>?

    /// How they come by stock.
    public var terms: Terms

    /// Whether they may sell.
    public private(set) var state: State

    /// When they were added.
    public let createdAt: Timestamp

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates an agent, or recreates a stored one.
    public init(
        id: Identifier<Agent>,
        tenant: Identifier<Tenant>,
        name: String,
        phone: String? = nil,
        email: String? = nil,
        staff: Identifier<Staff>? = nil,
        terms: Terms,
        state: State = .active,
        createdAt: Timestamp,
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.name = name
        self.phone = phone
        self.email = email
        self.staff = staff
        self.terms = terms
        self.state = state
        self.createdAt = createdAt
        self.revision = revision
    }

    /// The account that stock is taken from or owed to.
    public var account: Account {
        switch terms {
        case .prepaid: .agentCredit(id)
        case .consignment: .agentReceivable(id)
        }
    }

    /// Checks that stock of a value may be taken or sold.
    ///
    /// - Parameters:
    ///   - amount: What it costs a prepaid agent, or what one on consignment will owe for it.
    ///   - balance: The balance of ``account`` as the books have it, debits positive, read in the same transaction.
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` unless active,
    ///   ``DomainError/Code/insufficientFunds`` when the credit is too low or the ceiling would be passed.
    public func checkStock(_ amount: Money, balance: Money) throws(DomainError) {
        guard state == .active else { throw illegal("supply", "resume them first") }
        try PostingRecipe.requireNotNegative(amount)
        let after = try balance + amount
        switch terms {
        case .prepaid:
            guard after.minorUnits <= 0 else {
                throw DomainError(.insufficientFunds, "“\(name)” has paid in too little: \(after) is missing.")
            }
        case .consignment(let ceiling):
            guard try !(ceiling - after).isNegative else {
                throw DomainError(
                    .insufficientFunds,
                    "“\(name)” would owe \(after), above the ceiling of \(ceiling). Collect what they sold first."
                )
            }
        }
    }

    /// active → suspended.
    public mutating func suspend() throws(DomainError) {
        guard state == .active else { throw illegal("suspend", "only an active one can be") }
        state = .suspended
    }

    /// suspended → active.
    public mutating func resume() throws(DomainError) {
        guard state == .suspended else { throw illegal("resume", "only a suspended one can be") }
        state = .active
    }

    /// active or suspended → closed; with nothing left in the books.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` when closed already or while `balance`, that of
    ///   ``account``, is not zero.
    public mutating func close(balance: Money) throws(DomainError) {
        guard state != .closed else { throw illegal("close", "it is done already") }
        guard balance.isZero else { throw illegal("close", "the books still hold \(balance)") }
        state = .closed
    }

    private func illegal(_ move: String, _ why: String) -> DomainError {
        DomainError(.illegalMove, "Cannot \(move) the agent “\(name)”, who is \(state.rawValue): \(why).")
    }
}
