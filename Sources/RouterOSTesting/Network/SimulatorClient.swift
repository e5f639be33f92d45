import OpenSSLSupport
import RouterOSClient
import Synchronization

/// What a simulator hears of a client.
package struct SimulatorEars: Sendable {
    /// It has sent bytes.
    package let received: @Sendable ([UInt8]) -> Void
    /// It has read much of what waited for it.
    package let drained: @Sendable () -> Void
    /// It has gone.
    package let ended: @Sendable () -> Void
}

/// The simulator's end of one TCP connection.
final class SimulatorClient: SocketHandler, SimulatorPeer {
    private struct State {
        var channel: (any Transport)?
        /// The channel, for as long as it goes on sending behind the end.
        weak var ending: (any Transport)?
    }

    private let state = Mutex(State())
    private let ears: SimulatorEars
    /// For how long it goes on sending what was said before the end.
    private let closing: Duration

    init(_ ears: SimulatorEars, closing: Duration) {
        self.ears = ears
        self.closing = closing
    }

    /// Takes over a connection that was accepted, one with TLS when there is a `server` for it.
    func adopt(_ descriptor: Int32, on loop: EventLoop, tls server: TLSServer?) throws(TransportError) {
        let adopted: any Transport
        do {
            if let server {
                let session = try server.session()
                adopted = try TLSChannel.adopt(descriptor, on: loop, session: session, handler: self)
            } else {
                adopted = try SocketChannel.adopt(descriptor, on: loop, handler: self)
            }
        } catch let error as TLSError {
            throw .tls(error)
        } catch let error as SocketError {
            throw .socket(error)
        } catch {
            throw .endOfStream
        }
        state.withLock { $0.channel = adopted }
    }

    private var transport: (any Transport)? { state.withLock { $0.channel } }

    // MARK: The router's side

    func send(_ bytes: [UInt8]) {
        if !bytes.isEmpty { transport?.write(bytes) }
    }

    var isCongested: Bool { transport?.isCongested ?? false }

    var isEnding: Bool { state.withLock { $0.ending != nil } }

    func pauseReading() { transport?.pauseReading() }

    func resumeReading() { transport?.resumeReading() }

    func close(_ end: ConnectionEnd) {
        let channel = state.withLock { state in
            defer { state.ending = nil }
            return state.channel.take() ?? state.ending
        }
        switch end {
        case .inGoodOrder:
            let ending = channel?.finish(within: closing)
            state.withLock { $0.ending = ending }
        case .cut: channel?.close()
        case .reset: channel?.reset()
        }
    }

    // MARK: The client's side

    func socketConnected() {}

    func socketReceived(_ bytes: [UInt8]) { ears.received(bytes) }

    func socketDrained() { ears.drained() }

    func socketClosed(_ error: TransportError) { ears.ended() }
}
