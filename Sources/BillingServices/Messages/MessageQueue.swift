public import BillingDomain
import BillingPersistence
import OpenSSLSupport

/// The inbox: what a server takes messages from outside in with, and a worker processes them with; not for people.
///
/// A message is kept as it came, then answered, then processed: what it says is believed only after it was verified. What
/// gateways send is processed by ``CollectionService``.
public struct MessageQueue: Sendable {
    let context: ServiceContext

    /// The longest body that is kept, in bytes.
    public static let longestBody = 256 << 10

    private static let actor = Actor.system("inbox")

    /// Keeps a message, unless the very same one came before from its source under the same key.
    ///
    /// Hand in those headers alone that are needed to verify it: they are kept sealed, shown to nobody, and dropped once
    /// the message is settled. Answer the sender once this returns.
    public func receive(
        from source: String,
        key: String,
        headers: String = "",
        body: [UInt8],
        address: String? = nil,
        for tenant: Identifier<Tenant>
    ) async throws -> (message: InboxMessage, isNew: Bool) {
        let source = try Input.name(source, field: "source")
        guard (1...200).contains(key.utf8.count), !key.utf8.contains(0) else {
            throw BillingError.invalid("key", "A message has a key of 1 to 200 bytes.")
        }
        guard body.count <= Self.longestBody, headers.utf8.count <= 16 << 10 else {
            throw BillingError.invalid("body", "A message has at most \(Self.longestBody) bytes.")
        }
        let context = context
        return try await context.change(tenant, by: Self.actor) { change in
            guard try change.store.tenant(tenant) != nil else { throw BillingError.notFound("tenant", field: "tenant") }
            let id: Identifier<InboxMessage> = try change.identifier()
            return try change.store.receive(
                InboxMessage(
                    id: id,
                    tenant: tenant,
                    source: source,
                    key: key,
                    digest: SHA256.digest(of: Array("\(headers.utf8.count):\(headers)".utf8) + body),
                    sealedHeaders: headers.isEmpty ? [] : context.seal(headers: headers, of: id),
                    body: body,
                    sourceAddress: address.map { Input.printable($0) },
                    createdAt: change.now
                )
            )
        }
    }

    /// Claims messages of all tenants that are due, from some sources if named, at most `limit`, up to 1 000.
    public func claim(limit: Int = 100, from sources: Set<String>? = nil) async throws -> [InboxMessage] {
        let environment = context.environment
        return try await BillingError.translating {
            try await context.store.write(.system) { store in
                try store.claimMessages(
                    now: environment.now(),
                    limit: min(max(1, limit), 1_000),
                    from: sources
                )
            }
        }
    }

    /// Claims one message; `nil` where it is settled, not due or in the hands of another.
    func claim(_ id: Identifier<InboxMessage>, from source: String, of tenant: Identifier<Tenant>) async throws
        -> InboxMessage?
    {
        try await context.change(tenant, by: Self.actor) { change in
            var message = try change.store.require(id, "message", locked: true)
            guard message.source == source else { throw BillingError.notFound("message", field: "message") }
            guard message.isDue(at: change.now) else { return nil }
            try message.claim(at: change.now)
            return try change.store.update(message)
        }
    }

    /// A claimed message has no effect of its own, for a reason.
    @discardableResult
    public func complete(_ claimed: InboxMessage, _ detail: String) async throws -> InboxMessage {
        try await process(claimed) { _ in detail }
    }

    /// An attempt failed; tried again at `retryAt`, and put into quarantine after too many.
    @discardableResult
    public func fail(_ claimed: InboxMessage, _ detail: String, retryAt: Timestamp) async throws -> InboxMessage {
        try await putAside(claimed) { try $0.fail(detail, retryAt: retryAt) }
    }

    /// Puts a claimed message aside until a person decides.
    @discardableResult
    public func quarantine(_ claimed: InboxMessage, _ detail: String) async throws -> InboxMessage {
        try await putAside(claimed) { try $0.quarantine(detail) }
    }

    /// Does what a claimed message asks for and settles it, in one transaction.
    func process(
        _ claimed: InboxMessage,
        _ effect: @escaping @Sendable (inout Change) throws -> String
    ) async throws -> InboxMessage {
        try await context.change(claimed.tenant, by: Self.actor) { change in
            let detail = try effect(&change)
            return try change.store.complete(claimed, detail, now: change.now)
        }
    }

    private func putAside(
        _ claimed: InboxMessage,
        _ move: @escaping @Sendable (inout InboxMessage) throws -> Void
    ) async throws -> InboxMessage {
        try await context.change(claimed.tenant, by: Self.actor) { change in
            var message = claimed
            try move(&message)
            if message.state == .quarantined {
                try change.audit("message.quarantine", "message:\(message.id)", message.detail ?? "")
            }
            return try change.store.update(message)
        }
    }
}

extension ServiceContext {
    func seal(headers: String, of message: Identifier<InboxMessage>) throws -> [UInt8] {
        try secrets.seal(Array(headers.utf8), owner: "message-headers:\(message)", environment: environment)
    }

    func headers(of message: InboxMessage) throws -> String {
        guard !message.sealedHeaders.isEmpty else { return "" }
        let owner = "message-headers:\(message.id)"
        return String(decoding: try secrets.open(message.sealedHeaders, owner: owner), as: UTF8.self)
    }
}
