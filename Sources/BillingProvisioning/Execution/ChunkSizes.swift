import BillingDomain
import Synchronization

/// How many rows each router is given at once: fewer after a chunk that broke the connection, until the one row that does
/// it is alone; more again after those that went well, and more than at first to a router that keeps up.
final class ChunkSizes: Sendable {
    /// A chunk that took no longer shows a router that keeps up: what is lost when such a one breaks off is soon made good.
    static let quick = Duration.seconds(1)

    private let bounds: ClosedRange<Int>
    private let sizes = Mutex<[Identifier<Router>: Int]>([:])

    /// From the lower bound on, and up to the upper one.
    init(_ bounds: ClosedRange<Int>) { self.bounds = bounds }

    /// How many rows to try now.
    func size(for router: Identifier<Router>) -> Int { sizes.withLock { $0[router] ?? bounds.lowerBound } }

    /// Halves what is tried next, after `count` rows broke the connection.
    func broke(_ router: Identifier<Router>, at count: Int) {
        sizes.withLock { $0[router] = max(1, min(count, bounds.lowerBound) / 2) }
    }

    /// Tries twice as many next, after `count` rows that went well: fewer than might have been tried prove nothing about more.
    func went(_ router: Identifier<Router>, at count: Int, in time: Duration) {
        sizes.withLock { sizes in
            let size = sizes[router] ?? bounds.lowerBound
            let most = time <= Self.quick ? bounds.upperBound : bounds.lowerBound
            let next = min(most, max(size, min(count, most) * 2))
            sizes[router] = next == bounds.lowerBound ? nil : next
        }
    }

    /// Forgets all routers but some.
    func keep(_ routers: Set<Identifier<Router>>) {
        sizes.withLock { $0 = $0.filter { routers.contains($0.key) } }
    }
}
