import RouterOSClient
import Synchronization

/// The simulator's end of one TCP connection.
final class SimulatorClient: SocketHandler {
    private let channel = Mutex<SocketChannel?>(nil)
    private let received: @Sendable ([UInt8]) -> Void
    private let ended: @Sendable () -> Void

    init(
        received: @escaping @Sendable ([UInt8]) -> Void,
        ended: @escaping @Sendable () -> Void
    ) {
        self.received = received
        self.ended = ended
    }

    func adopt(_ descriptor: Int32, on loop: EventLoop) throws(SocketError) {
        let adopted = try SocketChannel.adopt(descriptor, on: loop, handler: self)
        channel.withLock { $0 = adopted }
    }

    func send(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        channel.withLock { $0 }?.write(bytes)
    }

    func close() {
        channel.withLock { $0.take() }?.close()
    }

    func socketConnected() {}

    func socketReceived(_ bytes: [UInt8]) { received(bytes) }

    func socketClosed(_ error: SocketError) { ended() }
}
