public import BillingDomain
import BillingPersistence

/// What is asked of gateways: always between transactions, under names that make asking twice ask once.
extension PaymentService {
    /// Asks a gateway to collect a payment, and says where the payer goes on.
    ///
    /// Sent again with the same key and request, the same payment is asked for again, which collects once. One that has been
    /// paid or has ended meanwhile is not asked for any more: it is the answer, and there is no link.
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
            let whom = payer.map { "\($0.kind.rawValue):\($0.value)" }
            let request = ["payment.initiate", text, whom, expiresAt?.description] + draft.fingerprint
            return try change.once(key, request) { change in
                try change.begin(draft).id.description
            } answer: { store, reference in
                try Self.find(reference, in: store)
            }
        }
        guard payment.status == .initiated || payment.status == .pending else { return (payment, nil) }
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
        try await ask(gateway, about: id, .confirmPayments, "payment.check") { _, reference in
            try await gateway.checkStatus(of: reference)
        }
    }

    /// Has a gateway send money back that was asked back under a key.
    ///
    /// The key names the refund to the gateway too, so that asking again sends it once. What the gateway answers takes
    /// effect at once; where it answers nothing yet, its message settles the refund later.
    ///
    /// - Throws: ``BillingError/Code/notFound`` where no refund was asked for under the key, ``BillingError/Code/conflict``
    ///   where it was paid or failed, ``BillingError/Code/unavailable`` where the gateway cannot be asked: try again.
    public func sendRefund(
        _ refund: IdempotencyKey,
        of id: Identifier<Payment>,
        with gateway: any RefundingGateway
    ) async throws -> Payment {
        try await ask(gateway, about: id, .refundPayments, "payment.refund-send") { payment, reference in
            let amount = try payment.refundAsked(under: refund)
            guard payment.standing(of: refund) == .asked else {
                throw BillingError(.conflict, "The refund was paid, or has failed.")
            }
            return try await gateway.refund(amount, of: reference, key: refund.text)
        }
    }

    /// Has a gateway call off a payment that nothing has come in for, so that nothing comes in any more.
    ///
    /// What the gateway answers takes effect at once, also where it says that the money has come in meanwhile.
    public func cancel(_ id: Identifier<Payment>, with gateway: any CancellingGateway) async throws -> Payment {
        try await ask(gateway, about: id, .takePayments, "payment.cancel-send") { payment, reference in
            guard !payment.status.hasMoney else { throw BillingError(.conflict, "Money came in. Refund it instead.") }
            return try await gateway.cancel(reference)
        }
    }

    private func ask(
        _ gateway: any PaymentGateway,
        about id: Identifier<Payment>,
        _ permission: Permission,
        _ action: String,
        _ question: (Payment, GatewayReference) async throws -> [GatewayNotice]
    ) async throws -> Payment {
        let assignment = session.assignment
        // Who may not hear the answer does not ask: a gateway does at once what it is asked.
        let payment = try await session.read(permission) { try assignment.payment(id, in: $0) }
        guard payment.method == .gateway(gateway.identifier), let reference = payment.reference(of: gateway) else {
            throw BillingError(.conflict, "The gateway has not been asked for this payment.")
        }
        let notices: [GatewayNotice]
        do {
            notices = try await question(payment, reference)
        } catch let error as BillingError {
            throw error
        } catch {
            throw BillingError(.unavailable, "The gateway could not be asked. Try again.", cause: "\(type(of: error))")
        }
        return try await hear(permission, id, action) { _, _ in
            notices.filter { $0.publicReference == payment.publicReference }.map(\.event)
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
}
