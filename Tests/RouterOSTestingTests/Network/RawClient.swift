import OpenSSLSupport
import RouterOSClient
import Synchronization

/// A client of a port that sends and keeps what it is told to, and reads only while it is let.
final class RawClient: SocketHandler {
    private struct State {
        var channel: (any Transport)?
        var received: [UInt8] = []
        var end: TransportError?
    }

    private let state = Mutex(State())

    /// Connects, over TLS when a pin is given; what is sent before the connection stands waits for it.
    init(_ port: UInt16, pin: [UInt8]? = nil, on loop: EventLoop = .shared) throws {
        guard let address = SocketAddress.numeric("127.0.0.1", port: port) else { throw TransportError.endOfStream }
        let channel: any Transport
        if let pin {
            let session = try TLSClient.shared.session(expecting: .pin(pin), at: "127.0.0.1:\(port)")
            channel = try TLSChannel.connect(
                to: address,
                on: loop,
                unansweredFor: .seconds(3_600),
                session: session,
                handler: self
            )
        } else {
            channel = try SocketChannel.connect(to: address, on: loop, unansweredFor: .seconds(3_600), handler: self)
        }
        state.withLock { $0.channel = channel }
    }

    /// A client that is yet to be given a connection.
    init() {}

    func adopt(_ channel: any Transport) { state.withLock { $0.channel = channel } }

    private var channel: (any Transport)? { state.withLock { $0.channel } }

    /// What has come so far.
    var received: [UInt8] { state.withLock { $0.received } }

    /// How the connection ended; nil while it stands.
    var end: TransportError? { state.withLock { $0.end } }

    func send(_ words: [String]...) { for words in words { channel?.write(Dialogue.encode(words)) } }

    func pauseReading() { channel?.pauseReading() }

    func resumeReading() { channel?.resumeReading() }

    func close() { channel?.close() }

    func socketConnected() {}

    func socketReceived(_ bytes: [UInt8]) { state.withLock { $0.received += bytes } }

    func socketClosed(_ error: TransportError) { state.withLock { $0.end = error } }
}
