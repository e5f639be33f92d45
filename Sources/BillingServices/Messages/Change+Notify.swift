import BillingDomain
import BillingPersistence

extension Change {
    /// Asks that somebody be told something, once for a key; says whether it is new.
    ///
    /// `variables` hold no secret: what is one is looked up when it is sent.
    @discardableResult
    func notify(
        _ recipient: String,
        _ template: String,
        _ variables: [String: String] = [:],
        key: String,
        notBefore: Timestamp? = nil
    ) throws -> Bool {
        try store.enqueue(
            NotificationIntent(
                id: identifier(),
                tenant: tenant,
                template: template,
                recipient: recipient,
                variables: variables,
                dedupeKey: key,
                notBefore: notBefore,
                createdAt: now
            )
        )
    }
}
