/// A person who may sign in.
///
/// | state | password by themselves | password by somebody else | `rehash` | switched off | switched on |
/// |---|---|---|---|---|---|
/// | active | active, signed out | must choose, signed out | active | disabled | active |
/// | must choose | active, signed out | must choose, signed out | must choose | disabled | must choose |
/// | disabled | disabled | disabled, must choose | disabled | disabled | as before |
///
/// Who must choose a password may do nothing else, who is disabled nothing at all. Nobody is deleted: the books and the
/// trail name them.
public struct Staff: Hashable, Sendable {
    /// The identity of the person.
    public let id: Identifier<Staff>

    /// The tenant that employs them.
    public let tenant: Identifier<Tenant>

    /// The name to sign in with, unique in the tenant whatever the case of a–z.
    public var username: String

    /// The salted hash of the password with its parameters; never the password.
    ///
    /// Changed by ``changePassword(hash:mustChange:at:)``.
    public var passwordHash: String

    /// The preset that says what they may do, unless there is a ``customRole``.
    public var role: Role

    /// The tenant's own role that says what they may do instead of the preset.
    public var customRole: Identifier<RoleDefinition>?

    /// The name that others see; the user name where there is none.
    public var displayName: String?

    /// The e-mail address.
    public var email: String?

    /// The telephone number.
    public var phone: String?

    /// The language that the panel speaks to them, as a BCP 47 tag such as `sw`.
    public var language: String?

    /// The routers and sites they may act on.
    public var assignment: StaffAssignment

    /// Whether signing in is switched off.
    public var isDisabled: Bool

    /// Whether nothing is allowed until they have chosen a password of their own.
    public private(set) var mustChangePassword: Bool

    /// When the password was last changed; a session from before that is not good any more.
    public private(set) var passwordChangedAt: Timestamp

    /// The second factor, if they have one.
    public var secondFactor: SecondFactor?

    /// When they were added.
    public let createdAt: Timestamp

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates a member of staff, or recreates a stored one.
    public init(
        id: Identifier<Staff>,
        tenant: Identifier<Tenant>,
        username: String,
        passwordHash: String,
        role: Role,
        customRole: Identifier<RoleDefinition>? = nil,
        displayName: String? = nil,
        email: String? = nil,
        phone: String? = nil,
        language: String? = nil,
        assignment: StaffAssignment = .everywhere,
        isDisabled: Bool = false,
        mustChangePassword: Bool = false,
        passwordChangedAt: Timestamp? = nil,
        secondFactor: SecondFactor? = nil,
        createdAt: Timestamp,
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.username = username
        self.passwordHash = passwordHash
        self.role = role
        self.customRole = customRole
        self.displayName = displayName
        self.email = email
        self.phone = phone
        self.language = language
        self.assignment = assignment
        self.isDisabled = isDisabled
        self.mustChangePassword = mustChangePassword
        self.passwordChangedAt = passwordChangedAt ?? createdAt
        self.secondFactor = secondFactor
        self.createdAt = createdAt
        self.revision = revision
    }
}

extension Staff {
    /// What they may do, given the role that ``customRole`` names.
    ///
    /// Without that role, or with another one or another tenant's, somebody with a custom role may do nothing.
    public func permissions(_ definition: RoleDefinition? = nil) -> Set<Permission> {
        guard !isDisabled else { return [] }
        guard let customRole else { return role.permissions }
        guard let definition, definition.id == customRole, definition.tenant == tenant else { return [] }
        return definition.effectivePermissions
    }

    /// Sets a new password; `mustChange` for one that somebody else chose.
    public mutating func changePassword(hash: String, mustChange: Bool = false, at instant: Timestamp) {
        passwordHash = hash
        mustChangePassword = mustChange
        passwordChangedAt = instant
    }

    /// Replaces the hash by one of the same password with stronger parameters; no session ends.
    public mutating func rehash(_ hash: String) { passwordHash = hash }

    /// Whether a session that began at an instant is still good for this person.
    public func accepts(sessionFrom instant: Timestamp) -> Bool { !isDisabled && instant >= passwordChangedAt }
}
