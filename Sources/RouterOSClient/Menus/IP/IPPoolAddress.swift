public import RouterOSProtocol

/// A row of `/ip/pool/used`: an address that was given out.
public struct IPPoolAddress: MappedRow {
    /// The menu.
    public static let menu = "/ip/pool/used"

    /// The id.
    public private(set) var id: ItemID?
    /// The pool.
    public private(set) var pool: String?
    /// The address.
    public private(set) var address: IPAddress?
    /// Who gave it out: `hotspot`, `PPP`, `DHCP`.
    public private(set) var owner: String?
    /// To whom, a MAC address or a user's name.
    public private(set) var info: String?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.id(&id)
        try attributes.fact("pool", &pool)
        try attributes.fact("address", &address)
        try attributes.fact("owner", &owner)
        try attributes.fact("info", &info)
    }
}

extension AttributeKey<IPPoolAddress, String> {
    /// `pool`.
    public static var pool: Self { Self("pool") }
    /// `owner`.
    public static var owner: Self { Self("owner") }
    /// `info`.
    public static var info: Self { Self("info") }
}

extension AttributeKey<IPPoolAddress, IPAddress> {
    /// `address`.
    public static var address: Self { Self("address") }
}
