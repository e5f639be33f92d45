public import RouterOSProtocol

/// A row of `/ppp/profile`: what PPP users of one kind have in common.
public struct PPPProfile: WritableMappedRow {
    /// The menu.
    public static let menu = "/ppp/profile"
    /// The attribute that names a row.
    public static let key = "name"

    /// The id, nil before the router has given one.
    public var id: ItemID?
    /// The name, unique.
    public var name = ""
    /// The router's end of the link, an address or the name of a pool.
    public var localAddress: String?
    /// The client's end of the link, an address or the name of a pool.
    public var remoteAddress: String?
    /// The pool of the client's IPv6 prefix, or `none`.
    public var remoteIPv6PrefixPool: String?
    /// The pool of prefixes that are delegated to the client.
    public var dhcpv6PDPool: String?
    /// How long such a prefix is leased.
    public var dhcpv6LeaseTime: Duration?
    /// Whether a RADIUS server decides about it.
    public var dhcpv6UseRADIUS: Bool?
    /// Whether a client gets the prefix again that it had.
    public var remoteIPv6PrefixReuse: Bool?
    /// The bridge that links join.
    public var bridge: String?
    /// The split horizon there.
    public var bridgeHorizon: String?
    /// Whether addresses are learnt there: `default`, `yes`, `no`.
    public var bridgeLearning: String?
    /// The path cost there.
    public var bridgePathCost: String?
    /// The port priority there.
    public var bridgePortPriority: String?
    /// The VLAN there.
    public var bridgePortVid: Int?
    /// Whether DHCP servers behind the port are trusted.
    public var bridgePortTrusted: Bool?
    /// How long a session may last.
    public var sessionTimeout: Setting<Duration>?
    /// How long it may be silent.
    public var idleTimeout: Setting<Duration>?
    /// Whether IPv6 is offered, or ``Keyword/default``, or `required`.
    public var useIPv6: Setting<Bool>?
    /// Whether MPLS is, or ``Keyword/default``, or `required`.
    public var useMPLS: Setting<Bool>?
    /// Whether data is compressed, or ``Keyword/default``.
    public var useCompression: Setting<Bool>?
    /// Whether data is encrypted, or ``Keyword/default``, or `required`.
    public var useEncryption: Setting<Bool>?
    /// Whether UPnP is offered, or ``Keyword/default``.
    public var useUPnP: Setting<Bool>?
    /// Whether a user may be online once only, or ``Keyword/default``.
    public var onlyOne: Setting<Bool>?
    /// Whether segments are made to fit, or ``Keyword/default``.
    public var changeTCPMSS: Setting<Bool>?
    /// The firewall list that clients are put on.
    public var addressList: String?
    /// The interface list that links are put on.
    public var interfaceList: String?
    /// The name servers that clients are told of.
    public var dnsServer: RouterOSList<IPAddress>?
    /// The WINS servers that clients are told of.
    public var winsServer: RouterOSList<IPAddress>?
    /// The speed, the client's upload first; ``RateLimit`` reads it.
    public var rateLimit: String?
    /// The queue above the clients' own, or `none`.
    public var parentQueue: String?
    /// The kind of queue.
    public var queueType: String?
    /// The queue before which the clients' own is put.
    public var insertQueueBefore: String?
    /// The firewall chain for what clients send.
    public var incomingFilter: String?
    /// The firewall chain for what clients are sent.
    public var outgoingFilter: String?
    /// A script that runs when a session begins.
    public var onUp: String?
    /// A script that runs when it ends.
    public var onDown: String?
    /// Whether it is one that RouterOS brings along.
    public private(set) var isDefault: Bool?
    /// Free text.
    public var comment: String?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.id(&id)
        try attributes.required("name", &name)
        try attributes.value("local-address", &localAddress)
        try attributes.value("remote-address", &remoteAddress)
        try attributes.value("remote-ipv6-prefix-pool", &remoteIPv6PrefixPool)
        try attributes.value("dhcpv6-pd-pool", &dhcpv6PDPool)
        try attributes.value("dhcpv6-lease-time", &dhcpv6LeaseTime, since: RouterOSVersion(7, 20))
        try attributes.value("dhcpv6-use-radius", &dhcpv6UseRADIUS, since: RouterOSVersion(7, 20))
        try attributes.value("remote-ipv6-prefix-reuse", &remoteIPv6PrefixReuse, since: RouterOSVersion(7, 20))
        try attributes.value("bridge", &bridge)
        try attributes.value("bridge-horizon", &bridgeHorizon)
        try attributes.value("bridge-learning", &bridgeLearning)
        try attributes.value("bridge-path-cost", &bridgePathCost)
        try attributes.value("bridge-port-priority", &bridgePortPriority)
        try attributes.value("bridge-port-vid", &bridgePortVid, since: RouterOSVersion(7, 18, 2))
        try attributes.value("bridge-port-trusted", &bridgePortTrusted, since: RouterOSVersion(7, 18, 2))
        try attributes.value("session-timeout", &sessionTimeout)
        try attributes.value("idle-timeout", &idleTimeout)
        try attributes.value("use-ipv6", &useIPv6)
        try attributes.value("use-mpls", &useMPLS)
        try attributes.value("use-compression", &useCompression)
        try attributes.value("use-encryption", &useEncryption)
        try attributes.value("use-upnp", &useUPnP)
        try attributes.value("only-one", &onlyOne)
        try attributes.value("change-tcp-mss", &changeTCPMSS)
        try attributes.value("address-list", &addressList)
        try attributes.value("interface-list", &interfaceList)
        try attributes.value("dns-server", &dnsServer)
        try attributes.value("wins-server", &winsServer)
        try attributes.value("rate-limit", &rateLimit)
        try attributes.value("parent-queue", &parentQueue)
        try attributes.value("queue-type", &queueType)
        try attributes.value("insert-queue-before", &insertQueueBefore)
        try attributes.value("incoming-filter", &incomingFilter)
        try attributes.value("outgoing-filter", &outgoingFilter)
        try attributes.valueOnRequest("on-up", &onUp)
        try attributes.valueOnRequest("on-down", &onDown)
        try attributes.fact("default", &isDefault)
        try attributes.value("comment", &comment)
    }
}

extension AttributeKey<PPPProfile, String> {
    /// `name`.
    public static var name: Self { Self("name") }
    /// `local-address`.
    public static var localAddress: Self { Self("local-address") }
    /// `remote-address`.
    public static var remoteAddress: Self { Self("remote-address") }
    /// `remote-ipv6-prefix-pool`.
    public static var remoteIPv6PrefixPool: Self { Self("remote-ipv6-prefix-pool") }
    /// `dhcpv6-pd-pool`.
    public static var dhcpv6PDPool: Self { Self("dhcpv6-pd-pool") }
    /// `bridge`.
    public static var bridge: Self { Self("bridge") }
    /// `bridge-horizon`.
    public static var bridgeHorizon: Self { Self("bridge-horizon") }
    /// `bridge-learning`.
    public static var bridgeLearning: Self { Self("bridge-learning") }
    /// `bridge-path-cost`.
    public static var bridgePathCost: Self { Self("bridge-path-cost") }
    /// `bridge-port-priority`.
    public static var bridgePortPriority: Self { Self("bridge-port-priority") }
    /// `address-list`.
    public static var addressList: Self { Self("address-list") }
    /// `interface-list`.
    public static var interfaceList: Self { Self("interface-list") }
    /// `rate-limit`.
    public static var rateLimit: Self { Self("rate-limit") }
    /// `parent-queue`.
    public static var parentQueue: Self { Self("parent-queue") }
    /// `queue-type`.
    public static var queueType: Self { Self("queue-type") }
    /// `insert-queue-before`.
    public static var insertQueueBefore: Self { Self("insert-queue-before") }
    /// `incoming-filter`.
    public static var incomingFilter: Self { Self("incoming-filter") }
    /// `outgoing-filter`.
    public static var outgoingFilter: Self { Self("outgoing-filter") }
    /// `on-up`.
    public static var onUp: Self { Self("on-up") }
    /// `on-down`.
    public static var onDown: Self { Self("on-down") }
    /// `comment`.
    public static var comment: Self { Self("comment") }
}

extension AttributeKey<PPPProfile, Duration> {
    /// `dhcpv6-lease-time`.
    public static var dhcpv6LeaseTime: Self { Self("dhcpv6-lease-time") }
    /// `session-timeout`.
    public static var sessionTimeout: Self { Self("session-timeout") }
    /// `idle-timeout`.
    public static var idleTimeout: Self { Self("idle-timeout") }
}

extension AttributeKey<PPPProfile, Bool> {
    /// `dhcpv6-use-radius`.
    public static var dhcpv6UseRADIUS: Self { Self("dhcpv6-use-radius") }
    /// `remote-ipv6-prefix-reuse`.
    public static var remoteIPv6PrefixReuse: Self { Self("remote-ipv6-prefix-reuse") }
    /// `bridge-port-trusted`.
    public static var bridgePortTrusted: Self { Self("bridge-port-trusted") }
    /// `use-ipv6`.
    public static var useIPv6: Self { Self("use-ipv6") }
    /// `use-mpls`.
    public static var useMPLS: Self { Self("use-mpls") }
    /// `use-compression`.
    public static var useCompression: Self { Self("use-compression") }
    /// `use-encryption`.
    public static var useEncryption: Self { Self("use-encryption") }
    /// `use-upnp`.
    public static var useUPnP: Self { Self("use-upnp") }
    /// `only-one`.
    public static var onlyOne: Self { Self("only-one") }
    /// `change-tcp-mss`.
    public static var changeTCPMSS: Self { Self("change-tcp-mss") }
    /// `default`.
    public static var isDefault: Self { Self("default") }
}

extension AttributeKey<PPPProfile, Int> {
    /// `bridge-port-vid`.
    public static var bridgePortVid: Self { Self("bridge-port-vid") }
}

extension AttributeKey<PPPProfile, RouterOSList<IPAddress>> {
    /// `dns-server`.
    public static var dnsServer: Self { Self("dns-server") }
    /// `wins-server`.
    public static var winsServer: Self { Self("wins-server") }
}
