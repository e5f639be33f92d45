public import RouterOSProtocol

/// What a ``MappedRow`` says of one of its attributes.
public struct MappedAttribute: Sendable, Hashable {
    /// The name as it stands on the wire.
    public let name: String
    /// Whether it may be written.
    public let isWritable: Bool
    /// Whether a row without it is malformed.
    public let isRequired: Bool
    /// Whether a print asks for it by itself; contents, scripts and counters that cost are asked for by name.
    public let isAskedFor: Bool
    /// The first version known to have it; nil when all do from 7.9 on.
    public let since: RouterOSVersion?

    init(
        _ name: String,
        isWritable: Bool = true,
        isRequired: Bool = false,
        isAskedFor: Bool = true,
        since: RouterOSVersion? = nil
    ) {
        self.name = name
        self.isWritable = isWritable
        self.isRequired = isRequired
        self.isAskedFor = isAskedFor
        self.since = since
    }
}
