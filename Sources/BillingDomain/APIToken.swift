/// A program's right to act: only the digest of its secret is kept.
public struct APIToken: Hashable, Sendable {
    /// The identity of the token.
    public let id: Identifier<APIToken>

    /// The tenant it acts in.
    public let tenant: Identifier<Tenant>

    /// What it is for, in words.
    public var name: String

    /// The SHA-256 digest of the secret, 32 bytes.
    public let digest: [UInt8]

    /// What it may do.
    public var role: Role

    /// When it was created.
    public let createdAt: Timestamp

    /// When it was revoked; `nil` while it is good.
    public var revokedAt: Timestamp?

    /// Creates a token record, or recreates a stored one.
    public init(
        id: Identifier<APIToken>,
        tenant: Identifier<Tenant>,
        name: String,
        digest: [UInt8],
        role: Role,
        createdAt: Timestamp,
        revokedAt: Timestamp? = nil
    ) {
        self.id = id
        self.tenant = tenant
        self.name = name
        self.digest = digest
        self.role = role
        self.createdAt = createdAt
        self.revokedAt = revokedAt
    }
}
