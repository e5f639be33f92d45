import BillingDomain
import BillingPersistence

extension StoreReader {
    /// What moved the cash of the person whose shift it is since it was opened, and is not among its movements yet:
    /// what came in first, so that nothing is paid out of a drawer that was empty a moment before.
    ///
    /// A movement has the identity of its posting in the books.
    func unrecordedCash(of shift: Shift) throws -> [CashMovement] {
        let last = try first(
            Query(CashMovement.Columns.shift == shift.id).sorted(byDescending: CashMovement.Columns.at)
        )
        // Clocks of several machines may differ a little; what was recorded long ago is not read again.
        let from = max(shift.createdAt, (last?.at ?? shift.createdAt) - .seconds(3_600))
        let moved = Query(
            PostingRow.Columns.account == .cash(shift.staff),
            Field<PostingRow, Currency>("currency") == shift.currency,
            PostingRow.Columns.at >= from
        )
        var comingIn: [CashMovement] = []
        var goingOut: [CashMovement] = []
        try forEach(moved.sorted(by: PostingRow.Columns.at)) { posting in
            let id = Identifier<CashMovement>(high: posting.id.high, low: posting.id.low)
            guard try find(id) == nil, let entry = try find(posting.entry) else { return }
            // What the shift itself moved is among its movements under identities of its own.
            guard !entry.cause.hasPrefix("shift:\(shift.id):") else { return }
            let amount = posting.posting.amount
            let isHandedOver = entry.cause.hasPrefix("shift:")
            guard !(isHandedOver && amount.isNegative) else { return }
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
        let cause = "shift:\(shift.id):end"
        try book(
            cause,
            key: cause,
            PostingRecipe.tidy(
                PostingRecipe.overShort(difference, of: shift.staff)
                    + PostingRecipe.handOver(counted, from: shift.staff)
            )
        )
    }
}
