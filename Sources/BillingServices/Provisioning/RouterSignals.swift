import BillingDomain
import Synchronization

/// Tells whoever provisions, in this process, that a router has new work.
///
/// A hint that saves waiting for the next poll, never the guarantee: a slow listener loses hints, not work.
final class RouterSignals: Sendable {
    private struct State {
        var next = 0
        var listeners: [Int: AsyncStream<Identifier<Router>>.Continuation] = [:]
        var isFinished = false
    }

    private let state = Mutex(State())

    /// A stream of its own for each caller, ended by cancelling its task or by `finish`.
    func listen() -> AsyncStream<Identifier<Router>> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Identifier<Router>.self,
            bufferingPolicy: .bufferingNewest(1_024)
        )
        let number: Int? = state.withLock { state in
            guard !state.isFinished else { return nil }
            state.next += 1
            state.listeners[state.next] = continuation
            return state.next
        }
        guard let number else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in
            _ = self?.state.withLock { $0.listeners.removeValue(forKey: number) }
        }
        return stream
    }

    func signal(_ routers: Set<Identifier<Router>>) {
        let listeners = state.withLock { Array($0.listeners.values) }
        for listener in listeners {
            for router in routers {
                listener.yield(router)
            }
        }
    }

    func finish() {
        let listeners = state.withLock { state in
            state.isFinished = true
            defer { state.listeners = [:] }
            return Array(state.listeners.values)
        }
        for listener in listeners {
            listener.finish()
        }
    }
}
