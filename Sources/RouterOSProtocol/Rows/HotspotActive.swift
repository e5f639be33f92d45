/// A row of `/ip/hotspot/active`: someone who is logged in to a hotspot now.
///
/// "In" is what the router received from the client, the client's upload. Ids of this menu are given to other sessions
/// later: tell sessions apart by user, MAC address and the instant they began.
public struct HotspotActive: RouterOSRow, Hashable {
    /// The menu.
    public static let menu = "/ip/hotspot/active"
    /// What a print asks for.
    public static let properties = [".id", "user", "address", "mac-address", "uptime", "bytes-in", "bytes-out"]

    /// The id of the session.
    public let id: ItemID?
    /// The user's name.
    public let user: String
    /// The client's IP address.
    public let address: String?
    /// The client's MAC address.
    public let macAddress: String?
    /// How long the session has lasted.
    public let uptime: Duration
    /// Bytes received from the client in this session.
    public let bytesIn: UInt64
    /// Bytes sent to the client in this session.
    public let bytesOut: UInt64

    /// Reads a row.
    public init(_ row: Sentence) throws(RouterOSError) {
        id = row.id
        user = try row.required("user")
        address = row["address"]
        macAddress = row["mac-address"]
        uptime = try row.duration("uptime") ?? .zero
        bytesIn = try row.integer("bytes-in") ?? 0
        bytesOut = try row.integer("bytes-out") ?? 0
    }
}
