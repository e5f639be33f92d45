public import RouterOSProtocol

/// A row of `/system/script/job`: a script that runs now.
public struct SystemScriptJob: MappedRow {
    /// The menu.
    public static let menu = "/system/script/job"

    /// The id.
    public private(set) var id: ItemID?
    /// The script's name, if it has one.
    public private(set) var script: String?
    /// Who started it.
    public private(set) var owner: String?
    /// What started it: `command`, `scheduler` and others.
    public private(set) var type: String?
    /// What it may do.
    public private(set) var policy: RouterOSList<String>?
    /// When, by the router's clock.
    public private(set) var started: LocalDateTime?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.id(&id)
        try attributes.fact("script", &script)
        try attributes.fact("owner", &owner)
        try attributes.fact("type", &type)
        try attributes.fact("policy", &policy)
        try attributes.fact("started", &started)
    }
}

extension AttributeKey<SystemScriptJob, String> {
    /// `script`.
    public static var script: Self { Self("script") }
    /// `owner`.
    public static var owner: Self { Self("owner") }
    /// `type`.
    public static var type: Self { Self("type") }
}

extension AttributeKey<SystemScriptJob, LocalDateTime> {
    /// `started`.
    public static var started: Self { Self("started") }
}
