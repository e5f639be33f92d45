/// How a router was when it was last read: its vitals, its clock, and what keeps it from being read or brought into
/// agreement.
///
/// There is one for each router; the vitals are written anew when they are some minutes old or differ noticeably.
public struct RouterHealth: Hashable, Sendable {
    /// A clock that is wrong by more than this is believed in nothing.
    public static let clockTolerance = Duration.seconds(120)

    /// How old the vitals may become before the same ones are written again.
    public static let freshness = Duration.seconds(300)

    /// The tenant of the router.
    public let tenant: Identifier<Tenant>

    /// The router.
    public let router: Identifier<Router>

    /// When the vitals were read.
    public private(set) var readAt: Timestamp

    /// How it fared.
    public private(set) var vitals: RouterVitals

    /// How far its clock was ahead of ours, negative when behind; `nil` while it was not read.
    public private(set) var clockDrift: Duration?

    /// When its clock was read.
    public private(set) var clockReadAt: Timestamp?

    /// Since when its clock is known to be wrong; `nil` while it is right or not known.
    public private(set) var clockWrongSince: Timestamp?

    /// What keeps it from being brought into agreement with the records; `nil` for nothing.
    public private(set) var trouble: RouterTrouble?

    /// Since when that is so.
    public private(set) var troubleSince: Timestamp?

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates a health of which nothing is known but the vitals, or recreates a stored one.
    public init(
        tenant: Identifier<Tenant>,
        router: Identifier<Router>,
        readAt: Timestamp,
        vitals: RouterVitals = RouterVitals(),
        clockDrift: Duration? = nil,
        clockReadAt: Timestamp? = nil,
        clockWrongSince: Timestamp? = nil,
        trouble: RouterTrouble? = nil,
        troubleSince: Timestamp? = nil,
        revision: Int64 = 1
    ) {
        self.tenant = tenant
        self.router = router
        self.readAt = readAt
        self.vitals = vitals
        self.clockDrift = clockDrift
        self.clockReadAt = clockReadAt
        self.clockWrongSince = clockWrongSince
        self.trouble = trouble
        self.troubleSince = troubleSince
        self.revision = revision
    }

    /// The identity of the record: the router's, for there is one for each.
    public var id: Identifier<RouterHealth> { Self.id(of: router) }

    /// The identity of the record of a router.
    public static func id(of router: Identifier<Router>) -> Identifier<RouterHealth> {
        Identifier(high: router.high, low: router.low)
    }
}

extension RouterHealth {
    /// Takes over vitals where those here are old or differ noticeably; says whether it did.
    @discardableResult
    public mutating func observe(_ read: RouterVitals, at instant: Timestamp) -> Bool {
        let next = read.filled(from: vitals)
        // A clock that was set back must not keep the old reading for ever.
        let age = instant - readAt
        guard age >= Self.freshness || age < .zero || next.differsNoticeably(from: vitals) else { return false }
        vitals = next
        readAt = instant
        return true
    }

    /// Takes over how far its clock is ahead; says whether it has just turned out to be wrong.
    public mutating func observe(clockDrift drift: Duration, at instant: Timestamp) -> Bool {
        clockDrift = drift
        clockReadAt = instant
        guard drift > Self.clockTolerance || drift < .zero - Self.clockTolerance else {
            clockWrongSince = nil
            return false
        }
        guard clockWrongSince == nil else { return false }
        clockWrongSince = instant
        return true
    }

    /// Takes over what keeps it from being brought into agreement; says whether that is new.
    public mutating func observe(_ found: RouterTrouble?, at instant: Timestamp) -> Bool {
        guard found != trouble else { return false }
        trouble = found
        troubleSince = found == nil ? nil : instant
        return found != nil
    }

    /// The instant by our clock at which its clock showed something.
    ///
    /// - Parameters:
    ///   - stamp: What its clock showed, brought to UTC with the offset that it has itself.
    ///   - now: The present instant by our clock.
    /// - Returns: The instant; `nil` where its clock is wrong, or was not read within a day before `now`.
    public func instant(ofStamp stamp: Timestamp, now: Timestamp) -> Timestamp? {
        guard let clockDrift, let clockReadAt, clockWrongSince == nil, now - clockReadAt <= .seconds(86_400),
            clockReadAt <= now
        else { return nil }
        return stamp - clockDrift
    }
}
