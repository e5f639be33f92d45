/// A business that sells access: the wall that no query crosses.
///
/// | state | `suspend` | `resume` | `close` |
/// |---|---|---|---|
/// | active | suspended | – | closed |
/// | suspended | – | active | closed |
/// | closed | – | – | – |
public struct Tenant: Hashable, Sendable {
    /// The identity of the tenant.
    public let id: Identifier<Tenant>

    /// The trading name.
    public var name: String

    /// The name in addresses, unique among all tenants; `nil` while it has none.
    public var slug: TenantSlug?

    /// The currency of its books and price lists.
    public var currency: Currency

    /// The IANA zone that its business days follow, such as `Africa/Kampala`.
    public var timeZone: String

    /// The e-mail address to reach the owner at.
    public var email: String?

    /// The telephone number to reach the owner at.
    public var phone: String?

    /// Whether it does business.
    public private(set) var state: TenantState

    /// When the tenant was created.
    public let createdAt: Timestamp

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates a tenant from its parts.
    public init(
        id: Identifier<Tenant>,
        name: String,
        slug: TenantSlug? = nil,
        currency: Currency,
        timeZone: String,
        email: String? = nil,
        phone: String? = nil,
        state: TenantState = .active,
        createdAt: Timestamp,
        revision: Int64 = 1
    ) {
        self.id = id
        self.name = name
        self.slug = slug
        self.currency = currency
        self.timeZone = timeZone
        self.email = email
        self.phone = phone
        self.state = state
        self.createdAt = createdAt
        self.revision = revision
    }

    /// active → suspended.
    public mutating func suspend() throws(DomainError) { try move(.suspended, from: [.active], "suspend") }

    /// suspended → active.
    public mutating func resume() throws(DomainError) { try move(.active, from: [.suspended], "resume") }

    /// active or suspended → closed.
    public mutating func close() throws(DomainError) { try move(.closed, from: [.active, .suspended], "close") }

    private mutating func move(_ next: TenantState, from: [TenantState], _ name: String) throws(DomainError) {
        guard from.contains(state) else {
            throw DomainError(
                .illegalMove,
                "Cannot \(name) a tenant that is \(state.rawValue): it would have to be "
                    + from.map(\.rawValue).joined(separator: " or ") + "."
            )
        }
        state = next
    }
}
