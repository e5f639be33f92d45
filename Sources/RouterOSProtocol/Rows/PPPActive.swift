/// A row of `/ppp/active`: a PPP session that is up now.
///
/// The menu has no counters of bytes: those of a session are `rx-byte` and `tx-byte` of its interface, `<pppoe-name>`, in
/// `/interface`.
public struct PPPActive: RouterOSRow, Hashable {
    /// The menu.
    public static let menu = "/ppp/active"
    /// What a print asks for.
    public static let properties = [
        ".id", "name", "service", "caller-id", "address", "uptime", "encoding", "session-id", "limit-bytes-in",
        "limit-bytes-out", "radius",
    ]

    /// The id of the session.
    public let id: ItemID?
    /// The name of the secret, or of the RADIUS user.
    public let name: String
    /// What the session runs over: `pppoe`, `l2tp` and so on.
    public let service: String?
    /// Where it comes from: a MAC address for PPPoE, an IP address for tunnels.
    public let callerID: String?
    /// The client's end of the link.
    public let address: IPAddress?
    /// How long the session has lasted.
    public let uptime: Duration
    /// Encryption and compression of the link, empty for none.
    public let encoding: String?
    /// The number of the session as accounting knows it, hexadecimal with `0x`.
    public let sessionID: String?
    /// How much the router may receive from the client in this session; nil or 0 for no limit.
    public let limitBytesIn: ByteCount?
    /// How much the router may send to the client in this session; nil or 0 for no limit.
    public let limitBytesOut: ByteCount?
    /// Whether a RADIUS server let the user in.
    public let radius: Bool?

    /// Reads a row.
    public init(_ row: inout RowReader) throws(RouterOSError) {
        id = try row.value(".id")
        name = try row.required("name")
        service = try row.value("service")
        callerID = try row.value("caller-id")
        address = try row.value("address")
        uptime = try row.value("uptime") ?? .zero
        encoding = try row.value("encoding")
        sessionID = try row.value("session-id")
        limitBytesIn = try row.value("limit-bytes-in")
        limitBytesOut = try row.value("limit-bytes-out")
        radius = try row.value("radius")
    }
}
