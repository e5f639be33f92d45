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

    /// The network address they signed in from, if known.
    public let address: String?

    /// What the browser calls itself, cut to 200 characters, for the list of one's sessions.
    public let userAgent: String?

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates a session record, or recreates a stored one.
    public init(
        id: Identifier<SignInSession>,
        tenant: Identifier<Tenant>,
        staff: Identifier<Staff>,
        digest: [UInt8],
        createdAt: Timestamp,
        expiresAt: Timestamp,
        address: String? = nil,
        userAgent: String? = nil,
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.staff = staff
        self.digest = digest
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.address = address
        self.userAgent = userAgent.map { String($0.prefix(200)) }
        self.revision = revision
    }
}
