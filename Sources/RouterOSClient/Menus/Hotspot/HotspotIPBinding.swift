public import RouterOSProtocol

/// A row of `/ip/hotspot/ip-binding`: a device that passes without a login, or not at all.
///
/// Order matters: the first row that fits counts.
public struct HotspotIPBinding: WritableMappedRow {
    /// The menu.
    public static let menu = "/ip/hotspot/ip-binding"
    /// The attribute that names a row.
    public static let key = "mac-address"

    /// The id, nil before the router has given one.
    public var id: ItemID?
    /// The device; any when nil.
    public var macAddress: MACAddress?
    /// Its address, a range or a prefix; any when nil.
    public var address: String?
    /// The address it is given on the other side.
    public var toAddress: IPAddress?
    /// The hotspot server; nil or `all` for any.
    public var server: String?
    /// `regular` (must log in), `bypassed` (need not) or `blocked` (cannot).
    public var type: String?
    /// Whether it does not count.
    public var disabled: Bool?
    /// Free text.
    public var comment: String?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.id(&id)
        try attributes.value("mac-address", &macAddress)
        try attributes.value("address", &address)
        try attributes.value("to-address", &toAddress)
        try attributes.value("server", &server)
        try attributes.value("type", &type)
        try attributes.value("disabled", &disabled)
        try attributes.value("comment", &comment)
    }
}

extension AttributeKey<HotspotIPBinding, MACAddress> {
    /// `mac-address`.
    public static var macAddress: Self { Self("mac-address") }
}

extension AttributeKey<HotspotIPBinding, String> {
    /// `address`.
    public static var address: Self { Self("address") }
    /// `server`.
    public static var server: Self { Self("server") }
    /// `type`.
    public static var type: Self { Self("type") }
    /// `comment`.
    public static var comment: Self { Self("comment") }
}

extension AttributeKey<HotspotIPBinding, IPAddress> {
    /// `to-address`.
    public static var toAddress: Self { Self("to-address") }
}

extension AttributeKey<HotspotIPBinding, Bool> {
    /// `disabled`.
    public static var disabled: Self { Self("disabled") }
}
