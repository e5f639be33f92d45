public import RouterOSProtocol

/// A row of `/ip/hotspot`: a hotspot server, which asks for a login on one interface.
public struct HotspotServer: WritableMappedRow {
    /// The menu.
    public static let menu = "/ip/hotspot"
    /// The attribute that names a row.
    public static let key = "name"

    /// The id, nil before the router has given one.
    public var id: ItemID?
    /// The name, unique.
    public var name = ""
    /// The interface whose clients must log in.
    public var interface: String?
    /// The pool that clients get an address from, or `none`.
    public var addressPool: String?
    /// The ``HotspotServerProfile``.
    public var profile: String?
    /// How long a client that has not logged in may be silent before it is forgotten.
    public var idleTimeout: Setting<Duration>?
    /// How long a client may be unreachable before it is forgotten; `none` for ever, 0 is ignored.
    public var keepaliveTimeout: Setting<Duration>?
    /// How long a client may take to log in.
    public var loginTimeout: Setting<Duration>?
    /// How many addresses one device may have, or ``Keyword/unlimited``.
    public var addressesPerMAC: Setting<Int>?
    /// The address that the profile's `dns-name` stands for.
    public private(set) var ipOfDNSName: IPAddress?
    /// What the server's web proxy does, `running` when all is well.
    public private(set) var proxyStatus: String?
    /// Whether the router cannot run it as it is configured.
    public private(set) var invalid: Bool?
    /// Whether it is switched off.
    public var disabled: Bool?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.id(&id)
        try attributes.required("name", &name)
        try attributes.value("interface", &interface)
        try attributes.value("address-pool", &addressPool)
        try attributes.value("profile", &profile)
        try attributes.value("idle-timeout", &idleTimeout)
        try attributes.value("keepalive-timeout", &keepaliveTimeout)
        try attributes.value("login-timeout", &loginTimeout)
        try attributes.value("addresses-per-mac", &addressesPerMAC)
        try attributes.fact("ip-of-dns-name", &ipOfDNSName)
        try attributes.fact("proxy-status", &proxyStatus)
        try attributes.fact("invalid", &invalid)
        try attributes.value("disabled", &disabled)
    }
}

extension AttributeKey<HotspotServer, String> {
    /// `name`.
    public static var name: Self { Self("name") }
    /// `interface`.
    public static var interface: Self { Self("interface") }
    /// `address-pool`.
    public static var addressPool: Self { Self("address-pool") }
    /// `profile`.
    public static var profile: Self { Self("profile") }
    /// `proxy-status`.
    public static var proxyStatus: Self { Self("proxy-status") }
}

extension AttributeKey<HotspotServer, Duration> {
    /// `idle-timeout`.
    public static var idleTimeout: Self { Self("idle-timeout") }
    /// `keepalive-timeout`.
    public static var keepaliveTimeout: Self { Self("keepalive-timeout") }
    /// `login-timeout`.
    public static var loginTimeout: Self { Self("login-timeout") }
}

extension AttributeKey<HotspotServer, Int> {
    /// `addresses-per-mac`.
    public static var addressesPerMAC: Self { Self("addresses-per-mac") }
}

extension AttributeKey<HotspotServer, IPAddress> {
    /// `ip-of-dns-name`.
    public static var ipOfDNSName: Self { Self("ip-of-dns-name") }
}

extension AttributeKey<HotspotServer, Bool> {
    /// `invalid`.
    public static var invalid: Self { Self("invalid") }
    /// `disabled`.
    public static var disabled: Self { Self("disabled") }
}
