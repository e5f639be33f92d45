public import RouterOSProtocol

/// A row of `/user/group`: what its users may do.
public struct RouterUserGroup: WritableMappedRow {
    /// The menu.
    public static let menu = "/user/group"
    /// The attribute that names a row.
    public static let key = "name"

    /// The id, nil before the router has given one.
    public var id: ItemID?
    /// The name, unique.
    public var name = ""
    /// What is allowed, and with a `!` in front what is not: `api,read,!write`.
    public var policy: RouterOSList<String>?
    /// The skin of WebFig.
    public var skin: String?
    /// Free text.
    public var comment: String?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.id(&id)
        try attributes.required("name", &name)
        try attributes.value("policy", &policy)
        try attributes.value("skin", &skin)
        try attributes.value("comment", &comment)
    }
}

extension AttributeKey<RouterUserGroup, String> {
    /// `name`.
    public static var name: Self { Self("name") }
    /// `skin`.
    public static var skin: Self { Self("skin") }
    /// `comment`.
    public static var comment: Self { Self("comment") }
}

extension AttributeKey<RouterUserGroup, RouterOSList<String>> {
    /// `policy`.
    public static var policy: Self { Self("policy") }
}
