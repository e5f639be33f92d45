public import RouterOSProtocol

/// A row of `/ip/hotspot/walled-garden/ip`: a destination that is open without a login, whatever the protocol.
public struct HotspotWalledGardenIPRule: WritableMappedRow {
    /// The menu.
    public static let menu = "/ip/hotspot/walled-garden/ip"
    /// The attribute that names a row.
    public static let key = "dst-host"

    /// The id, nil before the router has given one.
    public var id: ItemID?
    /// `accept`, `drop` or `reject`.
    public var action: String?
    /// The hotspot server; nil for any.
    public var server: String?
    /// Where packets come from.
    public var srcAddress: Matcher<String>?
    /// Where they go.
    public var dstAddress: Matcher<String>?
    /// The protocol, `tcp`.
    public var transport: Matcher<String>?
    /// The destination by name, which the router resolves.
    public var dstHost: String?
    /// The port.
    public var dstPort: Matcher<String>?
    /// The list that the source is on.
    public var srcAddressList: Matcher<String>?
    /// The list that the destination is on.
    public var dstAddressList: Matcher<String>?
    /// Whether the router made it by itself.
    public private(set) var dynamic: Bool?
    /// Whether the router cannot use it as it is configured.
    public private(set) var invalid: Bool?
    /// Whether it does not count.
    public var disabled: Bool?
    /// Free text.
    public var comment: String?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.id(&id)
        try attributes.value("action", &action)
        try attributes.value("server", &server)
        try attributes.value("src-address", &srcAddress)
        try attributes.value("dst-address", &dstAddress)
        try attributes.value("protocol", &transport)
        try attributes.value("dst-host", &dstHost)
        try attributes.value("dst-port", &dstPort)
        try attributes.value("src-address-list", &srcAddressList)
        try attributes.value("dst-address-list", &dstAddressList)
        try attributes.fact("dynamic", &dynamic)
        try attributes.fact("invalid", &invalid)
        try attributes.value("disabled", &disabled)
        try attributes.value("comment", &comment)
    }
}

extension AttributeKey<HotspotWalledGardenIPRule, String> {
    /// `action`.
    public static var action: Self { Self("action") }
    /// `server`.
    public static var server: Self { Self("server") }
    /// `src-address`.
    public static var srcAddress: Self { Self("src-address") }
    /// `dst-address`.
    public static var dstAddress: Self { Self("dst-address") }
    /// `protocol`.
    public static var transport: Self { Self("protocol") }
    /// `dst-host`.
    public static var dstHost: Self { Self("dst-host") }
    /// `dst-port`.
    public static var dstPort: Self { Self("dst-port") }
    /// `src-address-list`.
    public static var srcAddressList: Self { Self("src-address-list") }
    /// `dst-address-list`.
    public static var dstAddressList: Self { Self("dst-address-list") }
    /// `comment`.
    public static var comment: Self { Self("comment") }
}

extension AttributeKey<HotspotWalledGardenIPRule, Bool> {
    /// `dynamic`.
    public static var dynamic: Self { Self("dynamic") }
    /// `invalid`.
    public static var invalid: Self { Self("invalid") }
    /// `disabled`.
    public static var disabled: Self { Self("disabled") }
}
