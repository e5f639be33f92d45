/// A client that is logged in to the hotspot.
struct HotspotSession: Sendable {
    /// How a client was let in, in the words of `login-by`.
    enum Method: String, Sendable {
        case httpPAP = "http-pap"
        case httpCHAP = "http-chap"
        case cookie
        case macCookie = "mac-cookie"
        case mac
        case trial
    }

    /// The address as a number, which is also the id of the row: a later session from the same address has the same id.
    let address: UInt32
    let macAddress: WireText
    let server: WireText
    /// The interface it comes in by.
    let interface: WireText
    let user: WireText
    let userID: UInt64
    /// The profile of the user when it logged in.
    let profile: UInt64?
    let method: Method
    let domain: WireText?
    let comment: WireText?
    /// After how long without any traffic it ends; nil for never.
    let idleTimeout: Duration?
    /// After how long without a sign of the device it ends; nil for never.
    let keepaliveTimeout: Duration?
    var meter: Meter
    /// When the last byte moved, where traffic does not flow by itself.
    var lastMoved: Duration
    /// When the device went out of sight; nil while it is there.
    var vanishedAt: Duration?
    /// The rows that are there for as long as it lasts.
    var dynamicRows: [DynamicRow] = []

    var id: UInt64 { UInt64(address) }

    /// For how long nothing has moved.
    func idle(at now: Duration) -> Duration { meter.isFlowing ? .zero : max(.zero, now - lastMoved) }

    /// When it ends by itself, and what the log says then; nil when nothing ends it.
    var end: (at: Duration, cause: String)? {
        var ends: [(at: Duration, cause: String)] = []
        if let end = meter.end {
            ends.append((end.at, end.because == .time ? "session timeout" : "traffic limit reached"))
        }
        if let vanishedAt, let keepaliveTimeout { ends.append((vanishedAt + keepaliveTimeout, "keepalive timeout")) }
        if let idleTimeout, !meter.isFlowing { ends.append((lastMoved + idleTimeout, "idle timeout")) }
        return ends.min { $0.at < $1.at }
    }
}
