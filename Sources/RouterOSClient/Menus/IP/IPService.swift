public import RouterOSProtocol

/// A row of `/ip/service`: a port of the router, such as `api`, `api-ssl`, `winbox`.
///
/// The menu adds and removes nothing. Newer versions list connections among the services: those rows are `dynamic`.
public struct IPService: WritableMappedRow {
    /// The menu.
    public static let menu = "/ip/service"
    /// The attribute that names a row.
    public static let key = "name"

    /// The id, nil before the router has given one.
    public var id: ItemID?
    /// The name, which cannot be changed.
    public private(set) var name = ""
    /// The port.
    public var port: Int?
    /// Who may connect; everybody when empty.
    public var address: RouterOSList<IPPrefix>?
    /// The certificate, or `none`.
    public var certificate: String?
    /// `any` or `only-1.2`.
    public var tlsVersion: String?
    /// The routing table it listens in.
    public var vrf: String?
    /// How many connections it takes, 20 unless set.
    public var maxSessions: Int?
    /// The interface list it may be reached from.
    public var availableFrom: String?
    /// The protocol, `tcp`.
    public private(set) var proto: String?
    /// Our end of a connection.
    public private(set) var local: String?
    /// The other end of a connection.
    public private(set) var remote: String?
    /// Whether the row is a connection.
    public private(set) var connection: Bool?
    /// Whether the router made it by itself.
    public private(set) var dynamic: Bool?
    /// Whether it cannot run as it is configured.
    public private(set) var invalid: Bool?
    /// Whether it is switched off.
    public var disabled: Bool?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.id(&id)
        try attributes.requiredFact("name", &name)
        try attributes.value("port", &port)
        try attributes.value("address", &address)
        try attributes.value("certificate", &certificate)
        try attributes.value("tls-version", &tlsVersion)
        try attributes.value("vrf", &vrf)
        try attributes.value("max-sessions", &maxSessions, since: RouterOSVersion(7, 16))
        try attributes.value("available-from", &availableFrom, since: RouterOSVersion(7, 24))
        try attributes.fact("proto", &proto)
        try attributes.fact("local", &local)
        try attributes.fact("remote", &remote)
        try attributes.fact("connection", &connection)
        try attributes.fact("dynamic", &dynamic)
        try attributes.fact("invalid", &invalid)
        try attributes.value("disabled", &disabled)
    }
}

extension AttributeKey<IPService, String> {
    /// `name`.
    public static var name: Self { Self("name") }
    /// `certificate`.
    public static var certificate: Self { Self("certificate") }
    /// `tls-version`.
    public static var tlsVersion: Self { Self("tls-version") }
    /// `vrf`.
    public static var vrf: Self { Self("vrf") }
    /// `available-from`.
    public static var availableFrom: Self { Self("available-from") }
    /// `proto`.
    public static var proto: Self { Self("proto") }
    /// `local`.
    public static var local: Self { Self("local") }
    /// `remote`.
    public static var remote: Self { Self("remote") }
}

extension AttributeKey<IPService, Int> {
    /// `port`.
    public static var port: Self { Self("port") }
    /// `max-sessions`.
    public static var maxSessions: Self { Self("max-sessions") }
}

extension AttributeKey<IPService, RouterOSList<IPPrefix>> {
    /// `address`.
    public static var address: Self { Self("address") }
}

extension AttributeKey<IPService, Bool> {
    /// `connection`.
    public static var connection: Self { Self("connection") }
    /// `dynamic`.
    public static var dynamic: Self { Self("dynamic") }
    /// `invalid`.
    public static var invalid: Self { Self("invalid") }
    /// `disabled`.
    public static var disabled: Self { Self("disabled") }
}
