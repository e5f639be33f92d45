package import OpenSSLSupport
import Synchronization

/// TLS on a ``SocketChannel``: the handler sees what is inside, and the same calls as without.
///
/// ``SocketHandler/socketConnected()`` comes when the handshake is done and the peer is who it must be, at an accepted
/// connection too; what was written before waits. The handler is held weakly, as by the socket's channel. All members may
/// be called from any thread.
package final class TLSChannel: Transport {
    private struct State: ~Copyable {
        var session: TLSSession
        var channel: SocketChannel?
        weak var handler: (any SocketHandler)?
        var hasReachedPeer = false
        var isAnnounced = false
        var isOver = false
    }

    private let loop: EventLoop
    private let state: Mutex<State>

    private init(_ loop: EventLoop, _ session: consuming sending TLSSession, _ handler: any SocketHandler) {
        self.loop = loop
        state = Mutex(State(session: session, handler: handler))
    }

    deinit { close() }

    /// Begins to connect; the handler learns how it ended.
    ///
    /// See ``SocketChannel/connect(to:on:unansweredFor:handler:)``.
    package static func connect(
        to address: SocketAddress,
        on loop: EventLoop,
        unansweredFor limit: Duration,
        session: consuming sending TLSSession,
        handler: any SocketHandler
    ) throws(SocketError) -> TLSChannel {
        let channel = TLSChannel(loop, session, handler)
        channel.attach(try SocketChannel.connect(to: address, on: loop, unansweredFor: limit, handler: channel))
        return channel
    }

    /// Takes over a connection that was accepted.
    package static func adopt(
        _ descriptor: Int32,
        on loop: EventLoop,
        session: consuming sending TLSSession,
        handler: any SocketHandler
    ) throws(SocketError) -> TLSChannel {
        let channel = TLSChannel(loop, session, handler)
        channel.attach(try SocketChannel.adopt(descriptor, on: loop, handler: channel))
        return channel
    }

    // MARK: What its user does

    /// Whether the peer accepted the TCP connection, on which the handshake then went or goes on.
    package var hasReachedPeer: Bool { state.withLock { $0.hasReachedPeer } }

    /// Version, cipher suite and certificate; nil before the connection is established.
    package var information: TLSInformation? { state.withLock { $0.session.information } }

    /// What the peer's certificate says; nil before the connection is established, and when the peer has none.
    package var certificate: TLSCertificate? { state.withLock { $0.session.certificate } }

    package func write(_ bytes: [UInt8]) {
        let error = state.withLock { state -> TLSError? in
            guard !state.isOver else { return nil }
            do throws(TLSError) {
                try state.session.send(bytes)
                Self.flush(&state)
                return nil
            } catch {
                return error
            }
        }
        if let error { loop.execute { self.end(.tls(error)) } }
    }

    package func pauseReading() { state.withLock { $0.channel }?.pauseReading() }

    package func resumeReading() { state.withLock { $0.channel }?.resumeReading() }

    package var isCongested: Bool { state.withLock { $0.channel }?.isCongested ?? false }

    package func close() {
        let channel = state.withLock { state -> SocketChannel? in
            state.handler = nil
            guard !state.isOver else { return nil }
            state.isOver = true
            state.session.shutdown()
            Self.flush(&state)
            return state.channel.take()
        }
        channel?.close()
    }

    // MARK: Inside

    private func attach(_ channel: SocketChannel) {
        state.withLock { state in
            guard !state.isOver else { return }
            state.channel = channel
            Self.flush(&state)
        }
    }

    /// Hands over what the session has to send, in the order in which it made it.
    private static func flush(_ state: inout State) {
        guard let channel = state.channel else { return }
        let bytes = state.session.takeOutgoing()
        if !bytes.isEmpty { channel.write(bytes) }
    }

    private func end(_ error: TransportError) {
        let (channel, handler) = state.withLock { state -> (SocketChannel?, (any SocketHandler)?) in
            guard !state.isOver else { return (nil, nil) }
            state.isOver = true
            // The alert that tells the peer why.
            Self.flush(&state)
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
        let step = state.withLock { state -> Step in
            var step = Step()
            guard !state.isOver else { return step }
            do throws(TLSError) {
                try change(&state.session)
                if state.session.isPeerDone { step.end = .endOfStream }
            } catch {
                step.end = .tls(error)
            }
            step.isConnected = !state.isAnnounced && state.session.isEstablished
            state.isAnnounced = state.isAnnounced || step.isConnected
            step.plaintext = state.session.takePlaintext()
            step.handler = state.handler
            Self.flush(&state)
            return step
        }
        if step.isConnected { step.handler?.socketConnected() }
        // Whoever was just told may have closed the connection.
        if !step.plaintext.isEmpty { state.withLock { $0.handler }?.socketReceived(step.plaintext) }
        if let error = step.end { end(error) }
    }
}

extension TLSChannel: SocketHandler {
    package func socketConnected() {
        state.withLock { $0.hasReachedPeer = true }
        advance { session throws(TLSError) in try session.start() }
    }

    package func socketReceived(_ bytes: [UInt8]) {
        advance { session throws(TLSError) in try session.receive(bytes) }
    }

    package func socketDrained() { state.withLock { $0.handler }?.socketDrained() }

    package func socketClosed(_ error: TransportError) {
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
