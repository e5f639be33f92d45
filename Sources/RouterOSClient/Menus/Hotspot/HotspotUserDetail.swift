public import RouterOSProtocol

/// A row of `/ip/hotspot/user` with everything the router knows of it.
///
/// ``HotspotUser`` is the same row with what vouchers need, half as much to send and to read: the better one for tables of
/// thousands. Both are written, queried and ensured in the same way.
public struct HotspotUserDetail: HotspotUserRow, WritableMappedRow {
    /// The menu.
    public static let menu = HotspotUser.menu
    /// The attribute that names a user.
    public static let key = HotspotUser.key

    /// The id, nil before the router has given one.
    public var id: ItemID?
    /// The hotspot server the user is bound to; nil or `all` for any.
    public var server: String?
    /// The name that logs in, unique per server.
    public var name = ""
    /// The password; nil when the API user may not see it.
    public var password: String?
    /// The address that the client is given; RouterOS 6 has `0.0.0.0` for none.
    public var address: IPAddress?
    /// The only device that may log in; RouterOS 6 has `00:00:00:00:00:00` for any.
    public var macAddress: MACAddress?
    /// The user profile (speed, shared users, session time).
    public var profile: String?
    /// Routes that are set up while the user is online, `destination gateway metric`, commas between them.
    public var routes: String?
    /// The user's e-mail address.
    public var email: String?
    /// How long the user may be online in all.
    public var limitUptime: Duration?
    /// How much the router may receive from the client in all.
    public var limitBytesIn: ByteCount?
    /// How much the router may send to the client in all.
    public var limitBytesOut: ByteCount?
    /// How much the user may move in all, both directions together.
    public var limitBytesTotal: ByteCount?
    /// The key of the one-time passwords that are asked for beside the password; routers have it from 7.22 on.
    public var otpSecret: String?
    /// The time spent online in ended sessions.
    public private(set) var uptime: Duration?
    /// Bytes received from the client in ended sessions.
    public private(set) var bytesIn: UInt64?
    /// Bytes sent to the client in ended sessions.
    public private(set) var bytesOut: UInt64?
    /// Packets received from the client in ended sessions.
    public private(set) var packetsIn: UInt64?
    /// Packets sent to the client in ended sessions.
    public private(set) var packetsOut: UInt64?
    /// Whether it is the router's own, which holds the figures of trial users.
    public private(set) var isDefault: Bool?
    /// Whether the router made it by itself.
    public private(set) var dynamic: Bool?
    /// Whether log-in is refused; does not end a session.
    public var disabled: Bool?
    /// Free text.
    public var comment: String?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.id(&id)
        try attributes.value("server", &server)
        try attributes.required("name", &name)
        try attributes.value("password", &password)
        try attributes.value("address", &address)
        try attributes.value("mac-address", &macAddress)
        try attributes.value("profile", &profile)
        try attributes.value("routes", &routes)
        try attributes.value("email", &email)
        try attributes.value("limit-uptime", &limitUptime)
        try attributes.value("limit-bytes-in", &limitBytesIn)
        try attributes.value("limit-bytes-out", &limitBytesOut)
        try attributes.value("limit-bytes-total", &limitBytesTotal)
        try attributes.value("otp-secret", &otpSecret, since: RouterOSVersion(7, 22))
        try attributes.fact("uptime", &uptime)
        try attributes.fact("bytes-in", &bytesIn)
        try attributes.fact("bytes-out", &bytesOut)
        try attributes.fact("packets-in", &packetsIn)
        try attributes.fact("packets-out", &packetsOut)
        try attributes.fact("default", &isDefault)
        try attributes.fact("dynamic", &dynamic)
        try attributes.value("disabled", &disabled)
        try attributes.value("comment", &comment)
    }
}
