/// The record of `/system/resource`: what the router is and how it fares.
public struct SystemResource: RouterOSRow, Hashable {
    /// The menu.
    public static let menu = "/system/resource"
    /// What a print asks for.
    public static let properties = ["uptime", "version", "cpu-load", "free-memory", "total-memory", "board-name"]

    /// How long ago the router started.
    public let uptime: Duration
    /// The version as the router writes it, `7.18.2 (stable)`.
    public let version: String
    /// How busy the processor is, in percent.
    public let cpuLoad: Int?
    /// Memory not in use, in bytes.
    public let freeMemory: UInt64?
    /// Memory in all, in bytes.
    public let totalMemory: UInt64?
    /// The model of the router.
    public let boardName: String?

    /// Reads the record.
    public init(_ row: Sentence) throws(RouterOSError) {
        uptime = try row.duration("uptime") ?? .zero
        version = try row.required("version")
        cpuLoad = try row.integer("cpu-load")
        freeMemory = try row.integer("free-memory")
        totalMemory = try row.integer("total-memory")
        boardName = row["board-name"]
    }
}
