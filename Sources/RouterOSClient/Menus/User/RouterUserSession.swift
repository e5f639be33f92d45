public import RouterOSProtocol

/// A row of `/user/active`: someone who is logged in to the router.
public struct RouterUserSession: MappedRow {
    /// The menu.
    public static let menu = "/user/active"

    /// The id.
    public private(set) var id: ItemID?
    /// Since when, by the router's clock.
    public private(set) var since: LocalDateTime?
    /// The user's name.
    public private(set) var name = ""
    /// Where from.
    public private(set) var address: String?
    /// By which service: `api`, `winbox`, `rest-api`.
    public private(set) var via: String?
    /// The user's group.
    public private(set) var group: String?
    /// Whether a RADIUS server let the user in.
    public private(set) var radius: Bool?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.id(&id)
        try attributes.fact("when", &since)
        try attributes.requiredFact("name", &name)
        try attributes.fact("address", &address)
        try attributes.fact("via", &via)
        try attributes.fact("group", &group)
        try attributes.fact("radius", &radius)
    }
}

extension AttributeKey<RouterUserSession, LocalDateTime> {
    /// `when`.
    public static var since: Self { Self("when") }
}

extension AttributeKey<RouterUserSession, String> {
    /// `name`.
    public static var name: Self { Self("name") }
    /// `address`.
    public static var address: Self { Self("address") }
    /// `via`.
    public static var via: Self { Self("via") }
    /// `group`.
    public static var group: Self { Self("group") }
}

extension AttributeKey<RouterUserSession, Bool> {
    /// `radius`.
    public static var radius: Self { Self("radius") }
}
