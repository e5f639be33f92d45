import ConnectionPool
import RouterOSProtocol
import Synchronization

/// The handshakes of one router with the gate of its fleet, and whether the last of them succeeded.
final class RouterHandshakes: Sendable {
    private let gate: HandshakeGate
    private let isGood = Atomic(true)

    init(_ gate: HandshakeGate) { self.gate = gate }

    /// The place of one more connection.
    func newTurn() -> HandshakeTurn {
        HandshakeTurn(gate, isGood.load(ordering: .relaxed) ? .good : .doubtful)
    }

    /// Notes that the router has let us in.
    func succeeded() { isGood.store(true, ordering: .relaxed) }

    /// Notes that a connection did not come about, unless that was our own doing.
    func failed(_ error: any Error) {
        guard let error = error as? RouterOSError, !error.isOurs else { return }
        isGood.store(false, ordering: .relaxed)
    }
}
