public import BillingDomain

/// What is entered about a token for a program.
public struct TokenDraft: Hashable, Sendable {
    /// What it is for, 1…100 characters.
    public var name: String
    /// What it may do at most.
    public var role: Role
    /// The part of the role's permissions that it has; `nil` for all of them.
    public var scopes: Set<Permission>?
    /// The routers and sites it may act on.
    public var assignment: StaffAssignment
    /// When it ends by itself; `nil` for never.
    public var expiresAt: Timestamp?

    /// A draft to make a token from.
    public init(
        name: String,
        role: Role,
        scopes: Set<Permission>? = nil,
        assignment: StaffAssignment = .everywhere,
        expiresAt: Timestamp? = nil
    ) {
        self.name = name
        self.role = role
        self.scopes = scopes
        self.assignment = assignment
        self.expiresAt = expiresAt
    }

    var fingerprint: [String?] {
        [name, role.rawValue, scopes?.storedText, assignment.storedText, expiresAt?.description]
    }
}
