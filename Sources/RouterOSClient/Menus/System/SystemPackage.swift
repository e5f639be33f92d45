public import RouterOSProtocol

/// A row of `/system/package`: a part of RouterOS that is installed.
public struct SystemPackage: MappedRow {
    /// The menu.
    public static let menu = "/system/package"

    /// The id.
    public private(set) var id: ItemID?
    /// The name: `routeros`, `hotspot`, `user-manager`.
    public private(set) var name = ""
    /// Its version.
    public private(set) var version: RouterOSVersion?
    /// When it was made.
    public private(set) var buildTime: LocalDateTime?
    /// What happens to it at the next start.
    public private(set) var scheduled: String?
    /// Whether it is switched off.
    public private(set) var disabled: Bool?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.id(&id)
        try attributes.requiredFact("name", &name)
        try attributes.fact("version", &version)
        try attributes.fact("build-time", &buildTime)
        try attributes.fact("scheduled", &scheduled)
        try attributes.fact("disabled", &disabled)
    }
}

extension AttributeKey<SystemPackage, String> {
    /// `name`.
    public static var name: Self { Self("name") }
    /// `scheduled`.
    public static var scheduled: Self { Self("scheduled") }
}

extension AttributeKey<SystemPackage, RouterOSVersion> {
    /// `version`.
    public static var version: Self { Self("version") }
}

extension AttributeKey<SystemPackage, LocalDateTime> {
    /// `build-time`.
    public static var buildTime: Self { Self("build-time") }
}

extension AttributeKey<SystemPackage, Bool> {
    /// `disabled`.
    public static var disabled: Self { Self("disabled") }
}
