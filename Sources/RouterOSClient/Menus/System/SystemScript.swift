public import RouterOSProtocol

/// A row of `/system/script`: a script kept on the router.
public struct SystemScript: WritableMappedRow {
    /// The menu.
    public static let menu = "/system/script"
    /// The attribute that names a row.
    public static let key = "name"

    /// The id, nil before the router has given one.
    public var id: ItemID?
    /// The name, unique.
    public var name = ""
    /// Whose rights it has.
    public var owner: String?
    /// What it may do.
    public var policy: RouterOSList<String>?
    /// Whether who runs it need not have its policies.
    public var dontRequirePermissions: Bool?
    /// When it last ran, by the router's clock.
    public private(set) var lastStarted: Setting<LocalDateTime>?
    /// How often it has run.
    public private(set) var runCount: UInt64?
    /// The text.
    public var source: String?
    /// Whether the router cannot parse it.
    public private(set) var invalid: Bool?
    /// Free text.
    public var comment: String?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.id(&id)
        try attributes.required("name", &name)
        try attributes.value("owner", &owner)
        try attributes.value("policy", &policy)
        try attributes.value("dont-require-permissions", &dontRequirePermissions)
        try attributes.fact("last-started", &lastStarted)
        try attributes.fact("run-count", &runCount)
        try attributes.valueOnRequest("source", &source)
        try attributes.fact("invalid", &invalid)
        try attributes.value("comment", &comment)
    }
}

extension AttributeKey<SystemScript, String> {
    /// `name`.
    public static var name: Self { Self("name") }
    /// `owner`.
    public static var owner: Self { Self("owner") }
    /// `source`.
    public static var source: Self { Self("source") }
    /// `comment`.
    public static var comment: Self { Self("comment") }
}

extension AttributeKey<SystemScript, RouterOSList<String>> {
    /// `policy`.
    public static var policy: Self { Self("policy") }
}

extension AttributeKey<SystemScript, Bool> {
    /// `dont-require-permissions`.
    public static var dontRequirePermissions: Self { Self("dont-require-permissions") }
    /// `invalid`.
    public static var invalid: Self { Self("invalid") }
}

extension AttributeKey<SystemScript, LocalDateTime> {
    /// `last-started`.
    public static var lastStarted: Self { Self("last-started") }
}

extension AttributeKey<SystemScript, UInt64> {
    /// `run-count`.
    public static var runCount: Self { Self("run-count") }
}
