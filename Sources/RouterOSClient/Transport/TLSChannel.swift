package import ConnectionPool
package import OpenSSLSupport
import Synchronization

/// TLS on a ``SocketChannel``: the handler sees what is inside, and the same calls as without.
///
/// ``SocketHandler/socketConnected()`` comes when the handshake is done and the peer is who it must be, at an accepted
/// connection too; what was written before waits. What the handshake computes is computed on ``HandshakeThreads``, and
/// everything else on the loop. The handler is held weakly, as by the socket's channel. All members may be called from any
/// thread.
package final class TLSChannel: Transport {
    private struct State {
        var channel: SocketChannel?
        weak var handler: (any SocketHandler)?
        var hasReachedPeer = false
        /// Whether it is the handshake's turn; what a peer says before waits as it is.
        var mayBegin: Bool
        var isAnnounced = false
        var isOver = false
        /// Whether a thread computes the handshake, whose the session is until then.
        var isComputing = false
        /// What happened meanwhile, in the order in which the session will hear of it.
        var unsent: [UInt8] = []
        var arrived: [UInt8] = []
        var lost: TransportError?
        var isPaused = false
    }

    /// So much that arrives while the handshake is computed waits here, and what is beyond that in the network.
    private static let arrivedLimit = 64 << 10

    private let loop: EventLoop
    private let threads: HandshakeThreads
    /// Which line of the threads it stands in.
    private let standing: HandshakeLimiter.Standing
    private let whenReached: WhenReached?
    private let state: Mutex<State>
    /// Taken inside `state`'s lock and only while nobody computes, or by who computes: nobody ever waits for it.
    private let session: Mutex<TLSSession>

    /// Calls what it is given when the handshake may begin, on any thread.
    package typealias WhenReached = @Sendable (_ begin: @escaping @Sendable () -> Void) -> Void

    private init(
        _ loop: EventLoop,
        _ threads: HandshakeThreads,
        _ standing: HandshakeLimiter.Standing,
        _ session: consuming sending TLSSession,
        _ handler: any SocketHandler,
        mayBegin: Bool,
        _ whenReached: WhenReached? = nil
    ) {
        self.loop = loop
        self.threads = threads
        self.standing = standing
        self.whenReached = whenReached
        self.session = Mutex(session)
        state = Mutex(State(handler: handler, mayBegin: mayBegin))
    }

    deinit { close() }

    /// Begins to connect; the handler learns how it ended.
    ///
    /// Once the peer has accepted the TCP connection the handshake begins when `whenReached` says so, at once without it,
    /// and is computed in the line of the peer's `standing`. See ``SocketChannel/connect(to:on:unansweredFor:handler:)``.
    package static func connect(
        to address: SocketAddress,
        on loop: EventLoop,
        unansweredFor limit: Duration,
        session: consuming sending TLSSession,
        threads: HandshakeThreads = .shared,
        standing: HandshakeLimiter.Standing = .good,
        handler: any SocketHandler,
        whenReached: WhenReached? = nil
    ) throws(SocketError) -> TLSChannel {
        let channel = TLSChannel(loop, threads, standing, session, handler, mayBegin: false, whenReached)
        channel.attach(try SocketChannel.connect(to: address, on: loop, unansweredFor: limit, handler: channel))
        return channel
    }

    /// Takes over a connection that was accepted.
    package static func adopt(
        _ descriptor: Int32,
        on loop: EventLoop,
        session: consuming sending TLSSession,
        threads: HandshakeThreads = .shared,
        handler: any SocketHandler
    ) throws(SocketError) -> TLSChannel {
        let channel = TLSChannel(loop, threads, .good, session, handler, mayBegin: true)
        channel.attach(try SocketChannel.adopt(descriptor, on: loop, handler: channel))
        return channel
    }

    // MARK: What its user does

    /// Whether the peer accepted the TCP connection, on which the handshake then went or goes on.
    package var hasReachedPeer: Bool { state.withLock { $0.hasReachedPeer } }

    /// Whether the handshake waits for a thread of ours, or is on one: the peer is not what it waits for.
    package var isComputing: Bool { state.withLock { $0.isComputing } }

    /// How many bytes have come that the handshake has not seen yet.
    var waitingBytes: Int { state.withLock { $0.arrived.count } }

    /// Version, cipher suite and certificate; nil before the connection is established.
    package var information: TLSInformation? { look { $0.information } }

    /// What the peer's certificate says; nil before the connection is established, and when the peer has none.
    package var certificate: TLSCertificate? { look { $0.certificate } }

    private func look<Found: Sendable>(_ find: (borrowing TLSSession) -> Found?) -> Found? {
        state.withLock { state in state.isComputing ? nil : session.withLock { find($0) } }
    }

    package func write(_ bytes: [UInt8]) {
        let error = state.withLock { state -> TLSError? in
            guard !state.isOver else { return nil }
            guard !state.isComputing else {
                state.unsent += bytes
                return nil
            }
            do throws(TLSError) {
                try session.withLock { session throws(TLSError) in try session.send(bytes) }
                flush(&state)
                return nil
            } catch {
                return error
            }
        }
        if let error { loop.execute { self.end(.tls(error)) } }
    }

    package func pauseReading() { setPaused(true) }

    package func resumeReading() { setPaused(false) }

    private func setPaused(_ isPaused: Bool) {
        let channel = state.withLock { state in
            state.isPaused = isPaused
            return state.channel
        }
        if isPaused { channel?.pauseReading() } else { channel?.resumeReading() }
    }

    package var isCongested: Bool { state.withLock { $0.channel }?.isCongested ?? false }

    package func close() {
        let channel = state.withLock { state -> SocketChannel? in
            state.handler = nil
            guard !state.isOver else { return nil }
            state.isOver = true
            if !state.isComputing {
                session.withLock { $0.shutdown() }
                flush(&state)
            }
            return state.channel.take()
        }
        channel?.close()
    }

    /// See ``SocketChannel/finish(within:)``; before the handshake is done nobody has been told anything.
    @discardableResult
    package func finish(within limit: Duration) -> (any Transport)? {
        let channel = state.withLock { state -> SocketChannel? in
            guard state.isAnnounced, !state.isOver else { return nil }
            state.handler = nil
            state.isOver = true
            session.withLock { $0.shutdown() }
            flush(&state)
            return state.channel.take()
        }
        if let channel { return channel.finish(within: limit) }
        close()
        return nil
    }

    package func reset() {
        let channel = state.withLock { state -> SocketChannel? in
            state.handler = nil
            state.isOver = true
            return state.channel.take()
        }
        channel?.reset()
    }

    // MARK: Inside

    private func attach(_ channel: SocketChannel) {
        state.withLock { state in
            guard !state.isOver else { return }
            state.channel = channel
            flush(&state)
        }
    }

    /// Hands over what the session has to send, in the order in which it made it.
    private func flush(_ state: inout State) {
        guard !state.isComputing, let channel = state.channel else { return }
        let bytes = session.withLock { $0.takeOutgoing() }
        if !bytes.isEmpty { channel.write(bytes) }
    }

    private func end(_ error: TransportError) {
        let (channel, handler) = state.withLock { state -> (SocketChannel?, (any SocketHandler)?) in
            guard !state.isOver else { return (nil, nil) }
            state.isOver = true
            // The alert that tells the peer why.
            flush(&state)
            let handler = state.handler
            state.handler = nil
            return (state.channel.take(), handler)
        }
        channel?.close()
        handler?.socketClosed(error)
    }

    /// What one step of the session gave to its user.
    private struct Step {
        var isConnected = false
        var plaintext: [UInt8] = []
        var end: TransportError?
        var handler: (any SocketHandler)?
    }

    /// Advances the session on the loop's thread, and tells the handler what came of it.
    private func advance(_ change: (inout TLSSession) throws(TLSError) -> Void) {
        tell(state.withLock { advanced(&$0, change) })
    }

    /// The step itself, for who changes more at the same time.
    private func advanced(_ state: inout State, _ change: (inout TLSSession) throws(TLSError) -> Void) -> Step {
        var step = Step()
        guard !state.isOver else { return step }
        let isAnnounced = state.isAnnounced
        session.withLock { session in
            do throws(TLSError) {
                try change(&session)
                if session.isPeerDone { step.end = .endOfStream }
            } catch {
                step.end = .tls(error)
            }
            step.isConnected = !isAnnounced && session.isEstablished
            step.plaintext = session.takePlaintext()
        }
        state.isAnnounced = isAnnounced || step.isConnected
        step.handler = state.handler
        flush(&state)
        return step
    }

    private func tell(_ step: Step) {
        if step.isConnected { step.handler?.socketConnected() }
        // Whoever was just told may have closed the connection.
        if !step.plaintext.isEmpty { state.withLock { $0.handler }?.socketReceived(step.plaintext) }
        if let error = step.end { end(error) }
    }

    // MARK: The handshake

    /// Keeps what arrives until the handshake is done, and has it computed; false when the handshake is done.
    private func takesPartInHandshake(_ bytes: [UInt8]) -> Bool {
        let (isHandshake, isIdle) = state.withLock { state -> (Bool, Bool) in
            guard !state.isAnnounced, !state.isOver else { return (false, false) }
            state.arrived += bytes
            if state.arrived.count > Self.arrivedLimit { state.channel?.pauseReading() }
            guard state.mayBegin else { return (true, false) }
            defer { state.isComputing = true }
            return (true, !state.isComputing)
        }
        if isIdle {
            // Whoever has given up meanwhile costs nobody any time.
            threads.run(standing) { [weak self] in self?.compute() }
        }
        return isHandshake
    }

    /// Computes, on a thread where that may take its time.
    private func compute() {
        let bytes = state.withLock { state -> [UInt8] in
            guard !state.isOver else { return [] }
            defer { state.arrived = [] }
            return state.arrived
        }
        let error = session.withLock { session -> TLSError? in
            do throws(TLSError) {
                try session.receive(bytes)
                return nil
            } catch {
                return error
            }
        }
        loop.execute { self.computed(error) }
    }

    /// Goes on with what came of it and with what happened meanwhile, on the loop.
    private func computed(_ error: TLSError?) {
        let (step, arrived, lost) = state.withLock { state -> (Step, [UInt8], TransportError?) in
            state.isComputing = false
            if !state.isPaused { state.channel?.resumeReading() }
            let unsent = state.unsent
            defer { (state.unsent, state.arrived, state.lost) = ([], [], nil) }
            // In one go: whoever writes now comes after what was written before.
            let step = advanced(&state) { session throws(TLSError) in
                if let error { throw error }
                try session.send(unsent)
            }
            return (step, state.arrived, state.lost)
        }
        tell(step)
        if !arrived.isEmpty { socketReceived(arrived) }
        if let lost { socketClosed(lost) }
    }
}

extension TLSChannel: SocketHandler {
    package func socketConnected() {
        state.withLock { $0.hasReachedPeer = true }
        guard let whenReached else { return startHandshake() }
        whenReached { [weak self, loop] in loop.execute { [weak self] in self?.startHandshake() } }
    }

    private func startHandshake() {
        let (step, arrived) = state.withLock { state -> (Step, [UInt8]) in
            guard !state.mayBegin else { return (Step(), []) }
            state.mayBegin = true
            if !state.isPaused { state.channel?.resumeReading() }
            defer { state.arrived = [] }
            return (advanced(&state) { session throws(TLSError) in try session.start() }, state.arrived)
        }
        tell(step)
        if !arrived.isEmpty { socketReceived(arrived) }
    }

    package func socketReceived(_ bytes: [UInt8]) {
        if takesPartInHandshake(bytes) { return }
        advance { session throws(TLSError) in try session.receive(bytes) }
    }

    package func socketDrained() { state.withLock { $0.handler }?.socketDrained() }

    package func socketClosed(_ error: TransportError) {
        let isLater = state.withLock { state in
            if state.isComputing { state.lost = error }
            return state.isComputing
        }
        if isLater { return }
        if case .socket(let error) = error, error != .endOfStream {
            // A service that does not expect TLS may well break the connection instead of answering.
            let isHalfWay = state.withLock { $0.hasReachedPeer && !$0.isAnnounced }
            let reason = "the connection broke in the middle of the TLS handshake: \(error)"
            return end(isHalfWay ? .tls(TLSError(.truncated, reason)) : .socket(error))
        }
        // An end that the peer announced has been told already.
        advance { session throws(TLSError) in try session.receivedEnd() }
        end(error)
    }
}
