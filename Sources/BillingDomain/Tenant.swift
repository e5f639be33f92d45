/// A business that sells access: the wall that no query crosses.
public struct Tenant: Hashable, Sendable {
    /// The identity of the tenant.
    public let id: Identifier<Tenant>

    /// The trading name.
    public var name: String

    /// The currency of its books and price lists.
    public var currency: Currency

    /// The IANA zone that its business days follow, such as `Africa/Kampala`.
    public var timeZone: String

    /// When the tenant was created.
    public let createdAt: Timestamp

    /// Creates a tenant from its parts.
    public init(id: Identifier<Tenant>, name: String, currency: Currency, timeZone: String, createdAt: Timestamp) {
        self.id = id
        self.name = name
        self.currency = currency
        self.timeZone = timeZone
        self.createdAt = createdAt
    }
}
