public import BillingDomain
public import BillingPersistence

/// The payments of one tenant: cash, bank transfers, gateways, refunds and the terms of each method.
public struct PaymentService: Sendable {
    let session: BillingSession

    /// The payments that meet a filter, newest first, with everything that was heard about them.
    public func list(
        _ filter: PaymentFilter = PaymentFilter(),
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<Payment> {
        try await session.read(.viewPayments) { try $0.payments(filter.query, page) }
    }

    /// One payment with everything that was heard about it.
    public func payment(_ id: Identifier<Payment>) async throws -> Payment {
        try await session.read(.viewPayments) { try Self.find(id, in: $0) }
    }

    /// The receipt of a payment that is settled.
    public func receipt(of id: Identifier<Payment>) async throws -> Receipt {
        try await session.read(.viewPayments) { store in
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

    /// Asks a gateway to collect a payment, and says where the payer goes on.
    ///
    /// Sent again with the same key and draft, the same payment is asked for again, which collects once.
    public func initiate(
        _ draft: PaymentDraft,
        with gateway: any PaymentGateway,
        text: String,
        payer: ContactPoint? = nil,
        expiresAt: Timestamp? = nil,
        key: IdempotencyKey
    ) async throws -> (payment: Payment, link: String?) {
        let calendar = TenantCalendar(session.tenant)
        guard draft.method == .gateway(gateway.identifier) else {
            throw BillingError.invalid("method", "The method is not this gateway's.")
        }
        let payment = try await session.change(.takePayments) { change in
            try change.once(key, ["payment.initiate", text] + draft.fingerprint) { change in
                try change.begin(draft).id.description
            } answer: { store, reference in
                try Self.find(reference, in: store)
            }
        }
        let intent = try await BillingError.translating {
            try PaymentIntent(
                payment: payment.id,
                amount: payment.amount,
                publicReference: payment.publicReference,
                text: text,
                payer: payer,
                expiresAt: expiresAt
            )
        }
        let answer: GatewayPayment
        do {
            answer = try await gateway.createPayment(intent)
        } catch {
            throw BillingError(
                .unavailable,
                "The gateway \(gateway.identifier) could not be asked. Try again with the same key.",
                cause: "\(type(of: error))"
            )
        }
        let known = try await session.change(.takePayments) { change in
            let current = try Self.find(payment.id, in: change.store, locked: true)
            let isKnown = current.events.contains { event in
                if case .pending(answer.reference.value) = event.kind { true } else { false }
            }
            guard !isKnown else { return current }
            let event = try PaymentEvent(.pending(reference: answer.reference.value), at: change.now)
            return try change.hear([event], of: current, in: calendar)
        }
        return (known, answer.payerLink)
    }

    /// Asks a gateway what it knows, for a payment whose message did not come.
    public func check(_ id: Identifier<Payment>, with gateway: any PaymentGateway) async throws -> Payment {
        let payment = try await session.read(.confirmPayments) { try Self.find(id, in: $0) }
        guard payment.method == .gateway(gateway.identifier), let reference = payment.reference(of: gateway) else {
            throw BillingError(.conflict, "The gateway has not been asked for this payment.")
        }
        let notices: [GatewayNotice]
        do {
            notices = try await gateway.checkStatus(of: reference)
        } catch {
            throw BillingError(.unavailable, "The gateway could not be asked. Try again.", cause: "\(type(of: error))")
        }
        return try await hear(.confirmPayments, id, "payment.check") { _, _ in
            notices.filter { $0.publicReference == payment.publicReference }.map(\.event)
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
            guard payment.status == .quarantined else {
                throw BillingError(.conflict, "Only a payment in quarantine is released.")
            }
            return [try PaymentEvent(.released(captured: payment.captured, by: actor.description), at: now)]
        }
    }

    /// Asks for money to go back.
    ///
    /// It is owed to the payer from now on. The key names this refund once and for all.
    public func requestRefund(
        of amount: Money,
        from id: Identifier<Payment>,
        key: IdempotencyKey
    ) async throws -> Payment {
        try await hear(.refundPayments, id, "payment.refund", key, [amount.description]) { payment, now in
            if case .other = payment.purpose {
                throw BillingError(.conflict, "Refund the voucher instead: it is revoked first.")
            }
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
    /// The terms of every method.
    public func terms() async throws -> [PaymentTerms] {
        try await session.read(.viewPayments) { try $0.records(Query<PaymentTermsRow>()).map(\.terms) }
    }

    /// Sets the fee, the limits and the step of a method in a currency.
    public func setTerms(_ terms: PaymentTerms) async throws {
        try await session.change(.manageGateways) { change in
            if var row = try change.store.termsRow(of: terms.method, in: terms.currency) {
                row.terms = terms
                try change.store.update(row)
            } else {
                let row = PaymentTermsRow(id: try change.identifier(), tenant: change.tenant, terms: terms)
                try change.store.insert(row)
            }
            try change.audit("payment.terms", "method:\(terms.method)", terms.currency.code)
        }
    }

    /// What a customer pays, the house receives, and the fee between them, for a price by a method.
    public func quote(
        _ price: Money,
        by method: PaymentMethod
    ) async throws -> (paid: Money, received: Money, fee: Money) {
        try await session.read(.viewPayments) { store in
            try store.terms(of: method, in: price.currency)?.quote(price) ?? (price, price, .zero(price.currency))
        }
    }

    /// Notes a rate of exchange; those before it are kept.
    public func setRate(_ rate: ExchangeRate) async throws {
        try await session.change(.manageExchangeRates) { change in
            let source = try Input.name(rate.source, field: "source")
            try change.store.insert(ExchangeRateRow(id: change.identifier(), tenant: change.tenant, rate: rate))
            try change.audit("rate.set", "rate:\(rate.from)-\(rate.to)", "\(rate.decimalString), \(source)")
        }
    }

    /// The rates that were noted, newest first.
    public func rates(_ page: PageRequest = PageRequest()) async throws -> Page<ExchangeRate> {
        try await session.read(.viewPayments) { store in
            try store.page(Query<ExchangeRateRow>().sorted(byDescending: ExchangeRateRow.Columns.at), page).map(\.rate)
        }
    }

    /// Messages of gateways as they came, newest first, with what became of them.
    public func messages(
        _ states: Set<InboxState> = [],
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<InboxMessage> {
        try await session.read(.viewPayments) { store in
            var query = Query<InboxMessage>().sorted(byDescending: InboxMessage.Columns.createdAt)
            if !states.isEmpty { query = query.where(InboxMessage.Columns.state.isOne(of: states)) }
            return try store.page(query, page)
        }
    }

    /// Lets a message that was put aside be processed again.
    public func release(message id: Identifier<InboxMessage>) async throws -> InboxMessage {
        try await session.change(.releaseQuarantine) { change in
            var message = try change.store.require(id, "message")
            try message.release(at: change.now)
            try change.audit("inbox.release", "message:\(id)", message.source)
            return try change.store.update(message)
        }
    }

    /// Closes a message that was put aside, without effect.
    public func dismiss(message id: Identifier<InboxMessage>, reason: String) async throws -> InboxMessage {
        try await session.change(.releaseQuarantine) { change in
            let reason = try Input.name(reason, field: "reason")
            var message = try change.store.require(id, "message")
            try message.dismiss(reason, at: change.now)
            try change.audit("inbox.dismiss", "message:\(id)", reason)
            return try change.store.update(message)
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

    private func hear(
        _ permission: Permission,
        _ id: Identifier<Payment>,
        _ action: String,
        _ key: IdempotencyKey? = nil,
        _ request: [String] = [],
        _ events: @escaping @Sendable (Payment, Timestamp) throws -> [PaymentEvent]
    ) async throws -> Payment {
        let calendar = TenantCalendar(session.tenant)
        return try await session.change(permission) { change in
            func perform(_ change: inout Change) throws -> String {
                let payment = try Self.find(id, in: change.store, locked: true)
                let heard = try change.hear(events(payment, change.now), of: payment, in: calendar)
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
    /// What the gateway calls it, once it was asked.
    fileprivate func reference(of gateway: any PaymentGateway) -> GatewayReference? {
        for case .pending(let reference) in events.map(\.kind) {
            return GatewayReference(gateway: gateway.identifier, value: reference)
        }
        return nil
    }

    fileprivate func refundAsked(under key: IdempotencyKey) throws -> Money {
        for case .refundRequested(let amount, key.text) in events.map(\.kind) { return amount }
        throw BillingError.notFound("refund", field: "refund")
    }
}

extension Change {
    /// Takes a payment that needs no gateway.
    mutating func take(_ draft: PaymentDraft, in calendar: TenantCalendar) throws -> Payment {
        let payment = try begin(draft)
        switch payment.method {
        case .cash, .balance:
            let event = try PaymentEvent(
                .settled(amount: payment.amount, fee: nil, reference: payment.publicReference),
                at: now
            )
            return try hear([event], of: payment, in: calendar)
        case .bankTransfer:
            return try hear(
                [PaymentEvent(.pending(reference: payment.publicReference), at: now)],
                of: payment,
                in: calendar
            )
        case .gateway:
            throw BillingError.invalid("method", "Ask the gateway to collect it.")
        }
    }
}
