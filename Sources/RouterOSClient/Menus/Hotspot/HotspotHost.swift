public import RouterOSProtocol

/// A row of `/ip/hotspot/host`: a device on a hotspot's network, logged in or not.
public struct HotspotHost: MappedRow {
    /// The menu.
    public static let menu = "/ip/hotspot/host"

    /// The id.
    public private(set) var id: ItemID?
    /// The device.
    public private(set) var macAddress: MACAddress?
    /// Its address.
    public private(set) var address: IPAddress?
    /// The address it is given on the other side.
    public private(set) var toAddress: IPAddress?
    /// The hotspot server.
    public private(set) var server: String?
    /// How long it has been known.
    public private(set) var uptime: Duration?
    /// How long it has been silent.
    public private(set) var idleTime: Duration?
    /// How long it may be silent.
    public private(set) var idleTimeout: Setting<Duration>?
    /// How long it may be unreachable.
    public private(set) var keepaliveTimeout: Setting<Duration>?
    /// How long it has been unreachable.
    public private(set) var hostDeadTime: Duration?
    /// The port of the bridge it is behind.
    public private(set) var bridgePort: String?
    /// The VLAN it is in, where the bridge tells them apart.
    public private(set) var vlanID: Int?
    /// The web proxy that its browser is set to; as the router writes it.
    public private(set) var httpProxy: String?
    /// How it was noticed.
    public private(set) var foundBy: String?
    /// Bytes received from it.
    public private(set) var bytesIn: UInt64?
    /// Bytes sent to it.
    public private(set) var bytesOut: UInt64?
    /// Packets received from it.
    public private(set) var packetsIn: UInt64?
    /// Packets sent to it.
    public private(set) var packetsOut: UInt64?
    /// Whether it is logged in.
    public private(set) var authorized: Bool?
    /// Whether an ip-binding lets it pass without a login.
    public private(set) var bypassed: Bool?
    /// Whether the router made the row by itself.
    public private(set) var dynamic: Bool?
    /// Whether an ip-binding gives it its address.
    public private(set) var isStatic: Bool?
    /// Whether its address came by DHCP.
    public private(set) var dhcp: Bool?
    /// Free text.
    public private(set) var comment: String?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.id(&id)
        try attributes.fact("mac-address", &macAddress)
        try attributes.fact("address", &address)
        try attributes.fact("to-address", &toAddress)
        try attributes.fact("server", &server)
        try attributes.fact("uptime", &uptime)
        try attributes.fact("idle-time", &idleTime)
        try attributes.fact("idle-timeout", &idleTimeout)
        try attributes.fact("keepalive-timeout", &keepaliveTimeout)
        try attributes.fact("host-dead-time", &hostDeadTime)
        try attributes.fact("bridge-port", &bridgePort)
        try attributes.fact("vlan-id", &vlanID)
        try attributes.fact("http-proxy", &httpProxy)
        try attributes.fact("found-by", &foundBy)
        try attributes.fact("bytes-in", &bytesIn)
        try attributes.fact("bytes-out", &bytesOut)
        try attributes.factOnRequest("packets-in", &packetsIn)
        try attributes.factOnRequest("packets-out", &packetsOut)
        try attributes.fact("authorized", &authorized)
        try attributes.fact("bypassed", &bypassed)
        try attributes.fact("dynamic", &dynamic)
        try attributes.fact("static", &isStatic)
        try attributes.fact("DHCP", &dhcp)
        try attributes.fact("comment", &comment)
    }
}

extension AttributeKey<HotspotHost, MACAddress> {
    /// `mac-address`.
    public static var macAddress: Self { Self("mac-address") }
}

extension AttributeKey<HotspotHost, IPAddress> {
    /// `address`.
    public static var address: Self { Self("address") }
    /// `to-address`.
    public static var toAddress: Self { Self("to-address") }
}

extension AttributeKey<HotspotHost, String> {
    /// `server`.
    public static var server: Self { Self("server") }
    /// `bridge-port`.
    public static var bridgePort: Self { Self("bridge-port") }
    /// `http-proxy`.
    public static var httpProxy: Self { Self("http-proxy") }
    /// `found-by`.
    public static var foundBy: Self { Self("found-by") }
    /// `comment`.
    public static var comment: Self { Self("comment") }
}

extension AttributeKey<HotspotHost, Int> {
    /// `vlan-id`.
    public static var vlanID: Self { Self("vlan-id") }
}

extension AttributeKey<HotspotHost, Duration> {
    /// `uptime`.
    public static var uptime: Self { Self("uptime") }
    /// `idle-time`.
    public static var idleTime: Self { Self("idle-time") }
    /// `idle-timeout`.
    public static var idleTimeout: Self { Self("idle-timeout") }
    /// `keepalive-timeout`.
    public static var keepaliveTimeout: Self { Self("keepalive-timeout") }
    /// `host-dead-time`.
    public static var hostDeadTime: Self { Self("host-dead-time") }
}

extension AttributeKey<HotspotHost, UInt64> {
    /// `bytes-in`.
    public static var bytesIn: Self { Self("bytes-in") }
    /// `bytes-out`.
    public static var bytesOut: Self { Self("bytes-out") }
    /// `packets-in`.
    public static var packetsIn: Self { Self("packets-in") }
    /// `packets-out`.
    public static var packetsOut: Self { Self("packets-out") }
}

extension AttributeKey<HotspotHost, Bool> {
    /// `authorized`.
    public static var authorized: Self { Self("authorized") }
    /// `bypassed`.
    public static var bypassed: Self { Self("bypassed") }
    /// `dynamic`.
    public static var dynamic: Self { Self("dynamic") }
    /// `static`.
    public static var isStatic: Self { Self("static") }
    /// `DHCP`.
    public static var dhcp: Self { Self("DHCP") }
}
