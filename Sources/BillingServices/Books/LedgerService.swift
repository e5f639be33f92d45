public import BillingDomain
import BillingPersistence

/// The books of one tenant where no sale, payment or shift writes them: money between the house's own places, what
/// comes from gateways and the owner, taxes, suppliers, and corrections by hand.
///
/// Every movement names what it follows from, and the same key and request answer with the same entry.
public struct LedgerService: Sendable {
    let session: BillingSession

    /// Carries money from the safe to the bank or back.
    ///
    /// - Parameters:
    ///   - amount: How much, above zero.
    ///   - source: Where it is taken from; cash of a drawer is handed over in its shift.
    ///   - target: Where it is brought to.
    ///   - reference: The deposit slip or statement line, 1 to 200 bytes.
    ///   - key: The caller's name for this request.
    /// - Returns: The entry.
    /// - Throws: ``BillingError``.
    public func move(
        _ amount: Money,
        from source: CashPlace,
        to target: CashPlace,
        reference: String,
        key: IdempotencyKey
    ) async throws -> LedgerEntry {
        try await record("move", amount, reference, key, [source.rawValue, target.rawValue]) { change in
            guard source != target else { throw BillingError.invalid("target", "Choose two different places.") }
            return try PostingRecipe.move(amount, debit: change.house(target), credit: change.house(source))
        }
    }

    /// Notes that a gateway has paid out: what arrived at the bank, and what it kept back for itself.
    ///
    /// `fee` is what the books do not know of yet: not what was noted with each payment already. `reference` is the
    /// gateway's or the bank's.
    public func recordPayout(
        _ amount: Money,
        fee: Money? = nil,
        of gateway: String,
        reference: String,
        key: IdempotencyKey
    ) async throws -> LedgerEntry {
        let gateway = try Input.gateway(gateway)
        return try await record("payout", amount, reference, key, [gateway, fee?.description]) { _ in
            let kept = try PostingRecipe.fee(fee ?? .zero(amount.currency), keptFrom: .gatewayClearing(gateway))
            return try PostingRecipe.payout(amount, from: gateway) + kept
        }
    }

    /// Notes what the owner puts into the business; it is not received from anybody, and no revenue.
    public func ownerPutsIn(
        _ amount: Money,
        into place: CashPlace,
        reference: String,
        key: IdempotencyKey
    ) async throws -> LedgerEntry {
        try await record("owner-in", amount, reference, key, [place.rawValue]) { change in
            try PostingRecipe.move(amount, debit: change.house(place), credit: .ownersEquity)
        }
    }

    /// Notes what the owner takes out of the business.
    public func ownerTakesOut(
        _ amount: Money,
        from place: CashPlace,
        reference: String,
        key: IdempotencyKey
    ) async throws -> LedgerEntry {
        try await record("owner-out", amount, reference, key, [place.rawValue]) { change in
            try PostingRecipe.move(amount, debit: .ownersEquity, credit: change.house(place))
        }
    }

    /// Hands tax to the authority: at most what was taken and not handed over yet.
    public func payTax(
        _ amount: Money,
        from place: CashPlace = .bank,
        reference: String,
        key: IdempotencyKey
    ) async throws -> LedgerEntry {
        try await record("tax", amount, reference, key, [place.rawValue]) { change in
            let owed = try change.store.balance(of: .taxPayable, in: amount.currency).negated()
            guard try !(owed - amount).isNegative else {
                throw BillingError(.conflict, field: "amount", "Only \(owed) of tax was taken and not handed over.")
            }
            return try PostingRecipe.taxPayment(amount, from: change.house(place))
        }
    }

    /// Notes a supplier's bill for what is sold: lines, cards, equipment; it is owed until it is paid.
    public func recordBill(_ amount: Money, reference: String, key: IdempotencyKey) async throws -> LedgerEntry {
        try await record("bill", amount, reference, key, []) { _ in try PostingRecipe.cost(amount) }
    }

    /// Pays suppliers; what is paid before its bill comes stands to their debit until then.
    public func paySupplier(
        _ amount: Money,
        from place: CashPlace = .bank,
        reference: String,
        key: IdempotencyKey
    ) async throws -> LedgerEntry {
        try await record("supplier", amount, reference, key, [place.rawValue]) { change in
            try PostingRecipe.move(amount, debit: .suppliersPayable, credit: change.house(place))
        }
    }
}

extension LedgerService {
    /// Writes an entry by hand, for what no use case books.
    ///
    /// - Parameters:
    ///   - postings: 2 to 100 that sum to zero in each currency, on accounts of ``BillingDomain/Account/plan``; an account
    ///     of somebody names somebody of this tenant. Nobody's credit can be left below zero.
    ///   - reason: Why, for people.
    ///   - key: The caller's name for this request.
    /// - Returns: The entry.
    /// - Throws: ``BillingError``.
    public func enter(_ postings: [Posting], reason: String, key: IdempotencyKey) async throws -> LedgerEntry {
        let reason = try Input.reason(reason)
        let request = postings.flatMap { [$0.account.rawValue, $0.amount.description] }
        return try await write(.adjustLedger, "manual", key, [reason] + request, detail: reason) { change in
            guard (2...100).contains(postings.count) else {
                throw BillingError.invalid("postings", "An entry has 2 to 100 postings.")
            }
            for posting in postings { try change.store.check(posting.account) }
            let postings = try PostingRecipe.tidy(postings)
            guard !postings.isEmpty else { throw BillingError.invalid("postings", "These move nothing.") }
            return postings
        }
    }

    /// Takes an entry back that was made here, wholly and once, for a reason.
    ///
    /// Throws ``BillingError/Code/conflict`` for any other entry: what a sale, a payment or a shift wrote is taken back by
    /// refunding or voiding that, so that the books never say another thing than the records.
    public func reverse(
        _ id: Identifier<LedgerEntry>,
        reason: String,
        key: IdempotencyKey
    ) async throws -> LedgerEntry {
        let reason = try Input.reason(reason)
        return try await session.change(.adjustLedger) { change in
            try change.once(key, ["ledger.reverse", id.description, reason]) { change in
                guard let entry = try change.store.ledgerEntry(id) else {
                    throw BillingError.notFound("ledger entry", field: "entry")
                }
                guard entry.cause.hasPrefix(Self.prefix) else {
                    throw BillingError(
                        .conflict,
                        field: "entry",
                        "This entry follows from “\(entry.cause)”. Refund, void or credit that instead."
                    )
                }
                let name = LedgerEntry.reversalPrefix + id.description
                guard try change.store.ledgerEntry(key: name) == nil else {
                    throw BillingError(.conflict, field: "entry", "This entry was taken back already.")
                }
                try change.reverse(entry)
                try change.audit("ledger.reverse", "entry:\(id)", reason)
                return name
            } answer: { store, name in
                try Self.find(name, in: store)
            }
        }
    }
}

extension LedgerService {
    /// What the causes and keys of entries made here begin with.
    static let prefix = "books:"

    private func record(
        _ kind: String,
        _ amount: Money,
        _ reference: String,
        _ key: IdempotencyKey,
        _ request: [String?],
        _ postings: @escaping @Sendable (Change) throws -> [Posting]
    ) async throws -> LedgerEntry {
        let reference = try Input.reference(reference, field: "reference")
        let amount = try Input.amount(amount)
        let request = [amount.description, reference] + request
        return try await write(.moveMoney, kind, key, request, detail: "\(amount), \(reference)", postings)
    }

    private func write(
        _ permission: Permission,
        _ kind: String,
        _ key: IdempotencyKey,
        _ request: [String?],
        detail: String,
        _ postings: @escaping @Sendable (Change) throws -> [Posting]
    ) async throws -> LedgerEntry {
        try await session.change(permission) { change in
            try change.once(key, ["ledger.\(kind)"] + request) { change in
                let name = "\(Self.prefix)\(kind):\(try change.identifier(of: LedgerEntry.self))"
                try change.book(Self.prefix + kind, key: name, postings(change))
                try change.audit("ledger.\(kind)", name, detail)
                return name
            } answer: { store, name in
                try Self.find(name, in: store)
            }
        }
    }

    private static func find(_ name: String, in store: any StoreReader) throws -> LedgerEntry {
        guard let entry = try store.ledgerEntry(key: name) else { throw BillingError.notFound("ledger entry") }
        return entry
    }
}
