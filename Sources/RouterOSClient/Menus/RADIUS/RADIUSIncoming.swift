/// The record of `/radius/incoming`: whether RADIUS servers may end and change sessions.
public struct RADIUSIncoming: MappedSettings {
    /// The menu.
    public static let menu = "/radius/incoming"

    /// Whether they may.
    public var accept: Bool?
    /// The port they use, 3799 unless set.
    public var port: Int?
    /// The routing table it listens in.
    public var vrf: String?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.value("accept", &accept)
        try attributes.value("port", &port)
        try attributes.value("vrf", &vrf)
    }
}
