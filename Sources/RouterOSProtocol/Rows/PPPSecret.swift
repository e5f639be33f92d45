/// A row of `/ppp/secret`: someone who may dial in over PPPoE, L2TP and the like.
///
/// Disabling or removing a secret does not end its session; that is a row of `/ppp/active` to be removed.
public struct PPPSecret: WritableRouterOSRow, Hashable {
    /// The menu.
    public static let menu = "/ppp/secret"
    /// The attribute that names a secret.
    public static let key = "name"
    /// What a print asks for.
    public static let properties = [
        ".id", "name", "service", "caller-id", "password", "profile", "local-address", "remote-address",
        "remote-ipv6-prefix", "routes", "ipv6-routes", "limit-bytes-in", "limit-bytes-out", "last-logged-out",
        "last-caller-id", "last-disconnect-reason", "disabled", "comment",
    ]

    /// The id, nil before the router has given one.
    public var id: ItemID?
    /// The name that dials in, unique for each service.
    public var name: String
    /// What the name may be used for: `any`, `pppoe`, `l2tp`, `pptp`, `sstp`, `ovpn` or `async`.
    public var service: String?
    /// The MAC address, upper-case, or the number that must be calling; nil for any.
    public var callerID: String?
    /// The password; nil when the API user may not see it.
    public var password: String?
    /// The PPP profile (addresses, speed, how often one may be online).
    public var profile: String?
    /// The router's end of the link, an address or the name of a pool.
    public var localAddress: String?
    /// The client's end of the link, an address or the name of a pool.
    public var remoteAddress: String?
    /// The IPv6 network that the client is given.
    public var remoteIPv6Prefix: String?
    /// Routes that are set up while the session is up, `destination gateway metric`, commas between them.
    public var routes: String?
    /// The same for IPv6.
    public var ipv6Routes: String?
    /// How much the router may receive from the client in one session.
    public var limitBytesIn: ByteCount?
    /// How much the router may send to the client in one session.
    public var limitBytesOut: ByteCount?
    /// When the last session ended, by the router's clock; 1970 when there has been none.
    public let lastLoggedOut: LocalDateTime?
    /// Where the last session came from.
    public let lastCallerID: String?
    /// Why the last session ended.
    public let lastDisconnectReason: String?
    /// Whether dialling in is refused.
    public var disabled: Bool?
    /// Free text.
    public var comment: String?

    /// Makes a secret to be written; what is nil is left to the router.
    public init(
        name: String,
        password: String? = nil,
        service: String? = nil,
        profile: String? = nil,
        callerID: String? = nil,
        localAddress: String? = nil,
        remoteAddress: String? = nil,
        remoteIPv6Prefix: String? = nil,
        routes: String? = nil,
        ipv6Routes: String? = nil,
        limitBytesIn: ByteCount? = nil,
        limitBytesOut: ByteCount? = nil,
        comment: String? = nil,
        disabled: Bool? = nil
    ) {
        self.name = name
        self.password = password
        self.service = service
        self.profile = profile
        self.callerID = callerID
        self.localAddress = localAddress
        self.remoteAddress = remoteAddress
        self.remoteIPv6Prefix = remoteIPv6Prefix
        self.routes = routes
        self.ipv6Routes = ipv6Routes
        self.limitBytesIn = limitBytesIn
        self.limitBytesOut = limitBytesOut
        self.comment = comment
        self.disabled = disabled
        lastLoggedOut = nil
        lastCallerID = nil
        lastDisconnectReason = nil
    }

    /// Reads a row.
    public init(_ row: inout RowReader) throws(RouterOSError) {
        id = try row.value(".id")
        name = try row.required("name")
        service = try row.value("service")
        callerID = try row.value("caller-id")
        password = try row.value("password")
        profile = try row.value("profile")
        localAddress = try row.value("local-address")
        remoteAddress = try row.value("remote-address")
        remoteIPv6Prefix = try row.value("remote-ipv6-prefix")
        routes = try row.value("routes")
        ipv6Routes = try row.value("ipv6-routes")
        limitBytesIn = try row.value("limit-bytes-in")
        limitBytesOut = try row.value("limit-bytes-out")
        lastLoggedOut = try row.value("last-logged-out", as: Setting<LocalDateTime>.self)?.value
        lastCallerID = try row.value("last-caller-id")
        lastDisconnectReason = try row.value("last-disconnect-reason")
        disabled = try row.value("disabled")
        comment = try row.value("comment")
    }

    /// Sets every attribute that has a value and can be written: not the id, nor anything about the last session.
    public func write(to attributes: inout Attributes) {
        attributes["name"] = name
        attributes["password"] = password
        attributes["service"] = service
        attributes["profile"] = profile
        attributes["caller-id"] = callerID
        attributes["local-address"] = localAddress
        attributes["remote-address"] = remoteAddress
        attributes["remote-ipv6-prefix"] = remoteIPv6Prefix
        attributes["routes"] = routes
        attributes["ipv6-routes"] = ipv6Routes
        attributes.set("limit-bytes-in", to: limitBytesIn)
        attributes.set("limit-bytes-out", to: limitBytesOut)
        attributes["comment"] = comment
        attributes.set("disabled", to: disabled)
    }

    /// The secret on one line with what is known of the last session, the password left out.
    public var description: String {
        described { attributes in
            attributes.set("last-logged-out", to: lastLoggedOut)
            attributes["last-caller-id"] = lastCallerID
            attributes["last-disconnect-reason"] = lastDisconnectReason
        }
    }
}
