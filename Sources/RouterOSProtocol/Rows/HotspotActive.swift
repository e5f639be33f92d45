/// A row of `/ip/hotspot/active`: someone who is logged in to a hotspot now.
///
/// "In" is what the router received from the client, the client's upload. Ids of this menu are given to other sessions
/// later: tell sessions apart by user, MAC address and the instant they began.
public struct HotspotActive: RouterOSRow, Hashable {
    /// The menu.
    public static let menu = "/ip/hotspot/active"
    /// What a print asks for.
    public static let properties = [
        ".id", "server", "user", "address", "mac-address", "login-by", "uptime", "session-time-left", "bytes-in",
        "bytes-out",
    ]

    /// The id of the session.
    public let id: ItemID?
    /// The hotspot server the session is on.
    public let server: String?
    /// The user's name.
    public let user: String
    /// The client's IP address.
    public let address: IPAddress?
    /// The client's MAC address.
    public let macAddress: MACAddress?
    /// How the user logged in: `http-chap`, `cookie`, `mac` and others.
    public let loginBy: String?
    /// How long the session has lasted.
    public let uptime: Duration
    /// How long it may still last; nil when there is no limit.
    public let sessionTimeLeft: Duration?
    /// Bytes received from the client in this session.
    public let bytesIn: UInt64
    /// Bytes sent to the client in this session.
    public let bytesOut: UInt64

    /// Reads a row.
    public init(_ row: inout RowReader) throws(RouterOSError) {
        id = try row.value(".id")
        server = try row.value("server")
        user = try row.required("user")
        address = try row.value("address")
        macAddress = try row.value("mac-address")
        loginBy = try row.value("login-by")
        uptime = try row.value("uptime") ?? .zero
        sessionTimeLeft = try row.value("session-time-left", as: Setting<Duration>.self)?.value
        bytesIn = try row.value("bytes-in") ?? 0
        bytesOut = try row.value("bytes-out") ?? 0
    }
}
