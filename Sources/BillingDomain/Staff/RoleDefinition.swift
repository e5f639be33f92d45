/// A role that a tenant defined for itself: a name and what it allows.
///
/// A role is never deleted while staff may refer to it: it is archived, and then allows nothing.
public struct RoleDefinition: Hashable, Sendable {
    /// The identity of the role.
    public let id: Identifier<RoleDefinition>

    /// The tenant that defined it.
    public let tenant: Identifier<Tenant>

    /// The name, unique among the tenant's roles whatever the case of a–z, 1…64 characters.
    public private(set) var name: String

    /// What it allows.
    public private(set) var permissions: Set<Permission>

    /// Whether it is no longer in use; such a role allows nothing.
    public private(set) var isArchived: Bool

    /// When it was defined.
    public let createdAt: Timestamp

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Recreates a stored role; use ``init(id:tenant:name:permissions:grantedBy:createdAt:)`` for a new one.
    public init(
        id: Identifier<RoleDefinition>,
        tenant: Identifier<Tenant>,
        name: String,
        permissions: Set<Permission>,
        isArchived: Bool,
        createdAt: Timestamp,
        revision: Int64
    ) {
        self.id = id
        self.tenant = tenant
        self.name = name
        self.permissions = permissions
        self.isArchived = isArchived
        self.createdAt = createdAt
        self.revision = revision
    }

    /// Defines a role; whoever does so must hold everything it allows.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for a name outside 1…64 characters or one that
    ///   means a preset, and for a permission that is not among `granter`.
    public init(
        id: Identifier<RoleDefinition>,
        tenant: Identifier<Tenant>,
        name: String,
        permissions: Set<Permission>,
        grantedBy granter: Set<Permission>,
        createdAt: Timestamp
    ) throws(DomainError) {
        try Self.check(name)
        try Self.check(permissions, grantedBy: granter)
        self.init(
            id: id,
            tenant: tenant,
            name: name,
            permissions: permissions,
            isArchived: false,
            createdAt: createdAt,
            revision: 1
        )
    }

    /// Gives the role another name; throws as the initializer does.
    public mutating func rename(to name: String) throws(DomainError) {
        try Self.check(name)
        self.name = name
    }

    /// Changes what the role allows.
    ///
    /// Whoever does so must hold everything that is added or taken away: nobody lifts themselves above their own rights.
    public mutating func allow(_ permissions: Set<Permission>, grantedBy granter: Set<Permission>) throws(DomainError) {
        try Self.check(permissions.symmetricDifference(self.permissions), grantedBy: granter)
        self.permissions = permissions
    }

    /// Takes the role out of use.
    public mutating func archive() { isArchived = true }

    /// What the role allows now.
    public var effectivePermissions: Set<Permission> { isArchived ? [] : permissions }

    private static func check(_ name: String) throws(DomainError) {
        guard (1...64).contains(name.count), Role(named: name) == nil else {
            throw DomainError(
                .invalidValue,
                field: "name",
                "A role's name has 1 to 64 characters and is none of the presets' names."
            )
        }
    }

    private static func check(
        _ permissions: Set<Permission>,
        grantedBy granter: Set<Permission>
    ) throws(DomainError) {
        let missing = permissions.subtracting(granter)
        guard missing.isEmpty else {
            throw DomainError(
                .invalidValue,
                field: "permissions",
                "Only who holds a permission can grant or withdraw it; these are missing: \(missing.storedText)."
            )
        }
    }
}
