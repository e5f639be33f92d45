import OpenSSLSupport
import RouterOSClient
import Synchronization

/// The simulator's end of one TCP connection.
final class SimulatorClient: SocketHandler, SimulatorPeer {
    private let channel = Mutex<(any Transport)?>(nil)
    private let received: @Sendable ([UInt8]) -> Void
    private let ended: @Sendable () -> Void

    init(
        received: @escaping @Sendable ([UInt8]) -> Void,
        ended: @escaping @Sendable () -> Void
    ) {
        self.received = received
        self.ended = ended
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
        channel.withLock { $0 = adopted }
    }

    func send(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        channel.withLock { $0 }?.write(bytes)
    }

    func close(byReset isReset: Bool) {
        let channel = channel.withLock { $0.take() }
        if isReset { channel?.reset() } else { channel?.close() }
    }

    func socketConnected() {}

    func socketReceived(_ bytes: [UInt8]) {
        received(bytes)
        // Who does not take answers may not ask for more.
        if let channel = channel.withLock({ $0 }), channel.isCongested { channel.pauseReading() }
    }

    func socketDrained() { channel.withLock { $0 }?.resumeReading() }

    func socketClosed(_ error: TransportError) { ended() }
}
