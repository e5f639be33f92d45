import RouterOSClient
import Synchronization

/// A client's end of a connection to a simulator in the same process: no socket, the same order of calls.
final class MemoryTransport: Transport {
    private struct State {
        weak var handler: (any SocketHandler)?
        /// What the router has sent, in its pieces.
        var arrived: [[UInt8]] = []
        var end: TransportError?
        var isPaused = false
        var isOver = false
    }

    private let loop: EventLoop
    private let state: Mutex<State>
    private let received: @Sendable ([UInt8]) -> Void
    private let ended: @Sendable () -> Void

    /// Connects a handler to whoever gets the bytes that the client sends.
    init(
        on loop: EventLoop,
        handler: any SocketHandler,
        received: @escaping @Sendable ([UInt8]) -> Void,
        ended: @escaping @Sendable () -> Void
    ) {
        self.loop = loop
        self.received = received
        self.ended = ended
        state = Mutex(State(handler: handler))
        loop.execute { [weak self] in self?.handler?.socketConnected() }
    }

    deinit {
        // Whoever lets go last may hold the simulator's lock.
        loop.execute { [ended] in ended() }
    }

    private var handler: (any SocketHandler)? { state.withLock { $0.handler } }

    // MARK: The client's side

    func write(_ bytes: [UInt8]) {
        guard state.withLock({ !$0.isOver }), !bytes.isEmpty else { return }
        received(bytes)
    }

    func pauseReading() { state.withLock { $0.isPaused = true } }

    func resumeReading() {
        state.withLock { $0.isPaused = false }
        loop.execute { [weak self] in self?.handOver() }
    }

    var isCongested: Bool { false }

    func close() {
        let wasOver = state.withLock { state in
            state.handler = nil
            state.arrived = []
            defer { state.isOver = true }
            return state.isOver
        }
        if !wasOver { ended() }
    }

    func reset() { close() }

    // MARK: The router's side

    func arrive(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        state.withLock { $0.arrived.append(bytes) }
        loop.execute { [weak self] in self?.handOver() }
    }

    func end(_ error: TransportError) {
        state.withLock { $0.end = error }
        loop.execute { [weak self] in self?.handOver() }
    }

    private func handOver() {
        while true {
            let (piece, end, handler) = state.withLock { state -> ([UInt8]?, TransportError?, (any SocketHandler)?) in
                guard !state.isPaused, !state.isOver else { return (nil, nil, nil) }
                guard state.arrived.isEmpty else { return (state.arrived.removeFirst(), nil, state.handler) }
                guard let end = state.end else { return (nil, nil, nil) }
                state.isOver = true
                return (nil, end, state.handler.take())
            }
            if let end { handler?.socketClosed(end) }
            guard let piece else { return }
            handler?.socketReceived(piece)
        }
    }
}

/// The simulator's end of a ``MemoryTransport``.
final class MemoryPeer: SimulatorPeer {
    private let transport = Mutex<Weak>(Weak())

    private struct Weak {
        weak var transport: MemoryTransport?
    }

    func attach(_ transport: MemoryTransport) {
        self.transport.withLock { $0.transport = transport }
    }

    func send(_ bytes: [UInt8]) {
        transport.withLock { $0.transport }?.arrive(bytes)
    }

    func close(byReset isReset: Bool) {
        transport.withLock { $0.transport }?.end(isReset ? .reset : .endOfStream)
    }
}
