import Synchronization

/// Looks names up on threads of its own, at most two, so that nothing else waits for the name service.
///
/// The threads end when there is nothing left to look up.
final class NameResolver: Sendable {
    private struct State {
        var waiting: [Lookup] = []
        var threads = 0
    }

    private struct Lookup {
        let deadline: ContinuousClock.Instant
        let find: @Sendable () -> Void
    }

    /// A name service that hangs takes a thread for half a minute: one more keeps other names moving.
    private static let maximumThreads = 2

    static let shared = NameResolver()

    private let state = Mutex(State())
    /// Finds the addresses of a name; may block.
    private let look: @Sendable (_ host: String, _ port: UInt16) -> [SocketAddress]

    init(
        _ look: @escaping @Sendable (_ host: String, _ port: UInt16) -> [SocketAddress] = {
            SocketAddress.look(up: $0, port: $1, numericOnly: false)
        }
    ) {
        self.look = look
    }

    /// Finds the addresses of a host and hands them over on the loop; none when there are none.
    ///
    /// A name whose turn comes after `deadline` is not looked up and nothing handed over: whoever asked has given up.
    func resolve(
        _ host: String,
        port: UInt16,
        until deadline: ContinuousClock.Instant,
        on loop: EventLoop,
        _ found: @escaping @Sendable ([SocketAddress]) -> Void
    ) {
        let numeric = SocketAddress.look(up: host, port: port, numericOnly: true)
        guard numeric.isEmpty else { return loop.execute { found(numeric) } }
        let needsThread = state.withLock { state in
            let now = loop.now
            state.waiting.removeAll { $0.deadline < now }
            state.waiting.append(
                Lookup(deadline: deadline) { [look] in
                    guard loop.now < deadline else { return }
                    let addresses = look(host, port)
                    loop.execute { found(addresses) }
                }
            )
            guard state.threads < Self.maximumThreads else { return false }
            state.threads += 1
            return true
        }
        if needsThread, !DetachedThread.run({ self.work() }) {
            // Nothing may block here; a machine without a thread to spare finds no address.
            state.withLock { $0.threads -= 1 }
            loop.execute { found([]) }
        }
    }

    private func work() {
        while true {
            let next = state.withLock { state -> Lookup? in
                guard !state.waiting.isEmpty else {
                    state.threads -= 1
                    return nil
                }
                return state.waiting.removeFirst()
            }
            guard let next else { return }
            next.find()
        }
    }
}
