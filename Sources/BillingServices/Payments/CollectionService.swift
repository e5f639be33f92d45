public import BillingDomain
import BillingPersistence

/// What time and gateways bring about in the books of a tenant; for workers, not for people.
///
/// A gateway's message is stored before it is answered, so that nothing that was accepted is lost; what it says takes
/// effect in one transaction with the end of the message, exactly once.
public struct CollectionService: Sendable {
    let context: ServiceContext

    private static let actor = Actor.system("collection")

    /// Stores a message as it came.
    ///
    /// Answer the gateway once this returns; a repetition is the same message.
    public func recordCallback(
        _ callback: GatewayCallback,
        from gateway: String,
        tenant: Identifier<Tenant>
    ) async throws -> InboxMessage {
        try await context.change(tenant, by: Self.actor) { change in
            guard (1...60).contains(gateway.utf8.count), (1...200).contains(callback.key.utf8.count),
                callback.headers.utf8.count <= 16_384, callback.body.count <= 262_144
            else { throw BillingError.invalid("callback", "The message is too long, or nobody named it.") }
            guard try change.store.tenant(tenant) != nil else { throw BillingError.notFound("tenant", field: "tenant") }
            let source = "gateway:\(gateway)"
            if let known = try change.store.message(callback.key, from: source) { return known }
            let message = InboxMessage(
                id: try change.identifier(),
                tenant: tenant,
                source: source,
                key: callback.key,
                headers: callback.headers,
                body: callback.body,
                sourceAddress: callback.sourceAddress,
                createdAt: change.now
            )
            try change.store.insert(message)
            return message
        }
    }

    /// Verifies a stored message and gives it its effect; a message that is done stays as it is.
    ///
    /// What the gateway does not take for its own is quarantined; anything else that goes wrong is tried again later.
    @discardableResult
    public func process(
        _ id: Identifier<InboxMessage>,
        with gateway: any PaymentGateway,
        tenant: Identifier<Tenant>
    ) async throws -> InboxMessage {
        let claimed: InboxMessage? = try await context.change(tenant, by: Self.actor) { change in
            var message = try change.store.require(id, "message", locked: true)
            guard message.source == "gateway:\(gateway.identifier)" else { throw BillingError.notFound("message") }
            guard message.isDue(at: change.now) else { return nil }
            try message.claim(at: change.now)
            return try change.store.update(message)
        }
        guard let claimed else {
            return try await context.read(.tenant(tenant)) { try $0.require(id, "message") }
        }
        let callback = GatewayCallback(
            key: claimed.key,
            headers: claimed.headers,
            body: claimed.body,
            sourceAddress: claimed.sourceAddress
        )
        do {
            let notices = try await gateway.handleCallback(callback)
            return try await apply(notices, claimed, gateway)
        } catch let refusal as GatewayRefusal {
            return try await end(claimed) { message, _ in try message.quarantine(refusal.message) }
        } catch let error as BillingError where [.duplicate, .notFound, .invalidInput].contains(error.code) {
            return try await end(claimed) { message, _ in try message.quarantine(error.message) }
        } catch {
            let name = (error as? BillingError)?.message ?? "\(type(of: error))"
            return try await end(claimed) { message, now in
                let wait = Duration.seconds(min(3_600, 10 << min(9, message.attempts)))
                try message.fail(name, retryAt: now + wait)
            }
        }
    }

    /// Processes what waits, oldest first.
    ///
    /// Says how many messages that was. A gateway that is not there is passed over.
    @discardableResult
    public func processDue(
        tenant: Identifier<Tenant>,
        limit: Int = 100,
        gateway: @Sendable (String) -> (any PaymentGateway)?
    ) async throws -> Int {
        let now = context.environment.now()
        let waiting = try await context.read(.tenant(tenant)) { store in
            try store.records(
                Query(InboxMessage.Columns.state.isOne(of: [.received, .failed, .processing]))
                    .sorted(by: InboxMessage.Columns.createdAt).first(10 * max(1, limit))
            )
            .filter { $0.isDue(at: now) && $0.source.hasPrefix("gateway:") }
        }
        var count = 0
        for message in waiting.prefix(max(0, limit)) {
            guard let gateway = gateway(String(message.source.dropFirst("gateway:".count))) else { continue }
            try await process(message.id, with: gateway, tenant: tenant)
            count += 1
        }
        return count
    }

    private func apply(
        _ notices: [GatewayNotice],
        _ claimed: InboxMessage,
        _ gateway: any PaymentGateway
    ) async throws -> InboxMessage {
        let method = PaymentMethod.gateway(gateway.identifier)
        return try await context.change(claimed.tenant, by: Self.actor) { change in
            var message = try change.store.require(claimed.id, "message", locked: true)
            guard message.state == .processing, message.revision == claimed.revision else {
                throw BillingError(.leaseLost, "Another worker has taken this message over.")
            }
            guard let tenant = try change.store.tenant(claimed.tenant) else { throw BillingError.notFound("tenant") }
            let calendar = TenantCalendar(tenant)
            var results: [String] = []
            for notice in notices {
                guard let payment = try change.store.payment(publicReference: notice.publicReference),
                    payment.method == method
                else { throw BillingError.notFound("payment", field: "publicReference") }
                let heard = try change.hear([notice.event], of: payment, in: calendar)
                results.append("\(heard.publicReference) \(heard.status.rawValue)")
            }
            try message.complete(results.joined(separator: ", "), at: change.now)
            return try change.store.update(message)
        }
    }

    private func end(
        _ claimed: InboxMessage,
        _ body: @escaping @Sendable (inout InboxMessage, Timestamp) throws -> Void
    ) async throws -> InboxMessage {
        try await context.change(claimed.tenant, by: Self.actor) { change in
            var message = try change.store.require(claimed.id, "message", locked: true)
            guard message.state == .processing, message.revision == claimed.revision else { return message }
            try body(&message, change.now)
            if message.state == .quarantined {
                try change.audit("inbox.quarantine", "message:\(message.id)", message.detail ?? "")
            }
            return try change.store.update(message)
        }
    }
}

extension StoreReader {
    func message(_ key: String, from source: String) throws -> InboxMessage? {
        try first(Query(InboxMessage.Columns.source == source, InboxMessage.Columns.key == key))
    }
}
