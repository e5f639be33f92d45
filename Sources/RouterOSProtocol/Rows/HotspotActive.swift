/// A row of `/ip/hotspot/active`: someone who is logged in to a hotspot now.
///
/// "In" is what the router received from the client, the client's upload. Ids of this menu are given to other sessions
/// later: tell sessions apart by user, MAC address and the instant they began.
public struct HotspotActive: RouterOSRow, Hashable {
    /// The menu.
    public static let menu = "/ip/hotspot/active"
    /// What a print asks for.
    public static let properties = [
        ".id", "server", "user", "domain", "address", "mac-address", "login-by", "uptime", "idle-time",
        "session-time-left", "idle-timeout", "keepalive-timeout", "bytes-in", "bytes-out", "packets-in", "packets-out",
        "limit-bytes-in", "limit-bytes-out", "limit-bytes-total", "radius", "advertisement", "blocked",
        "comment",
    ]

    /// The id of the session.
    public let id: ItemID?
    /// The hotspot server the session is on.
    public let server: String?
    /// The user's name.
    public let user: String
    /// The domain of the user, where names are split from one.
    public let domain: String?
    /// The client's IP address.
    public let address: IPAddress?
    /// The client's MAC address.
    public let macAddress: MACAddress?
    /// How the user logged in: `http-chap`, `cookie`, `mac` and others.
    public let loginBy: String?
    /// How long the session has lasted.
    public let uptime: Duration
    /// How long the client has been silent.
    public let idleTime: Duration?
    /// How long it may still last; nil when there is no limit.
    public let sessionTimeLeft: Duration?
    /// How long the client may be silent; nil when there is no limit.
    public let idleTimeout: Duration?
    /// How long the client may not be reached; nil when there is no limit.
    public let keepaliveTimeout: Duration?
    /// Bytes received from the client in this session.
    public let bytesIn: UInt64
    /// Bytes sent to the client in this session.
    public let bytesOut: UInt64
    /// Packets received from the client in this session.
    public let packetsIn: UInt64
    /// Packets sent to the client in this session.
    public let packetsOut: UInt64
    /// How much the router may still receive from the client; nil or 0 for no limit.
    public let limitBytesIn: ByteCount?
    /// How much the router may still send to the client; nil or 0 for no limit.
    public let limitBytesOut: ByteCount?
    /// How much may still be moved both ways together; nil or 0 for no limit.
    public let limitBytesTotal: ByteCount?
    /// Whether a RADIUS server let the user in.
    public let radius: Bool?
    /// What is due of the advertisements, where the profile shows any; as the router writes it.
    public let advertisement: String?
    /// Whether the client must see an advertisement before it may go on.
    public let blocked: Bool?
    /// The comment of the user.
    public let comment: String?

    /// Reads a row.
    public init(_ row: inout RowReader) throws(RouterOSError) {
        id = try row.value(".id")
        server = try row.value("server")
        user = try row.required("user")
        domain = try row.value("domain")
        address = try row.value("address")
        macAddress = try row.value("mac-address")
        loginBy = try row.value("login-by")
        uptime = try row.value("uptime") ?? .zero
        idleTime = try row.value("idle-time")
        sessionTimeLeft = try row.value("session-time-left", as: Setting<Duration>.self)?.value
        idleTimeout = try row.value("idle-timeout", as: Setting<Duration>.self)?.value
        keepaliveTimeout = try row.value("keepalive-timeout", as: Setting<Duration>.self)?.value
        bytesIn = try row.value("bytes-in") ?? 0
        bytesOut = try row.value("bytes-out") ?? 0
        packetsIn = try row.value("packets-in") ?? 0
        packetsOut = try row.value("packets-out") ?? 0
        limitBytesIn = try row.value("limit-bytes-in")
        limitBytesOut = try row.value("limit-bytes-out")
        limitBytesTotal = try row.value("limit-bytes-total")
        radius = try row.value("radius")
        advertisement = try row.value("advertisement")
        blocked = try row.value("blocked")
        comment = try row.value("comment")
    }
}
