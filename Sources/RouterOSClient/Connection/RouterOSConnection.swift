import Glibc
public import RouterOSProtocol

/// One logged-in connection to a router, which carries any number of commands at the same time.
///
/// ```swift
/// let name = try await RouterOSConnection.with("192.168.88.1", as: .user("api", password: secret)) { router in
///     try await router.get(SystemIdentity.self).name
/// }
/// ```
///
/// Commands are told apart by tags: tasks that share a connection do not wait for each other, and a command that takes
/// too long or is cancelled does not disturb the others. Safe to use from any task; the work is done on the event loop.
public actor RouterOSConnection {
    /// The executor of the connection's event loop.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// Where the router is, `host:port`.
    public nonisolated let endpoint: String

    private struct Waiting {
        let continuation: CheckedContinuation<Answer, any Error>
        let deadline: ContinuousClock.Instant
        let path: String
        var rows: [Sentence] = []
    }

    private let loop: EventLoop
    private let configuration: ConnectionConfiguration
    private var session: SessionMachine
    private var channel: SocketChannel?
    /// The addresses of the host that were not tried yet.
    private var candidates: ArraySlice<SocketAddress> = []
    private var isConnected = false
    private var opening: CheckedContinuation<Void, any Error>?
    private var waiting: [UInt32: Waiting] = [:]
    private var timer: EventLoop.Timer?
    private var timerDeadline: ContinuousClock.Instant?
    private var isFlushScheduled = false
    private var lastHeard = ContinuousClock.now
    /// When a cancel was sent to a router that had not answered in time, and that has said nothing since.
    private var suspectedSince: ContinuousClock.Instant?
    private var attempt: EventLoop.Timer?

    private init(_ endpoint: String, _ loop: EventLoop, _ configuration: ConnectionConfiguration) {
        self.endpoint = endpoint
        self.loop = loop
        self.configuration = configuration
        session = SessionMachine(limits: configuration.limits)
    }

    // MARK: Open and close

    /// Connects and logs in, runs `body`, and closes the connection whatever happens.
    ///
    /// - Throws: ``RouterOSError`` as ``connect(_:port:as:configuration:)`` does, or what `body` throws.
    public static func with<Result>(
        _ host: String,
        port: UInt16 = 8_728,
        as credentials: Credentials,
        configuration: ConnectionConfiguration = ConnectionConfiguration(),
        isolation: isolated (any Actor)? = #isolation,
        _ body: (RouterOSConnection) async throws -> sending Result
    ) async throws -> sending Result {
        let connection = try await connect(host, port: port, as: credentials, configuration: configuration)
        do {
            let result = try await body(connection)
            await connection.close()
            return result
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Connects over plain TCP and logs in with the login of RouterOS 6.43 and later.
    ///
    /// User name and password cross the network in the clear: use it inside a network that you trust or a tunnel.
    ///
    /// - Throws: ``RouterOSError``: `nameResolution`, `unreachable`, `connectionRefused`, `connectTimeout` when the port is
    ///   not reached; `notRouterOS`, `protocolViolation`, `limitExceeded`, `connectionClosed`, `deadlineExceeded` when what
    ///   answers is no API service; `authentication` when the login is refused. All within `connectTimeout`.
    public static func connect(
        _ host: String,
        port: UInt16 = 8_728,
        as credentials: Credentials,
        configuration: ConnectionConfiguration = ConnectionConfiguration()
    ) async throws -> RouterOSConnection {
        let endpoint = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        let connection = RouterOSConnection(endpoint, .shared, configuration)
        try await connection.open(host, port, credentials)
        return connection
    }

    /// Whether commands may be sent.
    public var isOpen: Bool { session.isReady }

    /// Ends the connection; commands in flight fail with code `connectionClosed`.
    ///
    /// Does nothing when it has ended.
    public func close() {
        end(RouterOSError(.connectionClosed, "the connection was closed here", endpoint: endpoint))
    }

    private func open(_ host: String, _ port: UInt16, _ credentials: Credentials) async throws {
        let deadline = ContinuousClock.now + configuration.connectTimeout
        let alarm = loop.schedule(at: deadline) { [weak self] in self?.assumeIsolated { $0.connectTimedOut() } }
        defer { loop.cancel(alarm) }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                opening = continuation
                session.logIn(user: credentials.user, password: credentials.password)
                // Nothing on the way to the router waits for a thread of the concurrency pool, which may be busy.
                SocketAddress.resolve(host, port: port, on: loop) { [weak self] addresses in
                    self?.assumeIsolated { $0.dial(addresses, of: host) }
                }
            }
        } onCancel: {
            loop.execute { [weak self] in self?.assumeIsolated { $0.cancelOpening() } }
        }
    }

    private func dial(_ addresses: [SocketAddress], of host: String) {
        guard opening != nil else { return }
        guard !addresses.isEmpty else { return end(.nameResolution(host, endpoint)) }
        candidates = addresses[...]
        dialNext(after: .endOfStream)
    }

    /// Tries the host's next address, or gives up with what was wrong with the last one.
    ///
    /// Each address has an equal share of the time, so that one that swallows packets leaves some to the others.
    private func dialNext(after failure: SocketError) {
        var failure = failure
        if let attempt { loop.cancel(attempt) }
        while let address = candidates.popFirst() {
            do throws(SocketError) {
                channel = try SocketChannel.connect(
                    to: address,
                    on: loop,
                    unansweredFor: configuration.requestTimeout,
                    handler: self
                )
                if !candidates.isEmpty {
                    let share = configuration.connectTimeout / (candidates.count + 1)
                    attempt = loop.schedule(at: .now + share) { [weak self] in
                        self?.assumeIsolated { $0.giveUpAddress() }
                    }
                }
                return
            } catch {
                failure = error
            }
        }
        end(.connect(failure, endpoint))
    }

    private func giveUpAddress() {
        guard opening != nil, !isConnected, !candidates.isEmpty else { return }
        channel?.close()
        dialNext(after: SocketError(ETIMEDOUT))
    }

    private func cancelOpening() {
        opening?.resume(throwing: CancellationError())
        opening = nil
        close()
    }

    private func connectTimedOut() {
        guard opening != nil else { return }
        end(
            .connectTimeout(endpoint, configuration.connectTimeout, isConnected: isConnected, session.hasRecognisedPeer)
        )
    }

    // MARK: Commands

    /// Sends a command and collects everything the router answers.
    ///
    /// - Parameters:
    ///   - command: what to send; its tag is chosen here.
    ///   - deadline: how long to wait, or nil for the configuration's `requestTimeout`.
    /// - Returns: the rows and what the command returned.
    /// - Throws: ``RouterOSError``; what the router reported, `deadlineExceeded`, `connectionClosed`. `CancellationError`
    ///   when the task is cancelled, after telling the router to stop.
    public func run(_ command: Command, deadline: Duration? = nil) async throws -> Answer {
        try Task.checkCancellation()
        let due = ContinuousClock.now + (deadline ?? configuration.requestTimeout)
        let tag: UInt32
        do throws(RouterOSError) {
            tag = try session.submit(command)
        } catch {
            throw located(error)
        }
        scheduleFlush()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                waiting[tag] = Waiting(continuation: continuation, deadline: due, path: command.path)
                armTimer(due)
            }
        } onCancel: {
            loop.execute { [weak self] in self?.assumeIsolated { $0.abandon(tag, CancellationError()) } }
        }
    }

    private func abandon(_ tag: UInt32, _ error: any Error) {
        guard let entry = waiting.removeValue(forKey: tag) else { return }
        session.abandon(tag)
        scheduleFlush()
        entry.continuation.resume(throwing: error)
    }

    private func armTimer(_ deadline: ContinuousClock.Instant) {
        if let timerDeadline, timerDeadline <= deadline { return }
        if let timer { loop.cancel(timer) }
        timerDeadline = deadline
        timer = loop.schedule(at: deadline) { [weak self] in self?.assumeIsolated { $0.expireCommands() } }
    }

    private func expireCommands() {
        (timer, timerDeadline) = (nil, nil)
        let now = ContinuousClock.now
        for (tag, entry) in waiting where entry.deadline <= now {
            abandon(tag, RouterOSError.deadline(entry.path, endpoint))
            suspectedSince = suspectedSince ?? now
        }
        // A router that is alive answers the cancel. One that says nothing at all is gone, whatever the socket pretends.
        if let since = suspectedSince {
            if lastHeard >= since {
                suspectedSince = nil
            } else if now >= since + configuration.requestTimeout {
                return end(.silent(endpoint))
            } else {
                armTimer(since + configuration.requestTimeout)
            }
        }
        if let next = waiting.values.map(\.deadline).min() { armTimer(next) }
    }

    /// Everything submitted in one turn of the loop leaves in one write.
    private func scheduleFlush() {
        guard !isFlushScheduled else { return }
        isFlushScheduled = true
        loop.atEndOfTurn { [weak self] in self?.assumeIsolated { $0.flush() } }
    }

    private func flush() {
        isFlushScheduled = false
        let bytes = session.takeOutgoing()
        if !bytes.isEmpty { channel?.write(bytes) }
    }

    // MARK: Events

    private func received(_ bytes: [UInt8]) {
        lastHeard = .now
        session.receive(bytes)
        handleEvents()
    }

    private func handleEvents() {
        while let event = session.nextEvent() {
            switch event {
            case .loggedIn:
                opening?.resume()
                opening = nil
            case .row(let tag, let sentence):
                waiting[tag]?.rows.append(sentence)
                if let count = waiting[tag]?.rows.count, count > configuration.maximumRows {
                    abandon(tag, located(.tooManyRows(configuration.maximumRows)))
                }
            case .completed(let tag, let result):
                complete(tag, result)
            case .closed(let error):
                channel?.close()
                channel = nil
                // A session ends without an error only after a quit, and by then it was open.
                if let error { opening?.resume(throwing: located(error)) }
                opening = nil
            }
        }
    }

    private func complete(_ tag: UInt32, _ result: Result<Sentence, RouterOSError>) {
        guard let entry = waiting.removeValue(forKey: tag) else { return }
        switch result {
        case .success(let done):
            entry.continuation.resume(returning: Answer(rows: entry.rows, returned: done["ret"]))
        case .failure(let error):
            entry.continuation.resume(throwing: located(error))
        }
    }

    private func end(_ error: RouterOSError) {
        session.close(error)
        handleEvents()
    }

    private func located(_ error: RouterOSError) -> RouterOSError {
        var error = error
        error.endpoint = endpoint
        return error
    }
}

extension RouterOSConnection: SocketHandler {
    package nonisolated func socketConnected() {
        assumeIsolated { connection in
            connection.isConnected = true
            connection.flush()
        }
    }

    package nonisolated func socketReceived(_ bytes: [UInt8]) {
        assumeIsolated { $0.received(bytes) }
    }

    package nonisolated func socketClosed(_ error: SocketError) {
        assumeIsolated { connection in
            guard connection.isConnected else { return connection.dialNext(after: error) }
            connection.end(.lost(error, connection.endpoint, connection.session.hasRecognisedPeer))
        }
    }
}
