public import RouterOSProtocol

/// A row of `/ip/hotspot/cookie`: a device that is logged back in without a password.
///
/// Whoever ends a session for good removes the cookies too, or the device is back at once.
public struct HotspotCookie: MappedRow {
    /// The menu.
    public static let menu = "/ip/hotspot/cookie"

    /// The id.
    public private(set) var id: ItemID?
    /// The user's name.
    public private(set) var user = ""
    /// The user's domain.
    public private(set) var domain: String?
    /// The device.
    public private(set) var macAddress: MACAddress?
    /// How long the cookie is good for.
    public private(set) var expiresIn: Duration?
    /// Whether it is kept by MAC address, not by the browser.
    public private(set) var macCookie: Bool?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.id(&id)
        try attributes.requiredFact("user", &user)
        try attributes.fact("domain", &domain)
        try attributes.fact("mac-address", &macAddress)
        try attributes.fact("expires-in", &expiresIn)
        try attributes.fact("mac-cookie", &macCookie)
    }
}

extension AttributeKey<HotspotCookie, String> {
    /// `user`.
    public static var user: Self { Self("user") }
    /// `domain`.
    public static var domain: Self { Self("domain") }
}

extension AttributeKey<HotspotCookie, MACAddress> {
    /// `mac-address`.
    public static var macAddress: Self { Self("mac-address") }
}

extension AttributeKey<HotspotCookie, Duration> {
    /// `expires-in`.
    public static var expiresIn: Self { Self("expires-in") }
}

extension AttributeKey<HotspotCookie, Bool> {
    /// `mac-cookie`.
    public static var macCookie: Self { Self("mac-cookie") }
}
