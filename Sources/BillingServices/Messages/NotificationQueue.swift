public import BillingDomain
import BillingPersistence

/// What a worker sends notifications with; not for people.
///
/// A claim is a lease: whoever ends it hands back what it claimed, and is refused with ``BillingError/Code/conflict`` once
/// another worker has taken it over.
public struct NotificationQueue: Sendable {
    let context: ServiceContext

    /// Asks that somebody be told something, once for a key; says whether it is new.
    public func enqueue(
        _ template: String,
        to recipient: String,
        _ variables: [String: String] = [:],
        of tenant: Identifier<Tenant>,
        key: String,
        notBefore: Timestamp? = nil
    ) async throws -> Bool {
        let template = try Input.name(template, field: "template")
        let recipient = try Input.name(recipient, field: "recipient")
        let key = try Input.name(key, field: "key")
        return try await context.change(tenant, by: .system("notifier")) { change in
            try change.notify(recipient, template, variables, key: key, notBefore: notBefore)
        }
    }

    /// Claims notifications of all tenants that are due, at most `limit`, up to 1 000.
    public func claim(limit: Int = 100) async throws -> [NotificationIntent] {
        let environment = context.environment
        return try await BillingError.translating {
            try await context.store.write(.system) { store in
                try store.claimNotifications(now: environment.now(), limit: min(max(1, limit), 1_000))
            }
        }
    }

    /// A channel has taken a claimed notification; `receipt` is what it calls it.
    @discardableResult
    public func complete(_ claimed: NotificationIntent, receipt: String?) async throws -> NotificationIntent {
        try await context.change(claimed.tenant, by: .system("notifier")) { change in
            try change.store.complete(claimed, receipt: receipt, now: change.now)
        }
    }

    /// An attempt failed: tried again at `retryAt`, or put aside if that is `nil` or there were too many.
    @discardableResult
    public func fail(
        _ claimed: NotificationIntent,
        _ detail: String,
        retryAt: Timestamp?
    ) async throws -> NotificationIntent {
        try await context.change(claimed.tenant, by: .system("notifier")) { change in
            try change.store.fail(claimed, detail, retryAt: retryAt)
        }
    }
}
