/// A client that is connected by PPP.
struct PPPSession: Sendable {
    /// The id of its row in `/ppp/active`.
    let id: UInt64
    let name: WireText
    /// The row in `/ppp/secret` it was let in by.
    let secretID: UInt64
    /// The profile of the secret when it connected.
    let profile: UInt64?
    let service: WireText
    let callerID: WireText
    let address: UInt32
    /// The pool the address comes from; nil for one that is written down.
    let pool: UInt64?
    let localAddress: WireText?
    let sessionID: WireText
    /// After how long without any traffic it ends; nil for never.
    let idleTimeout: Duration?
    /// The name of its interface, `<pppoe-ana>`.
    let interface: WireText
    var meter: Meter
    /// When the last byte moved, where traffic does not flow by itself.
    var lastMoved: Duration
    /// The rows that are there for as long as it lasts; the first is its interface.
    var dynamicRows: [DynamicRow] = []

    /// When it ends by itself, and what the log says then; nil when nothing ends it.
    var end: (at: Duration, cause: String)? {
        var ends: [(at: Duration, cause: String)] = []
        if let end = meter.end { ends.append((end.at, end.because == .time ? "session timeout" : "traffic limit")) }
        if let idleTimeout, !meter.isFlowing { ends.append((lastMoved + idleTimeout, "idle timeout")) }
        return ends.min { $0.at < $1.at }
    }
}
