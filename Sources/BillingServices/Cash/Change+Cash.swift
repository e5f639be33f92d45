import BillingDomain
import BillingPersistence

extension StoreReader {
    /// What moved the cash of the person whose shift it is since it was opened, and is not among its movements yet:
    /// what came in first, so that nothing is paid out of a drawer that was empty a moment before.
    ///
    /// A movement has the identity of its posting in the books.
    func unrecordedCash(of shift: Shift) throws -> [CashMovement] {
        let postings = try records(
            Query(
                PostingRow.Columns.account == .cash(.staff(shift.staff)),
                Field<PostingRow, Currency>("currency") == shift.currency,
                PostingRow.Columns.at >= shift.createdAt
            ).sorted(by: PostingRow.Columns.at)
        )
        let known = Set(
            try find(postings.map { Identifier<CashMovement>(high: $0.id.high, low: $0.id.low) }).map(\.id)
        )
        let entries = Dictionary(
            try find(Set(postings.map(\.entry))).map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        var comingIn: [CashMovement] = []
        var goingOut: [CashMovement] = []
        for posting in postings {
            let id = Identifier<CashMovement>(high: posting.id.high, low: posting.id.low)
            guard !known.contains(id), let entry = entries[posting.entry] else { continue }
            // What the shift itself moved is among its movements under identities of its own.
            guard !entry.cause.hasPrefix("shift:\(shift.id):") else { continue }
            let amount = posting.posting.amount
            let isHandedOver = entry.cause.hasPrefix("shift:")
            guard !(isHandedOver && amount.isNegative) else { continue }
            let movement = try CashMovement(
                id: id,
                tenant: shift.tenant,
                shift: shift.id,
                at: posting.at,
                kind: isHandedOver ? .cashIn : amount.isNegative ? .refund : .sale,
                amount: amount.isNegative ? amount.negated() : amount,
                actor: entry.actor,
                cause: entry.idempotencyKey,
                reason: isHandedOver ? "handed over by a colleague" : nil
            )
            if amount.isNegative { goingOut.append(movement) } else { comingIn.append(movement) }
        }
        return comingIn + goingOut
    }
}

extension Change {
    /// Enters what the books say about the cash of a shift among its movements.
    func recordCash(of shift: inout Shift) throws {
        guard shift.state == .open else { return }
        for movement in try store.unrecordedCash(of: shift) {
            try shift.record(movement)
            try store.insert(movement)
        }
    }

    /// The books' side of the end of a shift: the difference is a gain or a loss, and what was counted goes to the safe.
    func settle(_ shift: Shift) throws {
        guard let counted = shift.counted, let difference = try shift.difference() else { return }
        let owner = Actor.staff(shift.staff)
        let cause = "shift:\(shift.id):end"
        try post(
            cause,
            key: cause,
            PostingRecipe.tidy(
                PostingRecipe.overShort(difference, of: owner) + PostingRecipe.handOver(counted, from: owner)
            )
        )
    }
}
