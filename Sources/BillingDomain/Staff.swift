/// A person who may sign in.
public struct Staff: Hashable, Sendable {
    /// The identity of the person.
    public let id: Identifier<Staff>

    /// The tenant that employs them.
    public let tenant: Identifier<Tenant>

    /// The name to sign in with, unique in the tenant whatever the case of a–z.
    public var username: String

    /// The salted hash of the password with its parameters; never the password.
    public var passwordHash: String

    /// What they may do.
    public var role: Role

    /// Whether signing in is switched off.
    public var isDisabled: Bool

    /// When they were added.
    public let createdAt: Timestamp

    /// Creates a member of staff, or recreates a stored one.
    public init(
        id: Identifier<Staff>,
        tenant: Identifier<Tenant>,
        username: String,
        passwordHash: String,
        role: Role,
        isDisabled: Bool = false,
        createdAt: Timestamp
    ) {
        self.id = id
        self.tenant = tenant
        self.username = username
        self.passwordHash = passwordHash
        self.role = role
        self.isDisabled = isDisabled
        self.createdAt = createdAt
    }
}
