public import RouterOSProtocol

/// A row of `/interface/pppoe-server/server`: a PPPoE service on one interface.
public struct PPPoEServer: WritableMappedRow {
    /// The menu.
    public static let menu = "/interface/pppoe-server/server"
    /// The attribute that names a row.
    public static let key = "service-name"

    /// The id, nil before the router has given one.
    public var id: ItemID?
    /// The name that clients may ask for.
    public var serviceName: String?
    /// The interface it listens on.
    public var interface: String?
    /// The largest packet the router sends, or `auto`.
    public var maxMTU: Setting<Int>?
    /// The largest packet it receives, or `auto`.
    public var maxMRU: Setting<Int>?
    /// The largest packet that is put together of several, or ``Keyword/disabled``.
    public var mrru: Setting<Int>?
    /// The ways a client may prove who it is: `pap`, `chap`, `mschap1`, `mschap2`.
    public var authentication: RouterOSList<String>?
    /// How long a client may be silent, or ``Keyword/disabled``.
    public var keepaliveTimeout: Setting<Duration>?
    /// Whether a device may have one session only.
    public var oneSessionPerHost: Bool?
    /// How many sessions there may be, or ``Keyword/unlimited``.
    public var maxSessions: Setting<Int>?
    /// How long the router waits before it offers itself.
    public var padoDelay: Setting<Duration>?
    /// The ``PPPProfile`` of users that have none.
    public var defaultProfile: String?
    /// Whether clients that ask for no service are served.
    public var acceptEmptyService: Bool?
    /// The VLANs on which it is offered too.
    public var pppoeOverVLANRange: String?
    /// Whether clients outside of those VLANs are served.
    public var acceptUntagged: Bool?
    /// Whether the router cannot run it as it is configured.
    public private(set) var invalid: Bool?
    /// Whether it is switched off.
    public var disabled: Bool?
    /// Free text.
    public var comment: String?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.id(&id)
        try attributes.value("service-name", &serviceName)
        try attributes.value("interface", &interface)
        try attributes.value("max-mtu", &maxMTU)
        try attributes.value("max-mru", &maxMRU)
        try attributes.value("mrru", &mrru)
        try attributes.value("authentication", &authentication)
        try attributes.value("keepalive-timeout", &keepaliveTimeout)
        try attributes.value("one-session-per-host", &oneSessionPerHost)
        try attributes.value("max-sessions", &maxSessions)
        try attributes.value("pado-delay", &padoDelay)
        try attributes.value("default-profile", &defaultProfile)
        try attributes.value("accept-empty-service", &acceptEmptyService)
        try attributes.value("pppoe-over-vlan-range", &pppoeOverVLANRange, since: RouterOSVersion(7, 18, 2))
        try attributes.value("accept-untagged", &acceptUntagged, since: RouterOSVersion(7, 20))
        try attributes.fact("invalid", &invalid)
        try attributes.value("disabled", &disabled)
        try attributes.value("comment", &comment)
    }
}

extension AttributeKey<PPPoEServer, String> {
    /// `service-name`.
    public static var serviceName: Self { Self("service-name") }
    /// `interface`.
    public static var interface: Self { Self("interface") }
    /// `default-profile`.
    public static var defaultProfile: Self { Self("default-profile") }
    /// `pppoe-over-vlan-range`.
    public static var pppoeOverVLANRange: Self { Self("pppoe-over-vlan-range") }
    /// `comment`.
    public static var comment: Self { Self("comment") }
}

extension AttributeKey<PPPoEServer, Int> {
    /// `max-mtu`.
    public static var maxMTU: Self { Self("max-mtu") }
    /// `max-mru`.
    public static var maxMRU: Self { Self("max-mru") }
    /// `mrru`.
    public static var mrru: Self { Self("mrru") }
    /// `max-sessions`.
    public static var maxSessions: Self { Self("max-sessions") }
}

extension AttributeKey<PPPoEServer, RouterOSList<String>> {
    /// `authentication`.
    public static var authentication: Self { Self("authentication") }
}

extension AttributeKey<PPPoEServer, Duration> {
    /// `keepalive-timeout`.
    public static var keepaliveTimeout: Self { Self("keepalive-timeout") }
    /// `pado-delay`.
    public static var padoDelay: Self { Self("pado-delay") }
}

extension AttributeKey<PPPoEServer, Bool> {
    /// `one-session-per-host`.
    public static var oneSessionPerHost: Self { Self("one-session-per-host") }
    /// `accept-empty-service`.
    public static var acceptEmptyService: Self { Self("accept-empty-service") }
    /// `accept-untagged`.
    public static var acceptUntagged: Self { Self("accept-untagged") }
    /// `invalid`.
    public static var invalid: Self { Self("invalid") }
    /// `disabled`.
    public static var disabled: Self { Self("disabled") }
}
