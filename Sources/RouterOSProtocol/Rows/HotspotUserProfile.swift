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
    /// How many devices may use one user at a time, or ``Keyword/unlimited``.
    public var sharedUsers: Setting<Int>?
    /// The speed as a router writes it: the client's upload, then its download; ``RateLimit`` reads it.
    public var rateLimit: String?
    /// How long one session may last, or ``Keyword/none`` for as long as it likes.
    public var sessionTimeout: Setting<Duration>?

    /// Makes a profile to be written; what is nil is left to the router.
    public init(
        name: String,
        sharedUsers: Setting<Int>? = nil,
        rateLimit: String? = nil,
        sessionTimeout: Setting<Duration>? = nil
    ) {
        self.name = name
        self.sharedUsers = sharedUsers
        self.rateLimit = rateLimit
        self.sessionTimeout = sessionTimeout
    }

    /// Reads a row.
    public init(_ row: inout RowReader) throws(RouterOSError) {
        id = try row.value(".id")
        name = try row.required("name")
        sessionTimeout = try row.value("session-timeout")
        sharedUsers = try row.value("shared-users")
        rateLimit = try row.value("rate-limit")
    }

    /// Sets every attribute that has a value and can be written: not the id.
    public func write(to attributes: inout Attributes) {
        attributes["name"] = name
        attributes.set("shared-users", to: sharedUsers)
        attributes["rate-limit"] = rateLimit
        attributes.set("session-timeout", to: sessionTimeout)
    }
}
