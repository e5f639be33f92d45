/// One movement of money: postings that sum to zero in every currency.
///
/// Append-only; a mistake is reversed, not edited.
public struct LedgerEntry: Hashable, Sendable {
    /// The identity of the entry.
    public let id: Identifier<LedgerEntry>

    /// The tenant whose books these are.
    public let tenant: Identifier<Tenant>

    /// When the money moved.
    public let at: Timestamp

    /// What moved it, such as `sale:batch:<id>`.
    public let cause: String

    /// Names this movement once and for all: a store refuses a second entry with the same key in the tenant.
    public let idempotencyKey: String

    /// Who moved it.
    public let actor: Actor

    /// The postings, at least two, none of them zero.
    public let postings: [Posting]

    /// Creates an entry.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/unbalanced`` unless there are at least two postings, none of
    ///   them zero, that sum to zero in every currency.
    public init(
        id: Identifier<LedgerEntry>,
        tenant: Identifier<Tenant>,
        at: Timestamp,
        cause: String,
        idempotencyKey: String,
        actor: Actor,
        postings: [Posting]
    ) throws(DomainError) {
        guard postings.count >= 2, !postings.contains(where: \.amount.isZero) else {
            throw DomainError(.unbalanced, "A ledger entry needs at least two postings, none of them zero.")
        }
        var sums: [Currency: Money] = [:]
        for posting in postings {
            let currency = posting.amount.currency
            sums[currency] = try (sums[currency] ?? .zero(currency)) + posting.amount
        }
        for sum in sums.values where !sum.isZero {
            throw DomainError(.unbalanced, "The postings of “\(cause)” leave \(sum) over; they must sum to zero.")
        }
        self.id = id
        self.tenant = tenant
        self.at = at
        self.cause = cause
        self.idempotencyKey = idempotencyKey
        self.actor = actor
        self.postings = postings
    }
}
