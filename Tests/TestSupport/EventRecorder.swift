public import RouterOSClient
import Synchronization

/// Notes what a client tells, and lets a test wait for something.
public final class EventRecorder: ClientObserver {
    private struct State {
        var events: [ClientEvent] = []
        var waiting: [(isMeant: @Sendable (ClientEvent) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    /// Makes one that has heard of nothing.
    public init() {}

    /// Notes it.
    public func observe(_ event: ClientEvent) {
        let met = state.withLock { state in
            state.events.append(event)
            let met = state.waiting.filter { $0.isMeant(event) }.map(\.continuation)
            state.waiting.removeAll { $0.isMeant(event) }
            return met
        }
        for continuation in met { continuation.resume() }
    }

    /// Waits until something has happened; at once when it has.
    public func first(where isMeant: @escaping @Sendable (ClientEvent) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.events.contains(where: isMeant) { return true }
                state.waiting.append((isMeant, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    /// Everything so far.
    public var events: [ClientEvent] { state.withLock { $0.events } }

    /// The commands that are over.
    public var commands: [ClientEvent.CommandRecord] {
        events.compactMap { if case .commandFinished(let record) = $0 { record } else { nil } }
    }

    /// Waits until a connection has stopped reading.
    public func paused() async {
        await first { if case .readingPaused(_, true) = $0 { true } else { false } }
    }

    /// How often something was tried again.
    public var retries: Int {
        state.withLock { $0.events.count { if case .retrying = $0 { true } else { false } } }
    }

    /// The states of the breaker, in order.
    public var breaker: [ClientEvent.BreakerState] {
        state.withLock { $0.events.compactMap { if case .breakerChanged(_, let state) = $0 { state } else { nil } } }
    }
}
