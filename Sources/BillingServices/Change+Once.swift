import BillingDomain
import BillingPersistence
import OpenSSLSupport

extension Change {
    /// Does `perform` the first time `key` is seen, and never again.
    ///
    /// `request` is everything the caller asked for: another request under the same key is refused. `perform` gives a
    /// reference to what it made, and `answer` finds it again: the first answer and every later one are made alike.
    mutating func once<Answer>(
        _ key: IdempotencyKey,
        _ request: [String?],
        perform: (inout Change) throws -> String,
        answer: (any StoreReader, String) throws -> Answer
    ) throws -> Answer {
        let fingerprint = try Self.fingerprint([actor.description] + request)
        if let recorded = try store.idempotentResult(key: key.text) {
            guard recorded.fingerprint == fingerprint else {
                throw BillingError(
                    .conflict,
                    field: "key",
                    "This idempotency key was used for another request. Make a new key for a new request."
                )
            }
            return try answer(store, recorded.result)
        }
        let reference = try perform(&self)
        try store.record(
            IdempotencyRecord(
                tenant: store.scope == .system ? nil : tenant,
                key: key.text,
                fingerprint: fingerprint,
                result: reference,
                createdAt: now
            )
        )
        return try answer(store, reference)
    }

    /// A digest of the parts in which no two different lists look alike.
    private static func fingerprint(_ parts: [String?]) throws -> [UInt8] {
        let text = parts.map { part in part.map { "\($0.utf8.count):\($0)" } ?? "-" }.joined(separator: ",")
        return try SHA256.digest(of: text)
    }
}
