public import RouterOSProtocol

/// The record of `/ppp/aaa`: who decides about PPP users.
public struct PPPAAA: MappedSettings {
    /// The menu.
    public static let menu = "/ppp/aaa"

    /// Whether a RADIUS server is asked about users that the router does not know.
    public var useRADIUS: Bool?
    /// Whether it is told of sessions.
    public var accounting: Bool?
    /// How often it is told of running ones; 0s for never.
    public var interimUpdate: Setting<Duration>?
    /// Whether it is told the circuit that a session came by.
    public var useCircuitIDInNASPortID: Bool?
    /// Whether IPv6 traffic is counted apart.
    public var enableIPv6Accounting: Bool?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.value("use-radius", &useRADIUS)
        try attributes.value("accounting", &accounting)
        try attributes.value("interim-update", &interimUpdate)
        try attributes.value("use-circuit-id-in-nas-port-id", &useCircuitIDInNASPortID)
        try attributes.value("enable-ipv6-accounting", &enableIPv6Accounting, since: RouterOSVersion(7, 16))
    }
}
