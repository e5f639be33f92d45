import BillingDomain
import Synchronization

/// What routers showed a moment ago to somebody who looked, for whoever looks next: ten people before the same page are one
/// reading.
///
/// A reading is handed out again until it is too old, the router is reached elsewhere or as another user, or something
/// was written to the router since the reading was begun.
final class LiveReadings: Sendable {
    /// Where a reading stands among what is written to its router.
    struct Beginning {
        fileprivate let at: Duration
        fileprivate let writes: Int
    }

    private struct Kept {
        let reading: LiveReading
        let account: String
        let begunAt: Duration
    }

    private struct State {
        var kept: [Identifier<Router>: Kept] = [:]
        var writes: [Identifier<Router>: Int] = [:]
    }

    private let state = Mutex(State())
    private let age: Duration
    private let elapsed: @Sendable () -> Duration

    /// Keeps readings for less than `age`.
    init(age: Duration, elapsed: @escaping @Sendable () -> Duration) {
        self.age = age
        self.elapsed = elapsed
    }

    /// The reading of a router that may be handed out again.
    func reading(of router: Router) -> LiveReading? {
        let now = elapsed()
        return state.withLock { state in
            guard let kept = state.kept[router.id] else { return nil }
            guard kept.account == Self.account(router), now - kept.begunAt < age else {
                state.kept[router.id] = nil
                return nil
            }
            return kept.reading
        }
    }

    /// Notes that a reading of a router begins.
    func begin(_ router: Router) -> Beginning {
        Beginning(at: elapsed(), writes: state.withLock { $0.writes[router.id] ?? 0 })
    }

    /// Keeps a reading, unless something was written to the router meanwhile.
    func keep(_ reading: LiveReading, of router: Router, begun: Beginning) {
        state.withLock { state in
            guard state.writes[router.id] ?? 0 == begun.writes else { return }
            // One that took longer may have begun earlier.
            if let kept = state.kept[router.id], kept.begunAt > begun.at { return }
            state.kept[router.id] = Kept(reading: reading, account: Self.account(router), begunAt: begun.at)
        }
    }

    /// Notes that something was, or may have been, written to a router.
    func wrote(to router: Identifier<Router>) {
        state.withLock { state in
            state.kept[router] = nil
            state.writes[router, default: 0] &+= 1
        }
    }

    /// Forgets all routers but some.
    func keep(_ routers: Set<Identifier<Router>>) {
        state.withLock { state in
            state.kept = state.kept.filter { routers.contains($0.key) }
            state.writes = state.writes.filter { routers.contains($0.key) }
        }
    }

    private static func account(_ router: Router) -> String { "\(router.username)@\(router.host):\(router.port)" }
}
