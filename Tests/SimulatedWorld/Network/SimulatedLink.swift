import RouterOSTesting
import Synchronization

/// One connection between a program and a router: bytes in both directions, each in order, late, in pieces, or lost.
final class SimulatedLink: SimulatorPeer {
    private struct State {
        /// What the router hears of the client; nil when the router has forgotten the connection.
        var ears: SimulatorEars?
        /// When the last byte of a direction arrives.
        var lastToRouter = Duration.zero
        var lastToClient = Duration.zero
        /// Whether bytes still come through.
        var isSevered = false
        var isOver = false
        var receive: (@Sendable ([UInt8]) -> Void)?
        var close: (@Sendable () -> Void)?
    }

    private let network: SimulatedNetwork
    private let host: RouterHost
    private let process: SimulatedProcess
    private let state = Mutex(State())

    init(_ network: SimulatedNetwork, _ host: RouterHost, _ process: SimulatedProcess) {
        self.network = network
        self.host = host
        self.process = process
    }

    /// Connects both ends; false when the router accepts nobody.
    func attach(
        receive: @escaping @Sendable ([UInt8]) -> Void,
        close: @escaping @Sendable () -> Void
    ) -> Bool {
        state.withLock { ($0.receive, $0.close) = (receive, close) }
        let ears = host.use { simulator in simulator.open(self) { $0 } }
        guard let ears = ears ?? nil else { return false }
        state.withLock { $0.ears = ears }
        return true
    }

    // MARK: The client's side

    /// Sends bytes to the router; those of a program that is dead are none.
    func write(_ bytes: [UInt8]) {
        guard !process.isDead, state.withLock({ !$0.isSevered && !$0.isOver }) else { return }
        for piece in pieces(of: bytes) {
            deliver(\.lastToRouter) { [self] in
                guard let ears = state.withLock({ $0.isSevered ? nil : $0.ears }) else { return }
                network.watch.log.note("to", host.name, piece)
                host.use { _ in ears.received(piece) }
            }
        }
    }

    /// The client ends the connection: the router hears of it after everything that was sent.
    func hangUp() {
        let wasOver = state.withLock { state in
            defer { state.isOver = true }
            return state.isOver
        }
        guard !wasOver else { return }
        deliver(\.lastToRouter) { [self] in forgetClient() }
    }

    // MARK: The router's side

    package func send(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        for piece in pieces(of: bytes) {
            deliver(\.lastToClient) { [self] in
                guard let receive = state.withLock({ $0.isSevered || $0.isOver ? nil : $0.receive }) else { return }
                network.watch.log.note("from", host.name, piece)
                receive(piece)
            }
        }
    }

    package func close(_ end: ConnectionEnd) {
        state.withLock { $0.ears = nil }
        // Half of those whose router lost its power never hear of it.
        if end == .cut, network.chance.once(in: 2) {
            network.watch.milestones.reach(.halfOpen)
            return sever()
        }
        if end != .inGoodOrder { state.withLock { $0.receive = nil } }
        deliver(\.lastToClient) { [self] in endClient() }
    }

    package var isCongested: Bool { false }
    package func pauseReading() {}
    package func resumeReading() {}
    package var isEnding: Bool { false }

    // MARK: The network

    /// Nothing comes through any more, and nobody is told.
    func sever() { state.withLock { $0.isSevered = true } }

    /// Both ends hear of a reset, at once.
    func reset() {
        sever()
        forgetClient()
        endClient()
    }

    private func forgetClient() {
        guard let ears = state.withLock({ $0.ears.take() }) else { return }
        host.use { _ in ears.ended() }
    }

    private func endClient() {
        let close = state.withLock { state in
            state.isOver = true
            return state.close.take()
        }
        close?()
    }

    private func pieces(of bytes: [UInt8]) -> [[UInt8]] {
        guard let size = network.conditions.pieceSize else { return [bytes] }
        return stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
    }

    private func deliver(
        _ last: any WritableKeyPath<State, Duration> & Sendable,
        _ action: @escaping @Sendable () -> Void
    ) {
        let now = network.executor.now
        var due = now + network.conditions.delay(network.chance)
        if let end = network.partition(between: process, and: host) { due = max(due, end) }
        let delay = state.withLock { state in
            due = max(due, state[keyPath: last])
            state[keyPath: last] = due
            return due - now
        }
        network.executor.after(delay, action)
    }
}

/// What a connection is like.
struct LinkConditions: Sendable {
    var latency: ClosedRange<Duration>
    /// Once in so many pieces something is lost and sent again.
    var stallsOnceIn: Int
    var stall: ClosedRange<Duration>
    /// How many bytes arrive together; nil for all that were sent together.
    var pieceSize: Int?

    func delay(_ chance: Chance) -> Duration {
        chance.time(latency) + (chance.once(in: stallsOnceIn) ? chance.time(stall) : .zero)
    }
}
