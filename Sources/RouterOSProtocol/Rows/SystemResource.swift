/// The record of `/system/resource`: what the router is and how it fares.
public struct SystemResource: RouterOSRow, Hashable {
    /// The menu.
    public static let menu = "/system/resource"
    /// What a print asks for.
    public static let properties = [
        "uptime", "version", "build-time", "factory-software", "free-memory", "total-memory", "cpu", "cpu-count",
        "cpu-frequency", "cpu-load", "free-hdd-space", "total-hdd-space", "write-sect-since-reboot", "write-sect-total",
        "bad-blocks", "architecture-name", "board-name", "platform",
    ]

    /// How long ago the router started.
    public let uptime: Duration
    /// The version as the router writes it, `7.18.2 (stable)`.
    public let version: String
    /// When that version was built; as the router writes it.
    public let buildTime: String?
    /// The version the router was sold with, which is the oldest it can be set back to.
    public let factorySoftware: String?
    /// Memory not in use, in bytes.
    public let freeMemory: UInt64?
    /// Memory in all, in bytes.
    public let totalMemory: UInt64?
    /// The processor's name.
    public let cpu: String?
    /// How many cores it has.
    public let cpuCount: Int?
    /// Its clock, in MHz.
    public let cpuFrequency: Int?
    /// How busy it is, in percent.
    public let cpuLoad: Int?
    /// Storage not in use, in bytes.
    public let freeHDDSpace: UInt64?
    /// Storage in all, in bytes.
    public let totalHDDSpace: UInt64?
    /// How many sectors of the flash memory were written since the router started.
    public let writeSectSinceReboot: UInt64?
    /// How many were written in all: flash memory wears out.
    public let writeSectTotal: UInt64?
    /// The share of the flash memory that is bad; as the router writes it, with or without a percent sign.
    public let badBlocks: String?
    /// The processor's architecture, `arm64`.
    public let architectureName: String?
    /// The model of the router; `CHR` with more words for one in a virtual machine.
    public let boardName: String?
    /// The maker, `MikroTik`.
    public let platform: String?

    /// Reads the record.
    public init(_ row: inout RowReader) throws(RouterOSError) {
        uptime = try row.value("uptime") ?? .zero
        version = try row.required("version")
        buildTime = try row.value("build-time")
        factorySoftware = try row.value("factory-software")
        freeMemory = try row.value("free-memory")
        totalMemory = try row.value("total-memory")
        cpu = try row.value("cpu")
        cpuCount = try row.value("cpu-count")
        cpuFrequency = try row.value("cpu-frequency")
        cpuLoad = try row.value("cpu-load")
        freeHDDSpace = try row.value("free-hdd-space")
        totalHDDSpace = try row.value("total-hdd-space")
        writeSectSinceReboot = try row.value("write-sect-since-reboot")
        writeSectTotal = try row.value("write-sect-total")
        badBlocks = try row.value("bad-blocks")
        architectureName = try row.value("architecture-name")
        boardName = try row.value("board-name")
        platform = try row.value("platform")
    }
}
