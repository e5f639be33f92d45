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
    /// When it started, by our clock; nil where our clock is in doubt.
    public var bootedAt: Timestamp?
    /// How it fares; nil where it was not asked.
    public var vitals: RouterVitals?
    /// How far its clock is ahead of ours, negative when behind; nil where it was not read, or ours is in doubt.
    public var clockDrift: Duration?
    /// Whether its tables were read in full too: what such a reading brings up stands until the next one.
    public var isFull: Bool
    /// What keeps it from being brought into agreement with the records; only a reading in full tells.
    public var trouble: RouterTrouble?

    /// A reading of which any part but the status may be unknown.
    public init(
        status: RouterStatus,
        detail: String? = nil,
        identity: String? = nil,
        version: String? = nil,
        uptime: Duration? = nil,
        bootedAt: Timestamp? = nil,
        vitals: RouterVitals? = nil,
        clockDrift: Duration? = nil,
        isFull: Bool = false,
        trouble: RouterTrouble? = nil
    ) {
        self.status = status
        self.detail = detail
        self.identity = identity
        self.version = version
        self.uptime = uptime
        self.bootedAt = bootedAt
        self.vitals = vitals
        self.clockDrift = clockDrift
        self.isFull = isFull
        self.trouble = trouble
    }
}
