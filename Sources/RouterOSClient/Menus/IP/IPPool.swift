public import RouterOSProtocol

/// A row of `/ip/pool`: addresses to be given out.
public struct IPPool: WritableMappedRow {
    /// The menu.
    public static let menu = "/ip/pool"
    /// The attribute that names a row.
    public static let key = "name"

    /// The id, nil before the router has given one.
    public var id: ItemID?
    /// The name, unique.
    public var name = ""
    /// The addresses.
    public var ranges: RouterOSList<IPRange>?
    /// The pool that goes on when this one is empty, or `none`.
    public var nextPool: String?
    /// How many addresses it has; in newer versions.
    public private(set) var total: UInt64?
    /// How many of them are given out; in newer versions.
    public private(set) var used: UInt64?
    /// How many are left; in newer versions.
    public private(set) var available: UInt64?
    /// Free text.
    public var comment: String?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.id(&id)
        try attributes.required("name", &name)
        try attributes.value("ranges", &ranges)
        try attributes.value("next-pool", &nextPool)
        try attributes.fact("total", &total)
        try attributes.fact("used", &used)
        try attributes.fact("available", &available)
        try attributes.value("comment", &comment)
    }
}

extension AttributeKey<IPPool, String> {
    /// `name`.
    public static var name: Self { Self("name") }
    /// `next-pool`.
    public static var nextPool: Self { Self("next-pool") }
    /// `comment`.
    public static var comment: Self { Self("comment") }
}

extension AttributeKey<IPPool, RouterOSList<IPRange>> {
    /// `ranges`.
    public static var ranges: Self { Self("ranges") }
}

extension AttributeKey<IPPool, UInt64> {
    /// `total`.
    public static var total: Self { Self("total") }
    /// `used`.
    public static var used: Self { Self("used") }
    /// `available`.
    public static var available: Self { Self("available") }
}
