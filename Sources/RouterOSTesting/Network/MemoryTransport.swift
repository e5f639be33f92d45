import RouterOSClient
import Synchronization

/// A client's end of a connection to a simulator in the same process: no socket, the same order of calls.
final class MemoryTransport: Transport {
    private struct State {
        weak var handler: (any SocketHandler)?
        /// What the router has sent, in its pieces, and how many of these have been handed over.
        var arrived: [[UInt8]] = []
        var taken = 0
        var waitingBytes = 0
        /// Whether so much waits that the router should stop.
        var isFull = false
        /// Whether the router takes nothing more for now.
        var isHeld = false
        var end: TransportError?
        var isPaused = false
        var isOver = false

        mutating func takePiece() -> [UInt8]? {
            guard taken < arrived.count else { return nil }
            let piece = arrived[taken]
            taken += 1
            if taken == arrived.count { (arrived, taken) = ([], 0) }
            waitingBytes -= piece.count
            return piece
        }
    }

    private let loop: EventLoop
    private let state: Mutex<State>
    private let ears: SimulatorEars

    /// Connects a handler to a simulator.
    init(on loop: EventLoop, handler: any SocketHandler, _ ears: SimulatorEars) {
        self.loop = loop
        self.ears = ears
        state = Mutex(State(handler: handler))
        loop.execute { [weak self] in self?.handler?.socketConnected() }
    }

    deinit {
        // Whoever lets go last may hold the simulator's lock.
        loop.execute { [ears] in ears.ended() }
    }

    private var handler: (any SocketHandler)? { state.withLock { $0.handler } }

    // MARK: The client's side

    func write(_ bytes: [UInt8]) {
        guard state.withLock({ !$0.isOver }), !bytes.isEmpty else { return }
        ears.received(bytes)
    }

    func pauseReading() { state.withLock { $0.isPaused = true } }

    func resumeReading() {
        state.withLock { $0.isPaused = false }
        loop.execute { [weak self] in self?.handOver() }
    }

    var isCongested: Bool { state.withLock { $0.isHeld } }

    func close() {
        let wasOver = state.withLock { state in
            state.handler = nil
            (state.arrived, state.taken, state.waitingBytes) = ([], 0, 0)
            defer { state.isOver = true }
            return state.isOver
        }
        if !wasOver { ears.ended() }
    }

    func reset() { close() }

    // MARK: The router's side

    func arrive(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        state.withLock { state in
            guard !state.isOver else { return }
            state.arrived.append(bytes)
            state.waitingBytes += bytes.count
            if state.waitingBytes > SocketChannel.highWater { state.isFull = true }
        }
        loop.execute { [weak self] in self?.handOver() }
    }

    /// Whether the client has left more unread than a network would hold.
    var isFull: Bool { state.withLock { $0.isFull } }

    /// Takes nothing more from the client for now, or does again.
    func hold(_ isHeld: Bool) {
        let wasHeld = state.withLock { state in
            defer { state.isHeld = isHeld }
            return state.isHeld
        }
        if wasHeld, !isHeld { loop.execute { [weak self] in self?.handler?.socketDrained() } }
    }

    func end(_ error: TransportError) {
        state.withLock { $0.end = error }
        loop.execute { [weak self] in self?.handOver() }
    }

    private func handOver() {
        while true {
            let (piece, hasRoom, end, handler) = state.withLock {
                state -> ([UInt8]?, Bool, TransportError?, (any SocketHandler)?) in
                guard !state.isPaused, !state.isOver else { return (nil, false, nil, nil) }
                if let piece = state.takePiece() {
                    let hasRoom = state.isFull && state.waitingBytes <= SocketChannel.lowWater
                    if hasRoom { state.isFull = false }
                    return (piece, hasRoom, nil, state.handler)
                }
                guard let end = state.end else { return (nil, false, nil, nil) }
                state.isOver = true
                return (nil, false, end, state.handler.take())
            }
            if let end { handler?.socketClosed(end) }
            guard let piece else { return }
            handler?.socketReceived(piece)
            if hasRoom { ears.drained() }
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

    var isCongested: Bool { transport.withLock { $0.transport }?.isFull ?? false }

    /// What it was told is in its hands already.
    var isEnding: Bool { false }

    func pauseReading() { transport.withLock { $0.transport }?.hold(true) }

    func resumeReading() { transport.withLock { $0.transport }?.hold(false) }

    func close(_ end: ConnectionEnd) {
        // What has arrived is in the network, where no end of the router's catches up with it.
        transport.withLock { $0.transport }?.end(end == .reset ? .reset : .endOfStream)
    }
}
