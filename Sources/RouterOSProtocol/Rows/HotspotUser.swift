/// A row of `/ip/hotspot/user`: someone who may log in to a hotspot, a voucher for instance.
///
/// Counters are cumulative until they are reset, and settle when a session ends; "in" is what the router received from
/// the client, the client's upload.
public struct HotspotUser: HotspotUserRow, Hashable {
    /// The menu.
    public static let menu = "/ip/hotspot/user"
    /// The attribute that names a user.
    public static let key = "name"
    /// What a print asks for.
    public static let properties = [
        ".id", "name", "password", "profile", "server", "mac-address", "limit-uptime", "limit-bytes-total", "comment",
        "disabled", "uptime", "bytes-in", "bytes-out",
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
    /// The one device that the user may log in from; nil or `00:00:00:00:00:00` for any.
    public var macAddress: MACAddress?
    /// How long the user may be online in all.
    public var limitUptime: Duration?
    /// How much the user may move in all, both directions together.
    public var limitBytesTotal: ByteCount?
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
        macAddress: MACAddress? = nil,
        limitUptime: Duration? = nil,
        limitBytesTotal: ByteCount? = nil,
        comment: String? = nil,
        disabled: Bool? = nil
    ) {
        self.name = name
        self.password = password
        self.profile = profile
        self.server = server
        self.macAddress = macAddress
        self.limitUptime = limitUptime
        self.limitBytesTotal = limitBytesTotal
        self.comment = comment
        self.disabled = disabled
        uptime = .zero
        bytesIn = 0
        bytesOut = 0
    }

    /// Reads a row.
    public init(_ row: inout RowReader) throws(RouterOSError) {
        id = try row.value(".id")
        server = try row.value("server")
        name = try row.required("name")
        password = try row.value("password")
        profile = try row.value("profile")
        macAddress = try row.value("mac-address")
        limitUptime = try row.value("limit-uptime")
        limitBytesTotal = try row.value("limit-bytes-total")
        uptime = try row.value("uptime") ?? .zero
        bytesIn = try row.value("bytes-in") ?? 0
        bytesOut = try row.value("bytes-out") ?? 0
        disabled = try row.value("disabled")
        comment = try row.value("comment")
    }

    /// Sets every attribute that has a value and can be written: not the id, the uptime or the counters.
    public func write(to attributes: inout Attributes) {
        attributes["name"] = name
        attributes["password"] = password
        attributes["profile"] = profile
        attributes["server"] = server
        attributes.set("mac-address", to: macAddress)
        attributes.set("limit-uptime", to: limitUptime)
        attributes.set("limit-bytes-total", to: limitBytesTotal)
        attributes["comment"] = comment
        attributes.set("disabled", to: disabled)
    }

    /// The user on one line with its counters, the password left out.
    public var description: String {
        described { attributes in
            attributes.set("uptime", to: uptime)
            attributes.set("bytes-in", to: bytesIn)
            attributes.set("bytes-out", to: bytesOut)
        }
    }
}
