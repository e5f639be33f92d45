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
        let request = Request(key, by: actor, request)
        if let reference = try request.reference(in: store) { return try answer(store, reference) }
        let reference = try perform(&self)
        try request.record(reference, in: store, id: identifier(), at: now)
        return try answer(store, reference)
    }
}

/// Something that was asked for under a key, to be done once.
struct Request {
    private let key: IdempotencyKey
    private let parts: [String?]

    /// `parts` is everything that was asked for: another request under the same key is refused.
    init(_ key: IdempotencyKey, by actor: BillingDomain.Actor, _ parts: [String?]) {
        self.key = key
        self.parts = [actor.description] + parts
    }

    /// What it came to before, in the scope of the reader; nil the first time.
    func reference(in store: any StoreReader) throws -> String? {
        guard let recorded = try store.idempotentResult(key: key.text) else { return nil }
        guard recorded.fingerprint == (try fingerprint) else {
            throw BillingError(
                .conflict,
                field: "key",
                "This idempotency key was used for another request. Make a new key for a new request."
            )
        }
        return recorded.result
    }

    /// Writes down what it came to.
    func record(
        _ reference: String,
        in store: any StoreTransaction,
        id: Identifier<IdempotencyRecord>,
        at now: Timestamp
    ) throws {
        try store.insert(
            IdempotencyRecord(
                id: id,
                tenant: store.scope.tenant,
                key: key.text,
                fingerprint: try fingerprint,
                result: reference,
                createdAt: now
            )
        )
    }

    /// Forgets it, so that the key is free again.
    func forget(in store: any StoreTransaction) throws {
        let key = IdempotencyRecord.scopedKey(store.scope.tenant, key.text)
        try store.delete(Query(IdempotencyRecord.Columns.scopedKey == key))
    }

    /// A digest of the parts in which no two different lists look alike.
    private var fingerprint: [UInt8] {
        get throws {
            try SHA256.digest(
                of: parts.map { part in part.map { "\($0.utf8.count):\($0)" } ?? "-" }.joined(separator: ",")
            )
        }
    }
}
