import ConnectionPool
import TestSupport
import Testing

@Suite("Rate limiter")
struct RateLimiterTests {
    /// A token bucket that counts in fractions of a token as whole nanoseconds, and keeps every admission.
    private struct Bucket {
        let interval: Int64
        let burst: Int64
        var level: Int64
        var last: Int64 = 0

        init(_ limiter: RateLimiter) {
            (interval, burst) = (limiter.interval, Int64(limiter.burst))
            level = interval * burst
        }

        mutating func request(_ cost: Int64, at now: Int64) -> Bool {
            level = min(interval * burst, level + now - last)
            last = now
            guard level >= cost * interval else { return false }
            level -= cost * interval
            return true
        }
    }

    static let arrivals = Environment.count("LIMITER_ARRIVALS", usually: 100_000)

    @Test("it decides as a token bucket does, whatever arrives", arguments: 0..<8 as Range<UInt64>)
    func sameAsBucket(seed: UInt64) {
        var random = JitterSource(seed: seed)
        let burst = Int.random(in: 1...20, using: &random)
        var limiter = RateLimiter(Int.random(in: 1...1_000, using: &random), per: .seconds(60), burst: burst)
        var bucket = Bucket(limiter)
        var now: Int64 = 0
        for _ in 0..<Self.arrivals / 8 {
            // Stalls, crowds and silences.
            if Bool.random(using: &random) { now += Int64.random(in: 0...2 * limiter.interval, using: &random) }
            let cost = Int.random(in: 0...min(3, burst), using: &random)
            let earliest = limiter.earliest(for: cost, at: Moment(nanoseconds: now))
            let decision = limiter.request(cost, at: Moment(nanoseconds: now))
            guard bucket.request(Int64(cost), at: now) == (decision == .granted),
                decision == .granted || decision == .wait(until: earliest)
            else {
                Issue.record("at \(now): \(decision)")
                return
            }
        }
    }

    @Test("no span of time has more than the burst and the rate")
    func anyWindow() {
        var random = JitterSource(seed: 3)
        var limiter = RateLimiter(100, per: .seconds(60), burst: 10)
        var admitted: [Int64] = []
        var now: Int64 = 0
        while admitted.count < 600 {
            now += Int64.random(in: 0...900_000_000, using: &random)
            if limiter.request(1, at: Moment(nanoseconds: now)) == .granted { admitted.append(now) }
        }
        for first in admitted.indices {
            for last in first..<admitted.count {
                let allowed = 10 + (admitted[last] - admitted[first]) / limiter.interval
                if last - first + 1 > allowed { Issue.record("\(last - first + 1) in the span of \(allowed)") }
            }
        }
    }

    @Test("a wait ends exactly when it was said to")
    func waits() {
        var limiter = RateLimiter(100, per: .seconds(60), burst: 2)
        let start = Moment(nanoseconds: 5)
        #expect(limiter.request(2, at: start) == .granted)
        let then = start + .milliseconds(600)
        #expect(limiter.request(1, at: start) == .wait(until: then))
        #expect(limiter.request(1, at: start + .nanoseconds(599_999_999)) == .wait(until: then))
        #expect(limiter.request(1, at: then) == .granted)
        #expect(limiter.request(3, at: start + .seconds(3_600)) == .impossible)
        // A clock that stands still, or goes back, lets nothing through that was not due.
        #expect(limiter.request(1, at: start) == .wait(until: start + .milliseconds(1_200)))
    }

    @Test(
        "the usual burst is what ten seconds allow, and never less than ten",
        arguments: [(100, 16), (6, 10), (600, 100)]
    )
    func usualBurst(perMinute: Int, burst: Int) {
        #expect(RateLimiter(perMinute, per: .seconds(60)).burst == burst)
    }

    @Test("no limit is a trap", arguments: [(Int.max, Duration.nanoseconds(1)), (0, .zero), (-1, .seconds(Int64.max))])
    func extremes(count: Int, period: Duration) {
        var limiter = RateLimiter(count, per: period, burst: .max)
        for moment in [Int64.min, 0, .max] {
            _ = limiter.request(.max, at: Moment(nanoseconds: moment))
            _ = limiter.request(-5, at: Moment(nanoseconds: moment))
        }
    }
}
