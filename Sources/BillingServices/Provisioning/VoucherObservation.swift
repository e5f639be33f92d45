public import BillingDomain

/// What a router's tables show about one voucher.
public struct VoucherObservation: Hashable, Sendable {
    /// The voucher's code, in any case.
    public var code: String
    /// How it was seen.
    public var evidence: ActivationEvidence
    /// The earliest instant at which this evidence shows it in use; without meaning while it shows no use.
    public var at: Timestamp
    /// The counters of its user row, what the sessions that have ended used; nil when the row was not read.
    public var row: VoucherUsage.Counters?
    /// What its open sessions have used so far; nil when none is open.
    public var session: VoucherUsage.Counters?
    /// The devices that use it, the one that has been on line longest first; empty where none was seen.
    public var devices: [DeviceAddress]

    /// Each of its open sessions, for the record of sessions; empty where they were not told apart.
    public var openSessions: [OpenSession]

    /// An observation of one voucher, its row read before its sessions.
    public init(
        code: String,
        evidence: ActivationEvidence,
        at: Timestamp,
        row: VoucherUsage.Counters? = nil,
        session: VoucherUsage.Counters? = nil,
        devices: [DeviceAddress] = [],
        openSessions: [OpenSession] = []
    ) {
        self.code = code
        self.evidence = evidence
        self.at = at
        self.row = row
        self.session = session
        self.devices = devices
        self.openSessions = openSessions
    }

    /// Whether a session is open.
    public var isOnline: Bool { session != nil }

    /// Whether it shows use: an open session, a counter above zero, or a line of the log that says so.
    public var showsUse: Bool {
        if isOnline || evidence == .log { return true }
        guard let row else { return false }
        return row.uptime > .zero || row.bytesIn > 0 || row.bytesOut > 0
    }
}
