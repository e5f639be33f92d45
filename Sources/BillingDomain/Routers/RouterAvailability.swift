/// For how much of a span of time a router could be used.
public struct RouterAvailability: Hashable, Sendable {
    /// The router.
    public let router: Identifier<Router>

    /// Where the span begins: not before the router was added.
    public let from: Timestamp

    /// Where it ends: not in the future, nor after the router was removed.
    public let until: Timestamp

    /// For how long it could not be used.
    public let away: Duration

    /// How often it went away, counting what had begun before.
    public let downtimes: Int

    /// Adds up downtimes of a router, in any order; what lies outside of the span counts nothing, and what overlaps counts
    /// once.
    public init(
        of router: Router,
        _ downtimes: [RouterDowntime],
        from: Timestamp,
        until: Timestamp,
        now: Timestamp
    ) {
        let from = max(from, router.createdAt)
        let until = max(from, min(until, now, router.removedAt ?? now))
        var away = Duration.zero
        var counted = from
        var count = 0
        for downtime in downtimes.sorted(by: { $0.beganAt < $1.beganAt }) where downtime.router == router.id {
            let end = min(downtime.endedAt ?? until, until)
            guard downtime.beganAt < until, end > from else { continue }
            count += 1
            let start = max(downtime.beganAt, counted)
            guard end > start else { continue }
            away += end - start
            counted = end
        }
        self.router = router.id
        self.from = from
        self.until = until
        self.away = away
        self.downtimes = count
    }

    /// How long the span is.
    public var length: Duration { until - from }

    /// The share of the span in which it could be used, in hundredths of a percent, rounded down; `nil` for no span.
    public var basisPoints: Int64? {
        let length = length.wholeMicroseconds
        guard length > 0 else { return nil }
        let usable = min(length, max(0, length.saturatingSubtracting(away.wholeMicroseconds)))
        // The product in full width, so that none overflows; the quotient is 10 000 at the most.
        return length.dividingFullWidth(usable.multipliedFullWidth(by: 10_000)).quotient
    }
}
