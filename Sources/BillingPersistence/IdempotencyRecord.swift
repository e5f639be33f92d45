public import BillingDomain

/// What a request with a key came to, so that the same request sent again is answered and not done again.
public struct IdempotencyRecord: Hashable, Sendable {
    /// The tenant the key belongs to; `nil` for keys of the system scope.
    public let tenant: Identifier<Tenant>?

    /// The key that the caller chose, unique in its tenant.
    public let key: String

    /// A digest of what was asked for; the same key with another fingerprint is a mistake of the caller.
    public let fingerprint: [UInt8]

    /// What was answered, as the service wrote it down.
    public let result: String

    /// When it was answered.
    public let createdAt: Timestamp

    /// Creates a record.
    public init(
        tenant: Identifier<Tenant>?,
        key: String,
        fingerprint: [UInt8],
        result: String,
        createdAt: Timestamp
    ) {
        self.tenant = tenant
        self.key = key
        self.fingerprint = fingerprint
        self.result = result
        self.createdAt = createdAt
    }
}
