public import RouterOSProtocol

/// The record of `/system/license`: what the router may do.
public struct SystemLicense: MappedRow {
    /// The menu.
    public static let menu = "/system/license"

    /// The number of the installation.
    public private(set) var softwareID: String?
    /// The number of a virtual router.
    public private(set) var systemID: String?
    /// The level, 0 to 6, which limits how many users may be online.
    public private(set) var nlevel: Int?
    /// The level of a virtual router: `free`, `p1`, `p10`, `p-unlimited`.
    public private(set) var level: String?
    /// The highest level that a virtual router may be raised to.
    public private(set) var upgradableTo: String?
    /// What else it allows.
    public private(set) var features: String?
    /// By when a virtual router must renew.
    public private(set) var deadlineAt: Setting<LocalDateTime>?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.fact("software-id", &softwareID)
        try attributes.fact("system-id", &systemID)
        try attributes.fact("nlevel", &nlevel)
        try attributes.fact("level", &level)
        try attributes.fact("upgradable-to", &upgradableTo)
        try attributes.fact("features", &features)
        try attributes.fact("deadline-at", &deadlineAt)
    }
}
