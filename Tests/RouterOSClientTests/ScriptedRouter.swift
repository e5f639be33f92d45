import Glibc
import OpenSSLSupport
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
    /// How many connections are open.
    private let open = Mutex(0)
    /// What answers the logins that wait.
    private let waiting = Mutex<[@Sendable () -> Void]>([])
    private let script: Script
    private let loop = EveryPoller.loop
    private let greeting: [UInt8]
    private let letsIn: Bool
    private let logins: Script?
    private let tls: TLSServer?

    let port: UInt16

    /// Listens, on a free port unless one is given; `greeting` replaces every answer by raw bytes, a router that does not let
    /// anybody in by itself leaves that to ``letIn()``, and `logins` answers them its own way.
    init(
        address: String = "127.0.0.1",
        port wanted: UInt16 = 0,
        greeting: [UInt8] = [],
        letsIn: Bool = true,
        tls: TLSServer? = nil,
        _ script: @escaping Script = { _ in [] },
        logins: Script? = nil
    ) throws {
        self.letsIn = letsIn
        self.logins = logins
        self.tls = tls
        self.script = script
        self.greeting = greeting
        let router = Mutex<ScriptedRouter?>(nil)
        let socket = try ListeningSocket(address: address, port: wanted, on: loop) { descriptor in
            router.withLock { $0 }?.accept(descriptor)
        }
        port = socket.port
        listener.withLock { $0 = socket }
        router.withLock { $0 = self }
    }

    /// The paths of the commands that arrived, in order.
    var paths: [String] { received.withLock { $0.map(\.name) } }

    /// How many connections are open, as the router sees it.
    var openConnections: Int { open.withLock { $0 } }

    /// How many logins wait for an answer.
    var waitingLogins: Int { waiting.withLock { $0.count } }

    /// Answers the logins that wait; returns how many they were.
    func letIn() -> Int {
        let all = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        for answer in all { answer() }
        return all.count
    }

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
        let listener = listener.withLock { listener in
            defer { listener = nil }
            return listener
        }
        listener?.close()
        dropConnections()
        // Each holds its connection, and so this.
        waiting.withLock { $0 = [] }
    }

    private func accept(_ descriptor: Int32) {
        let session = Session(self)
        guard let channel = try? transport(descriptor, session) else { return }
        open.withLock { $0 += 1 }
        session.adopt(channel)
        let isStopped = sessions.withLock { sessions in
            sessions.append(session)
            return listener.withLock { $0 } == nil
        }
        // It came while the router was being stopped, which did not see it.
        if isStopped { session.close() }
    }

    private func transport(_ descriptor: Int32, _ session: Session) throws -> any Transport {
        guard let tls else { return try SocketChannel.adopt(descriptor, on: loop, handler: session) }
        return try TLSChannel.adopt(descriptor, on: loop, session: tls.session(), handler: session)
    }

    private func answer(_ command: Sentence, of session: Session) -> [Reply] {
        received.withLock { $0.append(command) }
        let tag = command.tag.map(Array.init)
        if command.name == "/login", !letsIn {
            waiting.withLock { $0.append { session.send([Reply(.done, tag: tag)]) } }
            return []
        }
        let answer = command.name == "/login" ? logins ?? { _ in [Reply(.done)] } : script
        return answer(command).map { reply in
            var reply = reply
            if reply.kind != .fatal { reply.tag = reply.tag ?? tag }
            return reply
        }
    }

    private final class Session: SocketHandler {
        private let router: ScriptedRouter
        private let state = Mutex<(decoder: SentenceDecoder, channel: (any Transport)?)>((SentenceDecoder(), nil))

        init(_ router: ScriptedRouter) { self.router = router }

        func adopt(_ channel: any Transport) { state.withLock { $0.channel = channel } }
        func close() { leave()?.close() }

        func socketConnected() {}
        func socketClosed(_ error: TransportError) { leave() }

        /// Takes the channel out, once.
        @discardableResult
        private func leave() -> (any Transport)? {
            let channel = state.withLock { $0.channel.take() }
            if channel != nil { router.open.withLock { $0 -= 1 } }
            return channel
        }

        func socketReceived(_ bytes: [UInt8]) {
            let (commands, channel) = state.withLock { state -> ([Sentence], (any Transport)?) in
                var commands: [Sentence] = []
                state.decoder.feed(bytes)
                while let command = try? state.decoder.next() { commands.append(command) }
                return (commands, state.channel)
            }
            if !router.greeting.isEmpty {
                channel?.write(router.greeting)
                return
            }
            send(commands.flatMap { router.answer($0, of: self) })
        }

        func send(_ replies: [Reply]) {
            var encoder = SentenceEncoder()
            for reply in replies { encoder.append(reply) }
            state.withLock { $0.channel }?.write(encoder.bytes)
        }
    }
}
