/// A row of `/ip/hotspot/user/profile`: what users of one kind have in common.
public struct HotspotUserProfile: WritableRouterOSRow, Hashable {
    /// The menu.
    public static let menu = "/ip/hotspot/user/profile"
    /// The attribute that names a profile.
    public static let key = "name"
    /// What a print asks for.
    public static let properties = [".id", "name", "shared-users", "rate-limit", "session-timeout"]

    /// The id, nil before the router has given one.
    public var id: ItemID?
    /// The name, unique.
    public var name: String
    /// How many devices may use one user at a time, a number or `unlimited`.
    public var sharedUsers: String?
    /// The speed, `rx/tx` seen from the router: the client's upload, then its download.
    public var rateLimit: String?
    /// How long one session may last; nil when it may last for ever.
    public var sessionTimeout: Duration?

    /// Makes a profile to be written; what is nil is left to the router.
    public init(name: String, sharedUsers: String? = nil, rateLimit: String? = nil, sessionTimeout: Duration? = nil) {
        self.name = name
        self.sharedUsers = sharedUsers
        self.rateLimit = rateLimit
        self.sessionTimeout = sessionTimeout
    }

    /// Reads a row.
    public init(_ row: Sentence) throws(RouterOSError) {
        id = row.id
        name = try row.required("name")
        sharedUsers = row["shared-users"]
        rateLimit = row["rate-limit"]
        sessionTimeout = try row.duration("session-timeout")
    }

    /// Sets every attribute that has a value.
    public func write(to attributes: inout Attributes) {
        attributes["name"] = name
        if let sharedUsers { attributes["shared-users"] = sharedUsers }
        if let rateLimit { attributes["rate-limit"] = rateLimit }
        if let sessionTimeout { attributes["session-timeout"] = sessionTimeout.routerOSText }
    }
}
