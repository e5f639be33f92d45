/// A row of `/ip/hotspot/user`: someone who may log in to a hotspot, a voucher for instance.
///
/// Counters are cumulative until they are reset, and settle when a session ends; "in" is what the router received from
/// the client, the client's upload.
public struct HotspotUser: WritableRouterOSRow, Hashable {
    /// The menu.
    public static let menu = "/ip/hotspot/user"
    /// The attribute that names a user.
    public static let key = "name"
    /// What a print asks for.
    public static let properties = [
        ".id", "name", "password", "profile", "server", "limit-uptime", "limit-bytes-total", "comment", "disabled",
        "uptime",
        "bytes-in", "bytes-out",
    ]

    /// The id, nil before the router has given one.
    public var id: ItemID?
    /// The name that logs in, unique per server.
    public var name: String
    /// The password; nil when the API user may not see it.
    public var password: String?
    /// The user profile (speed, shared users, session time).
    public var profile: String?
    /// The hotspot server the user is bound to; nil or `all` for any.
    public var server: String?
    /// How long the user may be online in all.
    public var limitUptime: Duration?
    /// How many bytes the user may move in all, both directions together.
    public var limitBytesTotal: UInt64?
    /// Free text.
    public var comment: String?
    /// Whether log-in is refused; does not end a session.
    public var disabled: Bool?
    /// The time spent online in ended sessions.
    public var uptime: Duration
    /// Bytes received from the client in ended sessions.
    public var bytesIn: UInt64
    /// Bytes sent to the client in ended sessions.
    public var bytesOut: UInt64

    /// Makes a user to be written; what is nil is left to the router.
    public init(
        name: String,
        password: String? = nil,
        profile: String? = nil,
        server: String? = nil,
        limitUptime: Duration? = nil,
        limitBytesTotal: UInt64? = nil,
        comment: String? = nil,
        disabled: Bool? = nil
    ) {
        self.name = name
        self.password = password
        self.profile = profile
        self.server = server
        self.limitUptime = limitUptime
        self.limitBytesTotal = limitBytesTotal
        self.comment = comment
        self.disabled = disabled
        uptime = .zero
        bytesIn = 0
        bytesOut = 0
    }

    /// Reads a row.
    public init(_ row: Sentence) throws(RouterOSError) {
        id = row.id
        name = try row.required("name")
        password = row["password"]
        profile = row["profile"]
        server = row["server"]
        limitUptime = try row.duration("limit-uptime")
        limitBytesTotal = try row.integer("limit-bytes-total")
        comment = row["comment"]
        disabled = try row.flag("disabled")
        uptime = try row.duration("uptime") ?? .zero
        bytesIn = try row.integer("bytes-in") ?? 0
        bytesOut = try row.integer("bytes-out") ?? 0
    }

    /// Sets every attribute that has a value.
    public func write(to attributes: inout Attributes) {
        attributes["name"] = name
        if let password { attributes["password"] = password }
        if let profile { attributes["profile"] = profile }
        if let server { attributes["server"] = server }
        if let limitUptime { attributes["limit-uptime"] = limitUptime.routerOSText }
        if let limitBytesTotal { attributes["limit-bytes-total"] = String(limitBytesTotal) }
        if let comment { attributes["comment"] = comment }
        if let disabled { attributes["disabled"] = disabled ? "yes" : "no" }
    }
}
