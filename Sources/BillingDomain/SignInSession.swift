/// A browser that signed in: only the digest of its cookie is kept.
public struct SignInSession: Hashable, Sendable {
    /// The identity of the session.
    public let id: Identifier<SignInSession>

    /// The tenant signed in to.
    public let tenant: Identifier<Tenant>

    /// Who signed in.
    public let staff: Identifier<Staff>

    /// The SHA-256 digest of the cookie's secret, 32 bytes.
    public let digest: [UInt8]

    /// When they signed in.
    public let createdAt: Timestamp

    /// When the session ends by itself.
    public var expiresAt: Timestamp

    /// Creates a session record, or recreates a stored one.
    public init(
        id: Identifier<SignInSession>,
        tenant: Identifier<Tenant>,
        staff: Identifier<Staff>,
        digest: [UInt8],
        createdAt: Timestamp,
        expiresAt: Timestamp
    ) {
        self.id = id
        self.tenant = tenant
        self.staff = staff
        self.digest = digest
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}
