public import BillingDomain

/// What a visit to a router showed about the router itself.
public struct RouterReading: Hashable, Sendable {
    /// Whether it answered, and properly.
    public var status: RouterStatus
    /// What to tell people about the status, without secrets.
    public var detail: String?
    /// Its name, as `/system/identity` has it; nil keeps the last one known.
    public var identity: String?
    /// Its RouterOS version; nil keeps the last one known.
    public var version: String?
    /// The time since it started; nil keeps the last one known.
    public var uptime: Duration?

    /// A reading of which any part but the status may be unknown.
    public init(
        status: RouterStatus,
        detail: String? = nil,
        identity: String? = nil,
        version: String? = nil,
        uptime: Duration? = nil
    ) {
        self.status = status
        self.detail = detail
        self.identity = identity
        self.version = version
        self.uptime = uptime
    }
}
