/// One session of a customer on a router, folded from what the router showed over time.
///
/// It is recognised by whose it is, by the device and by when it must have begun – never by the router's row number, which
/// is given out again after a restart. When it began is settled when it is first seen and never changes. Counters that go
/// back begin a new count on top of the old one, so a total never falls.
///
/// | state | shown again | shown with a later beginning | not shown | router restarted |
/// |---|---|---|---|---|
/// | open | open, counted on | ended: replaced | ended: vanished | ended: router restarted |
/// | ended | – | – | – | – |
///
/// Ends other than by a restart need a reading of all sessions of its kind, and no reading from before it was last seen
/// changes anything. What is shown once a session has ended is another session.
public struct NetworkSession: Hashable, Sendable {
    /// Why a session is over.
    public enum EndReason: String, Hashable, Sendable, CaseIterable {
        /// The router showed all its sessions, and not this one.
        case vanished
        /// The router showed a later session in its place.
        case replaced
        /// The router restarted.
        case routerRestarted = "router-restarted"
    }

    /// The identity of the session.
    public let id: Identifier<NetworkSession>

    /// The tenant of the router.
    public let tenant: Identifier<Tenant>

    /// Whose it is.
    public let subject: SessionSubject

    /// How the customer is connected.
    public let kind: SessionKind

    /// The router.
    public let router: Identifier<Router>

    /// Between which restarts of the router it took place.
    public let routerEpoch: Int64

    /// The network address the customer was given.
    public internal(set) var address: String?

    /// The MAC address of the device, or the caller id of a PPPoE session.
    public let hardwareAddress: String?

    /// When it began, as well as could be told when it was first seen.
    public let startedAt: Timestamp

    /// When it was last seen.
    public internal(set) var lastSeenAt: Timestamp

    /// When it ended: it was last seen then, and was over at the next look; `nil` while it lasts.
    public internal(set) var endedAt: Timestamp?

    /// Why it ended.
    public internal(set) var endReason: EndReason?

    /// Bytes received from the customer in all: the upload.
    public internal(set) var bytesIn: Int64

    /// Bytes sent to the customer in all: the download.
    public internal(set) var bytesOut: Int64

    /// What the router's counter of received bytes showed last.
    public internal(set) var lastBytesIn: Int64

    /// What the router's counter of sent bytes showed last.
    public internal(set) var lastBytesOut: Int64

    /// How often the counters went back.
    public internal(set) var counterEpoch: Int64

    /// What told us of it first.
    public let source: SessionSource

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Recreates a stored session.
    public init(
        id: Identifier<NetworkSession>,
        tenant: Identifier<Tenant>,
        subject: SessionSubject,
        kind: SessionKind,
        router: Identifier<Router>,
        routerEpoch: Int64,
        address: String? = nil,
        hardwareAddress: String? = nil,
        startedAt: Timestamp,
        lastSeenAt: Timestamp,
        endedAt: Timestamp? = nil,
        endReason: EndReason? = nil,
        bytesIn: Int64 = 0,
        bytesOut: Int64 = 0,
        lastBytesIn: Int64 = 0,
        lastBytesOut: Int64 = 0,
        counterEpoch: Int64 = 0,
        source: SessionSource = .poll,
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.subject = subject
        self.kind = kind
        self.router = router
        self.routerEpoch = routerEpoch
        self.address = address
        self.hardwareAddress = hardwareAddress
        self.startedAt = startedAt
        self.lastSeenAt = lastSeenAt
        self.endedAt = endedAt
        self.endReason = endReason
        self.bytesIn = bytesIn
        self.bytesOut = bytesOut
        self.lastBytesIn = lastBytesIn
        self.lastBytesOut = lastBytesOut
        self.counterEpoch = counterEpoch
        self.source = source
        self.revision = revision
    }

    /// Whether it lasts.
    public var isOpen: Bool { endedAt == nil }

    /// How long it lasted, as far as it was seen.
    public var length: Duration { max(.zero, (endedAt ?? lastSeenAt) - startedAt) }

    /// Traffic in both directions together; saturates.
    public var bytesTotal: Int64 { bytesIn.saturatingAdding(bytesOut) }
}

extension NetworkSession {
    /// The first sight of a session: it began as long ago as the router says it has lasted.
    public init(
        id: Identifier<NetworkSession>,
        tenant: Identifier<Tenant>,
        of observed: ObservedSession,
        in reading: SessionReading
    ) {
        self.init(
            id: id,
            tenant: tenant,
            subject: observed.subject,
            kind: observed.kind,
            router: reading.router,
            routerEpoch: reading.routerEpoch,
            address: observed.address,
            hardwareAddress: observed.hardwareAddress,
            startedAt: reading.at - observed.uptime,
            lastSeenAt: reading.at,
            bytesIn: observed.bytesIn,
            bytesOut: observed.bytesOut,
            lastBytesIn: observed.bytesIn,
            lastBytesOut: observed.bytesOut,
            source: reading.source
        )
    }

    /// Folds in a later sight of this session; an ended session and an earlier reading change nothing.
    ///
    /// A sight without any bytes tells that the session goes on, and nothing of its counters: they may not have been found,
    /// as those of a PPPoE link whose interface was not shown. Had they begun anew, the next sight would tell, unless they
    /// are past the old figures by then.
    public mutating func observe(_ observed: ObservedSession, at instant: Timestamp) {
        guard isOpen, instant >= lastSeenAt else { return }
        lastSeenAt = instant
        address = observed.address ?? address
        guard observed.bytesIn > 0 || observed.bytesOut > 0 else { return }
        let wentBack = observed.bytesIn < lastBytesIn || observed.bytesOut < lastBytesOut
        if wentBack { counterEpoch = counterEpoch.saturatingAdding(1) }
        // After a reset both counters began at zero, so what they show is all new.
        bytesIn = bytesIn.saturatingAdding(wentBack ? observed.bytesIn : observed.bytesIn - lastBytesIn)
        bytesOut = bytesOut.saturatingAdding(wentBack ? observed.bytesOut : observed.bytesOut - lastBytesOut)
        lastBytesIn = observed.bytesIn
        lastBytesOut = observed.bytesOut
    }

    /// open → ended, when it was last seen.
    mutating func close(_ reason: EndReason) {
        endedAt = max(startedAt, lastSeenAt)
        endReason = reason
    }
}
