import BillingDomain
import Synchronization

/// How many rows each router is given at once: fewer after a chunk that broke the connection, until the one row that does
/// it is alone; more again after those that went well.
final class ChunkSizes: Sendable {
    private let most: Int
    private let sizes = Mutex<[Identifier<Router>: Int]>([:])

    init(most: Int) { self.most = most }

    /// How many rows to try now.
    func size(for router: Identifier<Router>) -> Int { sizes.withLock { $0[router] ?? most } }

    /// Halves what is tried next, after `count` rows broke the connection.
    func broke(_ router: Identifier<Router>, at count: Int) {
        sizes.withLock { $0[router] = max(1, min(count, most) / 2) }
    }

    /// Tries twice as many next, after `count` rows that went well: fewer than might have been tried prove nothing about more.
    func went(_ router: Identifier<Router>, at count: Int) {
        sizes.withLock { sizes in
            guard let size = sizes[router] else { return }
            let next = max(size, min(count, most) * 2)
            sizes[router] = next < most ? next : nil
        }
    }
}
