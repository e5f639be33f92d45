public import BillingDomain
import BillingPersistence

/// What a server takes messages from outside in with, and a worker processes them with; not for people.
///
/// A message is kept as it came, then answered, then processed: what it says is believed only after it was verified.
public struct MessageQueue: Sendable {
    let context: ServiceContext

    /// The longest body that is kept, in bytes.
    public static let longestBody = 256 << 10

    /// Keeps a message, unless its source sent one under the same key before.
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
        guard body.count <= Self.longestBody, headers.utf8.count <= 16 << 10, !headers.utf8.contains(0) else {
            throw BillingError.invalid("body", "A message has at most \(Self.longestBody) bytes.")
        }
        return try await context.change(tenant, by: .system("inbox")) { change in
            guard try change.store.tenant(tenant) != nil else { throw BillingError.notFound("tenant", field: "tenant") }
            return try change.store.receive(
                InboxMessage(
                    id: change.identifier(),
                    tenant: tenant,
                    source: source,
                    key: key,
                    headers: headers,
                    body: body,
                    sourceAddress: address.map { Input.printable($0) },
                    createdAt: change.now
                )
            )
        }
    }

    /// Claims messages of all tenants that are due, at most `limit`, up to 1 000.
    public func claim(limit: Int = 100) async throws -> [InboxMessage] {
        let environment = context.environment
        return try await BillingError.translating {
            try await context.store.write(.system) { store in
                try store.claimMessages(now: environment.now(), limit: min(max(1, limit), 1_000))
            }
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
        try await context.change(claimed.tenant, by: .system("inbox")) { change in
            try change.store.fail(claimed, detail, retryAt: retryAt)
        }
    }

    /// Puts a claimed message aside until a person decides.
    @discardableResult
    public func quarantine(_ claimed: InboxMessage, _ detail: String) async throws -> InboxMessage {
        try await context.change(claimed.tenant, by: .system("inbox")) { change in
            var message = claimed
            try message.quarantine(detail)
            return try change.store.update(message)
        }
    }

    /// Does what a claimed message asks for and settles it, in one transaction.
    func process(
        _ claimed: InboxMessage,
        _ effect: @escaping @Sendable (inout Change) throws -> String
    ) async throws -> InboxMessage {
        try await context.change(claimed.tenant, by: .system("inbox")) { change in
            let detail = try effect(&change)
            return try change.store.complete(claimed, detail, now: change.now)
        }
    }
}
