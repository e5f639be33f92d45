import Glibc
import RouterOSClient
import RouterOSProtocol
import Synchronization

/// A router whose answers a test writes out, for behaviour that no well-mannered router shows.
final class ScriptedRouter: Sendable {
    /// What to answer to a command; login is answered already.
    typealias Script = @Sendable (Sentence) -> [Reply]

    private let listener = Mutex<ListeningSocket?>(nil)
    private let sessions = Mutex<[Session]>([])
    private let received = Mutex<[Sentence]>([])
    private let script: Script
    private let greeting: [UInt8]

    let port: UInt16

    /// Listens, on a free port unless one is given; `greeting` replaces every answer by raw bytes.
    init(port wanted: UInt16 = 0, greeting: [UInt8] = [], _ script: @escaping Script = { _ in [] }) throws {
        self.script = script
        self.greeting = greeting
        let router = Mutex<ScriptedRouter?>(nil)
        let socket = try ListeningSocket(port: wanted, on: .shared) { descriptor in
            router.withLock { $0 }?.accept(descriptor)
        }
        port = socket.port
        listener.withLock { $0 = socket }
        router.withLock { $0 = self }
    }

    /// The paths of the commands that arrived, in order.
    var paths: [String] { received.withLock { $0.map(\.name) } }

    /// Ends all connections; new ones are accepted.
    func dropConnections() {
        let all = sessions.withLock { sessions in
            defer { sessions = [] }
            return sessions
        }
        for session in all { session.close() }
    }

    /// Stops listening and ends all connections.
    func stop() {
        listener.withLock { $0 }?.close()
        dropConnections()
    }

    private func accept(_ descriptor: Int32) {
        let session = Session(self)
        guard let channel = try? SocketChannel.adopt(descriptor, on: .shared, handler: session) else { return }
        session.adopt(channel)
        sessions.withLock { $0.append(session) }
    }

    private func answer(_ command: Sentence) -> [Reply] {
        received.withLock { $0.append(command) }
        let tag = command.tag.map(Array.init)
        if command.name == "/login" { return [Reply(.done, tag: tag)] }
        return script(command).map { reply in
            var reply = reply
            if reply.kind != .fatal { reply.tag = reply.tag ?? tag }
            return reply
        }
    }

    private final class Session: SocketHandler {
        private let router: ScriptedRouter
        private let state = Mutex<(decoder: SentenceDecoder, channel: SocketChannel?)>((SentenceDecoder(), nil))

        init(_ router: ScriptedRouter) { self.router = router }

        func adopt(_ channel: SocketChannel) { state.withLock { $0.channel = channel } }
        func close() { state.withLock { $0.channel }?.close() }

        func socketConnected() {}
        func socketClosed(_ error: TransportError) {}

        func socketReceived(_ bytes: [UInt8]) {
            let (commands, channel) = state.withLock { state -> ([Sentence], SocketChannel?) in
                var commands: [Sentence] = []
                state.decoder.feed(bytes)
                while let command = try? state.decoder.next() { commands.append(command) }
                return (commands, state.channel)
            }
            if !router.greeting.isEmpty {
                channel?.write(router.greeting)
                return
            }
            var encoder = SentenceEncoder()
            for command in commands { for reply in router.answer(command) { encoder.append(reply) } }
            channel?.write(encoder.bytes)
        }
    }
}
