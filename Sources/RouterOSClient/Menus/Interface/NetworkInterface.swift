public import RouterOSProtocol

/// A row of `/interface`: a port, a tunnel, or the link of a PPP user (`<pppoe-name>`).
///
/// The menu adds and removes nothing: each kind of interface has a menu of its own for that.
public struct NetworkInterface: WritableMappedRow {
    /// The menu.
    public static let menu = "/interface"
    /// The attribute that names a row.
    public static let key = "name"

    /// The id, nil before the router has given one.
    public var id: ItemID?
    /// The name, unique.
    public var name = ""
    /// The name it was made with.
    public private(set) var defaultName: String?
    /// What it is: `ether`, `bridge`, `vlan`, `pppoe-in` and others.
    public private(set) var type: String?
    /// The largest packet, or `auto`.
    public var mtu: Setting<Int>?
    /// The largest packet as it is now.
    public private(set) var actualMTU: Int?
    /// The largest frame.
    public var l2MTU: Int?
    /// The largest frame it could be set to.
    public private(set) var maxL2MTU: Int?
    /// Its address.
    public private(set) var macAddress: MACAddress?
    /// The table of routes that its packets go by, `main` unless somebody made another.
    public private(set) var vrf: String?
    /// When its link came up last, by the router's clock.
    public private(set) var lastLinkUpTime: LocalDateTime?
    /// When its link went down last, by the router's clock.
    public private(set) var lastLinkDownTime: LocalDateTime?
    /// How often its link has gone down.
    public private(set) var linkDowns: UInt64?
    /// Bytes received.
    public private(set) var rxByte: UInt64?
    /// Bytes sent.
    public private(set) var txByte: UInt64?
    /// Packets received.
    public private(set) var rxPacket: UInt64?
    /// Packets sent.
    public private(set) var txPacket: UInt64?
    /// Received packets that were dropped.
    public private(set) var rxDrop: UInt64?
    /// Packets that were dropped before they were sent.
    public private(set) var txDrop: UInt64?
    /// Packets that its queue dropped.
    public private(set) var txQueueDrop: UInt64?
    /// Errors in receiving.
    public private(set) var rxError: UInt64?
    /// Errors in sending.
    public private(set) var txError: UInt64?
    /// Whether its link is up.
    public private(set) var running: Bool?
    /// Whether it is part of a bridge or bond.
    public private(set) var slave: Bool?
    /// Whether the router made it by itself.
    public private(set) var dynamic: Bool?
    /// Whether it is switched off.
    public var disabled: Bool?
    /// Free text.
    public var comment: String?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.id(&id)
        try attributes.required("name", &name)
        try attributes.fact("default-name", &defaultName)
        try attributes.fact("type", &type)
        try attributes.value("mtu", &mtu)
        try attributes.fact("actual-mtu", &actualMTU)
        try attributes.value("l2mtu", &l2MTU)
        try attributes.fact("max-l2mtu", &maxL2MTU)
        try attributes.fact("mac-address", &macAddress)
        try attributes.fact("vrf", &vrf)
        try attributes.fact("last-link-up-time", &lastLinkUpTime)
        try attributes.fact("last-link-down-time", &lastLinkDownTime)
        try attributes.fact("link-downs", &linkDowns)
        try attributes.fact("rx-byte", &rxByte)
        try attributes.fact("tx-byte", &txByte)
        try attributes.factOnRequest("rx-packet", &rxPacket)
        try attributes.factOnRequest("tx-packet", &txPacket)
        try attributes.factOnRequest("rx-drop", &rxDrop)
        try attributes.factOnRequest("tx-drop", &txDrop)
        try attributes.factOnRequest("tx-queue-drop", &txQueueDrop)
        try attributes.factOnRequest("rx-error", &rxError)
        try attributes.factOnRequest("tx-error", &txError)
        try attributes.fact("running", &running)
        try attributes.fact("slave", &slave)
        try attributes.fact("dynamic", &dynamic)
        try attributes.value("disabled", &disabled)
        try attributes.value("comment", &comment)
    }
}

extension AttributeKey<NetworkInterface, String> {
    /// `name`.
    public static var name: Self { Self("name") }
    /// `default-name`.
    public static var defaultName: Self { Self("default-name") }
    /// `type`.
    public static var type: Self { Self("type") }
    /// `vrf`.
    public static var vrf: Self { Self("vrf") }
    /// `comment`.
    public static var comment: Self { Self("comment") }
}

extension AttributeKey<NetworkInterface, Int> {
    /// `mtu`.
    public static var mtu: Self { Self("mtu") }
    /// `actual-mtu`.
    public static var actualMTU: Self { Self("actual-mtu") }
    /// `l2mtu`.
    public static var l2MTU: Self { Self("l2mtu") }
    /// `max-l2mtu`.
    public static var maxL2MTU: Self { Self("max-l2mtu") }
}

extension AttributeKey<NetworkInterface, MACAddress> {
    /// `mac-address`.
    public static var macAddress: Self { Self("mac-address") }
}

extension AttributeKey<NetworkInterface, LocalDateTime> {
    /// `last-link-up-time`.
    public static var lastLinkUpTime: Self { Self("last-link-up-time") }
    /// `last-link-down-time`.
    public static var lastLinkDownTime: Self { Self("last-link-down-time") }
}

extension AttributeKey<NetworkInterface, UInt64> {
    /// `link-downs`.
    public static var linkDowns: Self { Self("link-downs") }
    /// `rx-byte`.
    public static var rxByte: Self { Self("rx-byte") }
    /// `tx-byte`.
    public static var txByte: Self { Self("tx-byte") }
    /// `rx-packet`.
    public static var rxPacket: Self { Self("rx-packet") }
    /// `tx-packet`.
    public static var txPacket: Self { Self("tx-packet") }
    /// `rx-drop`.
    public static var rxDrop: Self { Self("rx-drop") }
    /// `tx-drop`.
    public static var txDrop: Self { Self("tx-drop") }
    /// `tx-queue-drop`.
    public static var txQueueDrop: Self { Self("tx-queue-drop") }
    /// `rx-error`.
    public static var rxError: Self { Self("rx-error") }
    /// `tx-error`.
    public static var txError: Self { Self("tx-error") }
}

extension AttributeKey<NetworkInterface, Bool> {
    /// `running`.
    public static var running: Self { Self("running") }
    /// `slave`.
    public static var slave: Self { Self("slave") }
    /// `dynamic`.
    public static var dynamic: Self { Self("dynamic") }
    /// `disabled`.
    public static var disabled: Self { Self("disabled") }
}
