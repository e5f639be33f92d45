public import RouterOSProtocol

/// A row of `/log`: something the router noted.
public struct LogEntry: MappedRow {
    /// The menu.
    public static let menu = "/log"

    /// The id.
    public private(set) var id: ItemID?
    /// When, by the router's clock.
    public private(set) var time: LogTime?
    /// What it is about and how grave: `hotspot`, `info`, `error`.
    public private(set) var topics: RouterOSList<String>?
    /// What happened.
    public private(set) var message: String?
    /// Where it is kept: `memory`, `disk`.
    public private(set) var buffer: RouterOSList<String>?
    /// What else the router says.
    public private(set) var extraInfo: String?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.id(&id)
        try attributes.fact("time", &time)
        try attributes.fact("topics", &topics)
        try attributes.fact("message", &message)
        try attributes.fact("buffer", &buffer)
        try attributes.fact("extra-info", &extraInfo)
    }
}

extension AttributeKey<LogEntry, LocalDateTime> {
    /// `time`.
    public static var time: Self { Self("time") }
}

extension AttributeKey<LogEntry, RouterOSList<String>> {
    /// `topics`.
    public static var topics: Self { Self("topics") }
    /// `buffer`.
    public static var buffer: Self { Self("buffer") }
}

extension AttributeKey<LogEntry, String> {
    /// `message`.
    public static var message: Self { Self("message") }
    /// `extra-info`.
    public static var extraInfo: Self { Self("extra-info") }
}
