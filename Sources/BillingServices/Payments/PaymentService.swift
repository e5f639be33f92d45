public import BillingDomain
public import BillingPersistence

/// The payments of one tenant: cash, bank transfers, gateways, refunds and the terms of each method.
public struct PaymentService: Sendable {
    let session: BillingSession

    /// The payments within reach that meet a filter, newest first, with everything that was heard about them.
    public func list(
        _ filter: PaymentFilter = PaymentFilter(),
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<Payment> {
        let assignment = session.assignment
        return try await session.read(.viewPayments) { store in
            try store.payments(filter.query.within(assignment, in: store), page)
        }
    }

    /// One payment with everything that was heard about it.
    public func payment(_ id: Identifier<Payment>) async throws -> Payment {
        let assignment = session.assignment
        return try await session.read(.viewPayments) { try assignment.payment(id, in: $0) }
    }

    /// The receipt of a payment that is settled.
    public func receipt(of id: Identifier<Payment>) async throws -> Receipt {
        let assignment = session.assignment
        return try await session.read(.viewPayments) { store in
            _ = try assignment.payment(id, in: store)
            guard let receipt = try store.first(Query(Receipt.Columns.payment == id)) else {
                throw BillingError.notFound("receipt", field: "payment")
            }
            return receipt
        }
    }

    /// Takes a payment: cash and balance settle at once, a bank transfer waits until it is confirmed.
    ///
    /// What it is for follows in the same transaction. The same key and draft answer with the same payment.
    public func take(_ draft: PaymentDraft, key: IdempotencyKey) async throws -> Payment {
        let calendar = TenantCalendar(session.tenant)
        return try await session.change(.takePayments) { change in
            try change.once(key, ["payment.take"] + draft.fingerprint) { change in
                try change.take(draft, in: calendar).id.description
            } answer: { store, reference in
                try Self.find(reference, in: store)
            }
        }
    }

    /// Confirms a bank transfer that has arrived, with the bank's reference; another amount than was asked for is
    /// quarantined.
    public func confirm(
        _ id: Identifier<Payment>,
        received amount: Money,
        reference: String,
        key: IdempotencyKey
    ) async throws -> Payment {
        try await hear(.confirmPayments, id, "payment.confirm", key, [amount.description, reference]) { payment, now in
            guard payment.method == .bankTransfer else {
                throw BillingError(.conflict, "Only a bank transfer is confirmed by hand.")
            }
            return [try PaymentEvent(.settled(amount: amount, fee: nil, reference: reference), at: now)]
        }
    }

    /// Calls off a payment that nothing has come in for.
    public func cancel(_ id: Identifier<Payment>, reason: String) async throws -> Payment {
        try await hear(.takePayments, id, "payment.cancel") { payment, now in
            guard !payment.status.hasMoney else { throw BillingError(.conflict, "Money came in. Refund it instead.") }
            return [try PaymentEvent(.cancelled(reason: reason), at: now)]
        }
    }

    /// Accepts what came in although it is not what was asked for; its effect follows.
    public func release(_ id: Identifier<Payment>, key: IdempotencyKey) async throws -> Payment {
        let actor = session.actor
        return try await hear(.releaseQuarantine, id, "payment.release", key) { payment, now in
            guard payment.awaitsRelease else {
                throw BillingError(.conflict, "Only money that came in otherwise than it was asked for is released.")
            }
            let kind = PaymentEvent.Kind.released(
                captured: payment.captured,
                foreign: payment.foreign,
                by: actor.description
            )
            return [try PaymentEvent(kind, at: now)]
        }
    }

    /// Asks for money to go back.
    ///
    /// It is owed to the payer from now on. The key names this refund once and for all. What was paid for is served all the
    /// same, and not paid back again: cancel it too where it is not to be. A voucher that the payment has bought is refunded
    /// instead, which asks for its money here. Refused with ``BillingError/Code/conflict`` where what it bought is gone or
    /// used: a balance that was spent, a voucher that is in use, has ended, was written off or became somebody's credit. Only
    /// with `bearingLoss`, which takes ``Permission/adjustBalances`` too, does the house pay it back all the same: a voucher
    /// that is in use is withdrawn by that, the credit of whoever redeemed it is taken back, who must be within reach, and
    /// what its sale has earned is. What is asked for of several currencies goes back one by one; of cash a part is in coins.
    public func requestRefund(
        of amount: Money,
        from id: Identifier<Payment>,
        bearingLoss: Bool = false,
        key: IdempotencyKey
    ) async throws -> Payment {
        if bearingLoss { try session.authorise(.adjustBalances) }
        let request = [amount.description] + (bearingLoss ? ["at a loss"] : [])
        return try await hear(
            .refundPayments,
            id,
            bearingLoss ? "payment.refund-at-loss" : "payment.refund",
            key,
            request,
            chosen: amount,
            bearsLoss: bearingLoss
        ) { payment, now in
            guard payment.method != .balance else {
                throw BillingError(.conflict, "It was paid from the balance. Cancel what was bought instead.")
            }
            var copy = payment
            try copy.requestRefund(of: amount, key: key.text, at: now)
            return copy.events
        }
    }

    /// Notes that money went back: handed over in cash, or by the reference of bank or gateway.
    public func settleRefund(
        _ refund: IdempotencyKey,
        of id: Identifier<Payment>,
        reference: String
    ) async throws -> Payment {
        try await hear(.refundPayments, id, "payment.refund-settle") { payment, now in
            let amount = try payment.refundAsked(under: refund)
            let isSettled = payment.events.contains { event in
                if case .refunded(_, _, refund.text) = event.kind { true } else { false }
            }
            guard !isSettled else { return [] }
            guard payment.standing(of: refund) == .asked else {
                throw BillingError(.conflict, "This refund was given up. Ask for another.")
            }
            return [try PaymentEvent(.refunded(amount: amount, reference: reference, key: refund.text), at: now)]
        }
    }

    /// Notes that money did not go back: what was taken for it is put back.
    public func failRefund(_ refund: IdempotencyKey, of id: Identifier<Payment>) async throws -> Payment {
        try await hear(.refundPayments, id, "payment.refund-fail") { payment, now in
            _ = try payment.refundAsked(under: refund)
            for case .refunded(_, _, refund.text) in payment.events.map(\.kind) {
                throw BillingError(.conflict, "The money went back already.")
            }
            return [try PaymentEvent(.refundFailed(key: refund.text), at: now)]
        }
    }
}

extension PaymentService {
    static func find(
        _ id: Identifier<Payment>,
        in store: any StoreReader,
        locked: Bool = false
    ) throws -> Payment {
        guard let payment = try store.payment(id, locked: locked) else {
            throw BillingError.notFound("payment", field: "payment")
        }
        return payment
    }

    static func find(_ reference: String, in store: any StoreReader) throws -> Payment {
        guard let id = Identifier<Payment>(reference) else { throw BillingError.notFound("payment", field: "payment") }
        return try find(id, in: store)
    }

    func hear(
        _ permission: Permission,
        _ id: Identifier<Payment>,
        _ action: String,
        _ key: IdempotencyKey? = nil,
        _ request: [String] = [],
        chosen: Money? = nil,
        bearsLoss: Bool = false,
        _ events: @escaping @Sendable (Payment, Timestamp) throws -> [PaymentEvent]
    ) async throws -> Payment {
        let calendar = TenantCalendar(session.tenant)
        return try await session.change(permission) { change in
            func perform(_ change: inout Change) throws -> String {
                let payment = try change.assignment.payment(id, in: change.store, locked: true)
                // All that is left is rounded, what somebody chooses of it is not.
                if let chosen, payment.method == .cash, chosen != payment.refundable(in: chosen.currency) {
                    try change.requireCoins(for: chosen, field: "amount")
                }
                let heard = try change.hear(
                    events(payment, change.now),
                    of: payment,
                    bearsLoss: bearsLoss,
                    in: calendar
                )
                try change.audit(action, "payment:\(id)", "\(heard.amount), \(heard.status.rawValue)")
                return id.description
            }
            guard let key else {
                _ = try perform(&change)
                return try Self.find(id, in: change.store)
            }
            return try change.once(key, [action, id.description] + request, perform: perform) { store, reference in
                try Self.find(reference, in: store)
            }
        }
    }
}

extension Payment {
    /// How far a refund of ours came; `nil` where none was asked for under the key.
    func standing(of refund: IdempotencyKey) -> Refund.Standing? {
        refunds.first { $0.id == "key:" + refund.text }?.standing
    }

    func refundAsked(under key: IdempotencyKey) throws -> Money {
        for case .refundRequested(let amount, key.text) in events.map(\.kind) { return amount }
        throw BillingError.notFound("refund", field: "refund")
    }
}
