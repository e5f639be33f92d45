extension LedgerEntry {
    /// What a reversal's cause begins with; the identifier of the reversed entry follows.
    public static let reversalPrefix = "reversal:"

    /// The entry that takes this one back, to the last unit.
    ///
    /// Its idempotency key is made from this entry's identity, so an entry can be reversed once.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` for a reversal: book the event anew instead.
    public func reversal(
        id: Identifier<LedgerEntry>,
        at instant: Timestamp,
        actor: Actor
    ) throws(DomainError) -> LedgerEntry {
        guard !cause.hasPrefix(Self.reversalPrefix) else {
            throw DomainError(.illegalMove, "A reversal cannot be reversed; book the event anew.")
        }
        let name = Self.reversalPrefix + self.id.description
        return try LedgerEntry(
            id: id,
            tenant: tenant,
            at: instant,
            cause: name,
            idempotencyKey: name,
            actor: actor,
            postings: try PostingRecipe.reversed(postings)
        )
    }
}
