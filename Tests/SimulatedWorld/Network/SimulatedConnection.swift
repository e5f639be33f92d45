import BillingDomain
import RouterOSClient
import RouterOSProtocol
import Synchronization

/// A program's end of a connection: the client's session machine between promises and a ``SimulatedLink``.
final class SimulatedConnection: RouterOSCommands {
    private struct Call {
        let command: Command
        let promise: Promise<Answer>
        var rows: [Sentence] = []
    }

    private struct State {
        var session = SessionMachine()
        var calls: [UInt32: Call] = [:]
        var isFlushScheduled = false
        /// The menus that were read over it.
        var menusRead: Set<String> = []
    }

    let endpoint: String
    private let link: SimulatedLink
    private let process: SimulatedProcess
    private let router: Identifier<Router>
    private let network: SimulatedNetwork
    private let configuration: ConnectionConfiguration
    private let login = Promise<Void>()
    private let state = Mutex(State())

    init(
        _ link: SimulatedLink,
        _ process: SimulatedProcess,
        _ network: SimulatedNetwork,
        to router: Router,
        _ configuration: ConnectionConfiguration
    ) {
        self.link = link
        self.process = process
        self.network = network
        self.router = router.id
        endpoint = router.host
        self.configuration = configuration
    }

    var isOpen: Bool { state.withLock { $0.session.isReady } }

    /// Connects; false when the router accepts nobody.
    func attach() -> Bool {
        link.attach(
            receive: { [weak self] in self?.receive($0) },
            close: { [weak self] in self?.lose() }
        )
    }

    func logIn(user: String, password: String) async throws {
        state.withLock { $0.session.logIn(user: user, password: password) }
        flush()
        process.executor.after(configuration.connectTimeout) { [login, endpoint] in
            login.settle(
                .failure(
                    RouterOSError(.loginTimeout, "the login was not answered", isSafeToRetry: true, endpoint: endpoint)
                )
            )
        }
        do {
            try await login.value()
        } catch {
            close()
            throw error
        }
    }

    func run(_ command: Command, deadline: Duration?) async throws -> Answer {
        try Task.checkCancellation()
        let promise = Promise<Answer>()
        let tag = try state.withLock { state in
            let tag = try state.session.submit(command)
            state.calls[tag] = Call(command: command, promise: promise)
            return tag
        }
        noteSending(command)
        flushSoon()
        process.executor.after(deadline ?? configuration.requestTimeout) { [weak self, endpoint] in
            self?.giveUp(
                tag,
                RouterOSError(.deadlineExceeded, "\(command.path) was not answered in time", endpoint: endpoint)
            )
        }
        do {
            return try await promise.value()
        } catch {
            // The router is told to stop when it is the caller who gave up.
            if error is CancellationError { giveUp(tag, error) }
            throw error
        }
    }

    private func noteSending(_ command: Command) {
        let hasRead = state.withLock { $0.menusRead.contains(command.menu) }
        network.watch.sent(command, to: router, by: process, hasRead: hasRead)
        guard command.namesOfNewRows.contains(where: network.isPoison) else { return }
        network.watch.milestones.reach(.poison)
        process.executor.after(network.conditions.delay(network.chance)) { [link] in link.reset() }
    }

    func stream(_ command: Command, deadline: Duration?) -> AnswerStream {
        AnswerStream { CollectedRows(try await self.run(command, deadline: deadline).rows) }
    }

    func close() {
        lose()
        link.hangUp()
    }

    private func giveUp(_ tag: UInt32, _ error: any Error) {
        let call = state.withLock { state -> Call? in
            guard let call = state.calls.removeValue(forKey: tag) else { return nil }
            state.session.abandon(tag)
            return call
        }
        guard let call else { return }
        settle(call, .failure(error))
        flushSoon()
    }

    /// Everything that is sent at one instant leaves together.
    private func flushSoon() {
        let isFirst = state.withLock { state in
            defer { state.isFlushScheduled = true }
            return !state.isFlushScheduled
        }
        if isFirst { process.executor.after(.zero) { [weak self] in self?.flush() } }
    }

    private func flush() {
        let bytes = state.withLock { state in
            state.isFlushScheduled = false
            return state.session.takeOutgoing()
        }
        if !bytes.isEmpty { link.write(bytes) }
    }

    private func receive(_ bytes: [UInt8]) {
        state.withLock { $0.session.receive(bytes) }
        handleEvents()
        flush()
    }

    private func lose() {
        state.withLock { [endpoint] state in
            state.session.close(RouterOSError(.connectionClosed, "the connection was lost", endpoint: endpoint))
        }
        handleEvents()
    }

    private func handleEvents() {
        while let event = state.withLock({ $0.session.nextEvent() }) {
            switch event {
            case .loggedIn: login.settle(.success(()))
            case .row(let tag, let row): state.withLock { $0.calls[tag]?.rows.append(row) }
            case .completed(let tag, let result):
                guard let call = state.withLock({ $0.calls.removeValue(forKey: tag) }) else { continue }
                if case .success = result, call.command.path.hasSuffix("/print") {
                    _ = state.withLock { $0.menusRead.insert(call.command.menu) }
                }
                settle(call, result.map { Answer(rows: call.rows, returned: $0.returned) }.mapError { $0 })
            case .closed(let error):
                login.settle(.failure(error ?? RouterOSError(.connectionClosed, "closed", endpoint: endpoint)))
                link.hangUp()
            }
        }
    }

    private func settle(_ call: Call, _ result: Result<Answer, any Error>) {
        call.promise.settle(result.mapError { ($0 as? RouterOSError)?.ofUnknownOutcome(call.command) ?? $0 })
    }
}

extension Command {
    /// The path without the verb.
    fileprivate var menu: String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? path }
}
