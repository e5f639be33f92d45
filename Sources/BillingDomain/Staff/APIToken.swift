/// A program's right to act: only the digest of its secret is kept.
public struct APIToken: Hashable, Sendable {
    /// Uses nearer together than this are not written down, so that a busy token does not write at every call.
    public static let useResolution = Duration.seconds(60)

    /// The identity of the token.
    public let id: Identifier<APIToken>

    /// The tenant it acts in.
    public let tenant: Identifier<Tenant>

    /// What it is for, in words.
    public var name: String

    /// The SHA-256 digest of the secret, 32 bytes.
    public private(set) var digest: [UInt8]

    /// What it may do at most.
    public var role: Role

    /// The part of the role's permissions that it has; `nil` for all of them.
    public let scopes: Set<Permission>?

    /// The routers and sites it may act on.
    public let assignment: StaffAssignment

    /// When it was created.
    public let createdAt: Timestamp

    /// When it ends by itself; `nil` for never.
    public let expiresAt: Timestamp?

    /// When it was last used, to ``useResolution``.
    public private(set) var lastUsedAt: Timestamp?

    /// When it was revoked; `nil` while it is good.
    public var revokedAt: Timestamp?

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates a token record, or recreates a stored one.
    public init(
        id: Identifier<APIToken>,
        tenant: Identifier<Tenant>,
        name: String,
        digest: [UInt8],
        role: Role,
        scopes: Set<Permission>? = nil,
        assignment: StaffAssignment = .everywhere,
        createdAt: Timestamp,
        expiresAt: Timestamp? = nil,
        lastUsedAt: Timestamp? = nil,
        revokedAt: Timestamp? = nil,
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.name = name
        self.digest = digest
        self.role = role
        self.scopes = scopes
        self.assignment = assignment
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
        self.revokedAt = revokedAt
        self.revision = revision
    }

    /// What it may do: never more than its role.
    public var permissions: Set<Permission> { scopes.map(role.permissions.intersection) ?? role.permissions }

    /// Whether it may be used at an instant: neither revoked nor past its end.
    public func isGood(at instant: Timestamp) -> Bool {
        guard revokedAt == nil else { return false }
        return expiresAt.map { instant < $0 } ?? true
    }

    /// Replaces the secret before anybody has used it: the former one is worth nothing from then on.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` for a token that was used or revoked.
    public mutating func replaceSecret(digest: [UInt8]) throws(DomainError) {
        guard lastUsedAt == nil, revokedAt == nil else {
            throw DomainError(.illegalMove, "Cannot replace the secret of a token that was used or revoked.")
        }
        self.digest = digest
    }

    /// Notes a use; says whether that is worth writing down.
    public mutating func noteUse(at instant: Timestamp) -> Bool {
        if let lastUsedAt, instant < lastUsedAt + Self.useResolution { return false }
        lastUsedAt = instant
        return true
    }
}
