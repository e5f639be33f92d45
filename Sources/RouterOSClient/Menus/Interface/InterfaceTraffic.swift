public import RouterOSProtocol

/// What `/interface/monitor-traffic` measures on one interface at one moment; no row of a menu that could be printed.
public struct InterfaceTraffic: RouterOSReadable, Hashable {
    /// The command that measures.
    static let path = "/interface/monitor-traffic"

    /// The interface.
    public let name: String?
    /// Packets received.
    public let rxPacketsPerSecond: UInt64?
    /// The speed of what is received.
    public let rxBitsPerSecond: BitRate?
    /// Received packets that are dropped.
    public let rxDropsPerSecond: UInt64?
    /// Errors in receiving.
    public let rxErrorsPerSecond: UInt64?
    /// Packets sent.
    public let txPacketsPerSecond: UInt64?
    /// The speed of what is sent.
    public let txBitsPerSecond: BitRate?
    /// Packets that are dropped before they are sent.
    public let txDropsPerSecond: UInt64?
    /// Packets that the queue drops.
    public let txQueueDropsPerSecond: UInt64?
    /// Errors in sending.
    public let txErrorsPerSecond: UInt64?

    /// Reads a row.
    public init(_ row: inout RowReader) throws(RouterOSError) {
        name = try row.value("name")
        rxPacketsPerSecond = try row.value("rx-packets-per-second")
        rxBitsPerSecond = try row.value("rx-bits-per-second")
        rxDropsPerSecond = try row.value("rx-drops-per-second")
        rxErrorsPerSecond = try row.value("rx-errors-per-second")
        txPacketsPerSecond = try row.value("tx-packets-per-second")
        txBitsPerSecond = try row.value("tx-bits-per-second")
        txDropsPerSecond = try row.value("tx-drops-per-second")
        txQueueDropsPerSecond = try row.value("tx-queue-drops-per-second")
        txErrorsPerSecond = try row.value("tx-errors-per-second")
    }
}
