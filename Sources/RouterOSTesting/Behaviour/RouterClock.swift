/// What a router takes for the time of day.
///
/// The time since the simulator was made goes on evenly; the clock may be set wrong, run too fast, or not be set at all.
struct RouterClock: Sendable {
    /// What an unset clock says when the router starts: a day after the beginning of 1970.
    private static let unset: Int64 = 86_400

    /// Seconds since 1970, UTC, at the simulator's beginning; 2026-01-01 unless somebody says otherwise.
    var epoch: Int64 = 1_767_225_600
    /// What the clock is ahead of the truth.
    var offset: Duration = .zero
    /// By how many millionths it runs too fast, or by a negative number too slow.
    var drift: Int64 = 0
    /// Since when it has.
    private var driftsSince: Duration = .zero
    /// Whether it knows the date; without a battery it does not after a start.
    private(set) var isSet = true
    /// When it began to count from 1970, or was last set.
    private var since: Duration = .zero

    /// Seconds since 1970, UTC, as the router believes.
    func seconds(at now: Duration) -> Int64 {
        let gain = gain(at: now)
        return isSet
            ? epoch &+ (now + offset + gain).components.seconds
            : Self.unset &+ (now - since + offset + gain).components.seconds
    }

    /// The router starts: it believes to be in 1970.
    mutating func lose(at now: Duration) {
        isSet = false
        offset = .zero
        (since, driftsSince) = (now, now)
    }

    /// The network tells the time.
    mutating func set(at now: Duration) {
        isSet = true
        offset = .zero
        (since, driftsSince) = (now, now)
    }

    /// It runs too fast by so many millionths from now on; what it has gained stays.
    mutating func drift(by drift: Int64, from now: Duration) {
        offset += gain(at: now)
        (self.drift, driftsSince) = (drift, now)
    }

    private func gain(at now: Duration) -> Duration { (now - driftsSince) / 1_000_000 * Double(drift) }

    /// Somebody moves the hands.
    mutating func jump(by distance: Duration) {
        offset += distance
    }
}
