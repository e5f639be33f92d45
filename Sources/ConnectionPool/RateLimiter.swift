/// Lets a steady rate through, and short bursts: the generic cell rate algorithm, which keeps one number.
///
/// In any span of time `W` at most `burst + rate × W` is let through. What is turned away costs nothing.
///
/// Source: ITU-T I.371, annex A; the same rule as a token bucket that starts full.
package struct RateLimiter: Sendable, Hashable {
    /// What becomes of a request.
    package enum Decision: Sendable, Hashable {
        /// It may go now, and has been counted.
        case granted
        /// It may not go now and was not counted; it could at this moment, if nothing else goes before.
        case wait(until: Moment)
        /// It costs more than a burst: it could never go.
        case impossible
    }

    /// The time that one unit takes at the steady rate, in nanoseconds.
    package let interval: Int64
    /// The most units that can go at once.
    package let burst: Int
    /// When everything let through so far would have been through at the steady rate.
    private var horizon = Moment(nanoseconds: .min)

    /// Makes a limiter that has let nothing through.
    ///
    /// - Parameters:
    ///   - count: units, 1 or more.
    ///   - period: the time for them.
    ///   - burst: the most units at once, 1 or more; the units of ten seconds, and no fewer than 10, unless given.
    package init(_ count: Int, per period: Duration, burst: Int? = nil) {
        let count = max(1, count)
        let period = max(1, period.wholeNanoseconds)
        // Rounded up: the limit is kept rather than reached.
        interval = max(1, period / Int64(count) + (period % Int64(count) == 0 ? 0 : 1))
        self.burst = max(1, burst ?? max(10, Int(clamping: 10_000_000_000 / interval)))
    }

    /// Counts a request of `cost` units if it may go now.
    package mutating func request(_ cost: Int, at now: Moment) -> Decision {
        guard cost <= burst else { return .impossible }
        let earliest = earliest(for: cost, at: now)
        guard earliest <= now else { return .wait(until: earliest) }
        horizon = Moment(nanoseconds: max(horizon, now).nanoseconds.addingSaturated(price(of: cost)))
        return .granted
    }

    /// When a request of `cost` units could go, behind nothing else; `now` when it could at once.
    package func earliest(for cost: Int, at now: Moment) -> Moment {
        let room = price(of: burst).subtractingSaturated(price(of: cost))
        return max(now, Moment(nanoseconds: horizon.nanoseconds.subtractingSaturated(room)))
    }

    /// Lets through no more, from now on, than if all before had been through at the steady rate only at a moment: for what was
    /// let through elsewhere.
    package mutating func owe(until moment: Moment) { horizon = max(horizon, moment) }

    private func price(of units: Int) -> Int64 { interval.multipliedSaturated(by: Int64(max(0, units))) }
}
