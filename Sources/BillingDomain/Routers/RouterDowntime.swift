/// A time during which a router could not be used: it did not answer, or not as it should.
///
/// | state | looked at, not usable | looked at, usable |
/// |---|---|---|
/// | open | open | ended |
/// | ended | – | – |
public struct RouterDowntime: Hashable, Sendable {
    /// The identity of the downtime.
    public let id: Identifier<RouterDowntime>

    /// The tenant of the router.
    public let tenant: Identifier<Tenant>

    /// The router.
    public let router: Identifier<Router>

    /// When a look failed for the first time; the router went away between the look before and this one.
    public let beganAt: Timestamp

    /// When a look succeeded again; `nil` while none has.
    public private(set) var endedAt: Timestamp?

    /// What the last look found.
    public private(set) var status: RouterStatus

    /// Why, for people; never a secret.
    public private(set) var detail: String?

    /// As what somebody was told of it; `nil` while nobody was.
    public private(set) var alertedAs: RouterStatus?

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates a downtime that has begun, or recreates a stored one.
    public init(
        id: Identifier<RouterDowntime>,
        tenant: Identifier<Tenant>,
        router: Identifier<Router>,
        beganAt: Timestamp,
        endedAt: Timestamp? = nil,
        status: RouterStatus,
        detail: String? = nil,
        alertedAs: RouterStatus? = nil,
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.router = router
        self.beganAt = beganAt
        self.endedAt = endedAt
        self.status = status
        self.detail = detail
        self.alertedAs = alertedAs
        self.revision = revision
    }

    /// How long it has lasted at an instant, or in all once it has ended; never negative.
    public func length(at instant: Timestamp) -> Duration { max(.zero, (endedAt ?? instant) - beganAt) }
}

extension RouterDowntime {
    /// Notes a further look that found the router as it should not be; one that has ended stays as it is.
    public mutating func observe(_ status: RouterStatus, _ detail: String?) {
        guard endedAt == nil else { return }
        self.status = status
        self.detail = detail
    }

    /// Says whether somebody has to be told of it now, and notes that they are.
    ///
    /// Once for each status, and not before it has lasted for `delay`: a router that is back at once worries nobody.
    public mutating func alert(at instant: Timestamp, after delay: Duration) -> Bool {
        guard endedAt == nil, alertedAs != status, length(at: instant) >= delay else { return false }
        alertedAs = status
        return true
    }

    /// open → ended; one that has ended stays as it is.
    public mutating func end(at instant: Timestamp) {
        guard endedAt == nil else { return }
        endedAt = max(beganAt, instant)
    }
}
