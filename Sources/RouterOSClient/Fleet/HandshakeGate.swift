package import ConnectionPool
import Synchronization

/// Where the handshakes of a fleet wait for their turns; see ``HandshakeLimiter``.
package final class HandshakeGate: Sendable {
    private struct State {
        var limiter: HandshakeLimiter
        var waiting: [UInt64: @Sendable () -> Void] = [:]
        var last: UInt64 = 0
        var timer: (due: Moment, cancel: @Sendable () -> Void)?
    }

    private let scheduler: any Scheduler
    private let state: Mutex<State>

    /// Makes a gate that has let nobody through.
    package init(_ limiter: HandshakeLimiter, on scheduler: any Scheduler) {
        self.scheduler = scheduler
        state = Mutex(State(limiter: limiter))
    }

    /// How many handshakes wait, and how many turns are taken.
    package var figures: (waiting: Int, taken: Int) { state.withLock { ($0.limiter.waiting, $0.limiter.taken) } }

    /// A number for a handshake.
    package func newTicket() -> HandshakeLimiter.Ticket {
        state.withLock { state in
            state.last += 1
            return HandshakeLimiter.Ticket(state.last)
        }
    }

    /// Calls `begin` when it is the handshake's turn, at once when it is now; not when it has left before.
    package func enter(
        _ ticket: HandshakeLimiter.Ticket,
        _ standing: HandshakeLimiter.Standing,
        _ begin: @escaping @Sendable () -> Void
    ) {
        handle(.arrive(ticket, standing)) { $0.waiting[ticket.number] = begin }
    }

    /// Ends a handshake's turn, or its wait.
    package func leave(_ ticket: HandshakeLimiter.Ticket) {
        handle(.leave(ticket)) { $0.waiting[ticket.number] = nil }
    }

    /// Whether a handshake waits for its turn.
    func isWaiting(_ ticket: HandshakeLimiter.Ticket) -> Bool { state.withLock { $0.limiter.isWaiting(ticket) } }

    private func handle(_ event: HandshakeLimiter.Event, _ change: (inout State) -> Void = { _ in }) {
        let begun = state.withLock { state in
            change(&state)
            if event == .tick { state.timer = nil }
            let begun = state.limiter.handle(event, at: scheduler.now)
            arm(&state)
            return begun.compactMap { state.waiting.removeValue(forKey: $0.number) }
        }
        for begin in begun { begin() }
    }

    /// Sets the timer, unless one fires before; there is one only while somebody waits.
    private func arm(_ state: inout State) {
        guard let next = state.limiter.nextDeadline else { return }
        if let timer = state.timer {
            guard next < timer.due else { return }
            timer.cancel()
        }
        state.timer = (next, scheduler.schedule(at: next) { [weak self] in self?.handle(.tick) })
    }
}
