import ConnectionPool
import Synchronization

/// One connection's place in a ``HandshakeGate``, from the moment when the router is reached to the end of its login.
final class HandshakeTurn: Sendable {
    /// What is known of the router.
    let standing: HandshakeLimiter.Standing
    private let gate: HandshakeGate
    private let ticket = Mutex<HandshakeLimiter.Ticket?>(nil)

    init(_ gate: HandshakeGate, _ standing: HandshakeLimiter.Standing) {
        self.gate = gate
        self.standing = standing
    }

    /// Whether the router has been reached, and others are before it.
    var isAwaited: Bool { ticket.withLock { $0 }.map { gate.isWaiting($0) } ?? false }

    /// Calls `begin` when it is the connection's turn, on any thread.
    ///
    /// Each time at the end of the line and for the whole length of a turn: the router's next address is one more handshake.
    func take(_ begin: @escaping @Sendable () -> Void) {
        let next = gate.newTicket()
        let last = ticket.withLock { ticket in
            defer { ticket = next }
            return ticket
        }
        if let last { gate.leave(last) }
        gate.enter(next, standing, begin)
    }

    /// Makes room for the next one.
    func end() {
        if let last = ticket.withLock({ $0.take() }) { gate.leave(last) }
    }
}
