public import RouterOSProtocol

/// A row of `/ip/hotspot/walled-garden`: a web site that opens without a login, or that does not.
///
/// For HTTP only; what is reached by HTTPS takes a ``HotspotWalledGardenIPRule``. Order matters.
public struct HotspotWalledGardenRule: WritableMappedRow {
    /// The menu.
    public static let menu = "/ip/hotspot/walled-garden"
    /// The attribute that names a row.
    public static let key = "dst-host"

    /// The id, nil before the router has given one.
    public var id: ItemID?
    /// `allow` or `deny`.
    public var action: String?
    /// The hotspot server; nil for any.
    public var server: String?
    /// Where requests come from.
    public var srcAddress: Matcher<String>?
    /// The HTTP method.
    public var method: Matcher<String>?
    /// The site's name; `*` stands for anything, `:` begins a regular expression.
    public var dstHost: Matcher<String>?
    /// The port.
    public var dstPort: Matcher<String>?
    /// The path of the request.
    public var path: Matcher<String>?
    /// Where requests go, once known.
    public private(set) var dstAddress: String?
    /// How often the rule has counted.
    public private(set) var hits: UInt64?
    /// Whether the router made it by itself.
    public private(set) var dynamic: Bool?
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
        try attributes.value("method", &method)
        try attributes.value("dst-host", &dstHost)
        try attributes.value("dst-port", &dstPort)
        try attributes.value("path", &path)
        try attributes.fact("dst-address", &dstAddress)
        try attributes.fact("hits", &hits)
        try attributes.fact("dynamic", &dynamic)
        try attributes.value("disabled", &disabled)
        try attributes.value("comment", &comment)
    }
}

extension AttributeKey<HotspotWalledGardenRule, String> {
    /// `action`.
    public static var action: Self { Self("action") }
    /// `server`.
    public static var server: Self { Self("server") }
    /// `src-address`.
    public static var srcAddress: Self { Self("src-address") }
    /// `method`.
    public static var method: Self { Self("method") }
    /// `dst-host`.
    public static var dstHost: Self { Self("dst-host") }
    /// `dst-port`.
    public static var dstPort: Self { Self("dst-port") }
    /// `path`.
    public static var path: Self { Self("path") }
    /// `dst-address`.
    public static var dstAddress: Self { Self("dst-address") }
    /// `comment`.
    public static var comment: Self { Self("comment") }
}

extension AttributeKey<HotspotWalledGardenRule, UInt64> {
    /// `hits`.
    public static var hits: Self { Self("hits") }
}

extension AttributeKey<HotspotWalledGardenRule, Bool> {
    /// `dynamic`.
    public static var dynamic: Self { Self("dynamic") }
    /// `disabled`.
    public static var disabled: Self { Self("disabled") }
}
