import BillingDomain
import ConnectionPool
import Synchronization

/// How many commands each router may still be sent, first come, first sent: routers are small machines.
///
/// A visit sends what matters most first, and takes on no more than is left; so nobody holds a place to wait here for long.
/// What is left is handed on with the claim on a router, from one process to the next.
final class RouterBudgets: Sendable {
    private struct Entry {
        let rate: Int
        var limiter: RateLimiter
    }

    private let entries = Mutex<[Identifier<Router>: Entry]>([:])
    private let elapsed: @Sendable () -> Duration
    private let sleep: @Sendable (Duration) async throws -> Void

    init(
        elapsed: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.elapsed = elapsed
        self.sleep = sleep
    }

    /// Waits until a router may be sent one more command.
    ///
    /// - Parameters:
    ///   - router: the router.
    ///   - rate: how many it may be sent in a minute.
    /// - Throws: what waiting throws when the task is cancelled.
    func turn(of router: Identifier<Router>, _ rate: Int) async throws {
        let now = now
        let wait = change(router, rate) { limiter in
            // Its place is taken now, so that who comes later goes later.
            let place = limiter.earliest(for: 1, at: now)
            _ = limiter.request(1, at: place)
            return place - now
        }
        if wait > .zero { try await sleep(wait) }
    }

    /// How many commands a router may be sent at once now, and how many after a rest.
    func left(for router: Identifier<Router>, _ rate: Int) -> (now: Int, most: Int) {
        let now = now
        return change(router, rate) { limiter in
            let left = (1...limiter.burst).last { limiter.earliest(for: $0, at: now) <= now } ?? 0
            return (left, limiter.burst)
        }
    }

    /// How long it takes until a router may be sent a number of commands at once.
    ///
    /// In whole microseconds, rounded up: whoever puts work off in the records, which count in these, is not to come a moment
    /// too early, over and over.
    func wait(for count: Int, of router: Identifier<Router>, _ rate: Int) -> Duration {
        .microseconds((earliest(for: count, of: router, rate).wholeNanoseconds + 999) / 1_000)
    }

    private func earliest(for count: Int, of router: Identifier<Router>, _ rate: Int) -> Duration {
        let now = now
        return change(router, rate) { $0.earliest(for: min(count, $0.burst), at: now) - now }
    }

    /// How long it takes until a router may be sent a whole burst again, to the nanosecond.
    ///
    /// Whoever hands it on and takes it back is not to owe more than before.
    func rest(of router: Identifier<Router>, _ rate: Int) -> Duration { earliest(for: .max, of: router, rate) }

    /// Others have sent a router so much that it may be sent a whole burst only after a while.
    func owes(_ router: Identifier<Router>, _ rate: Int, _ rest: Duration) {
        guard rest > .zero else { return }
        let now = now
        // A burst takes no longer, whatever clocks say.
        change(router, rate) { $0.owe(until: now + min(rest, .nanoseconds($0.interval) * $0.burst)) }
    }

    /// Forgets all routers but some.
    func keep(_ routers: Set<Identifier<Router>>) {
        entries.withLock { $0 = $0.filter { routers.contains($0.key) } }
    }

    private var now: Moment { Moment(nanoseconds: elapsed().wholeNanoseconds) }

    private func change<Answer>(
        _ router: Identifier<Router>,
        _ rate: Int,
        _ body: (inout RateLimiter) -> Answer
    ) -> Answer {
        entries.withLock { entries in
            var entry =
                entries[router].flatMap { $0.rate == rate ? $0 : nil }
                ?? Entry(rate: rate, limiter: RateLimiter(rate, per: .seconds(60)))
            defer { entries[router] = entry }
            return body(&entry.limiter)
        }
    }
}
