import ConnectionPool
import OpenSSLSupport
import RouterOSProtocol

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
public actor RouterOSConnection: RouterOSCommands {
    /// The executor of the connection's event loop.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// Where the router is, `host:port`.
    public nonisolated var endpoint: String { router.description }

    let router: RouterEndpoint
    let loop: EventLoop
    let configuration: ConnectionConfiguration
    /// What opens its transport; nil for TCP to the endpoint.
    let opener: TransportOpener?
    /// When it was begun.
    let begun: ContinuousClock.Instant

    // The connection itself.
    var session: SessionMachine
    var channel: (any Transport)?
    /// How the connection is protected; nil without TLS, and before the handshake is done.
    public internal(set) var tls: ConnectionTLS?
    /// What it has carried so far; may be asked for at any time, also when it has ended.
    public internal(set) var traffic = ConnectionTraffic()
    var dialling: Dialling?
    /// When to begin with TLS and login; nil for at once.
    let turn: HandshakeTurn?
    /// Where TLS is computed.
    let threads: HandshakeThreads
    /// What ends the connection once nothing is under way any more.
    var closing: [CheckedContinuation<Void, Never>] = []
    var isClosing = false
    /// Who wants to hear of the end.
    var endings: [@Sendable () -> Void] = []

    // Commands.
    /// Under way, by tag.
    var calls: [UInt32: Call] = [:]
    /// Waiting to be sent, by number; numbers that are missing were given up.
    var held: [UInt64: Call] = [:]
    var nextHeld: UInt64 = 0
    var lastHeld: UInt64 = 0
    var isFlushScheduled = false
    /// Whether so much waits to be sent that commands are held back.
    var isCongested = false

    // Streams.
    var fullStreams = 0
    var isPaused = false
    /// Whose rows are being received: most rows follow one of the same command.
    var receiving: (tag: UInt32, call: Call)?
    /// Streams that have had rows since they were last handed over.
    var touched: [Call] = []

    // Time.
    var deadlines = DeadlineHeap<ContinuousClock.Instant, Call.Ticket>()
    var timer: (handle: EventLoop.Timer, due: ContinuousClock.Instant)?
    var keepAliveTimer: EventLoop.Timer?
    /// The question whether the router is there, while it waits for an answer.
    var signOfLife: Call.Ticket?
    /// Whether the router has let us in, so that the end is worth telling.
    var hasStood = false
    var lastHeard: ContinuousClock.Instant
    /// When a cancel was sent to a router that had not answered in time, and that has said nothing since.
    var suspectedSince: ContinuousClock.Instant?

    init(
        _ router: RouterEndpoint,
        _ loop: EventLoop,
        _ configuration: ConnectionConfiguration,
        _ turn: HandshakeTurn? = nil,
        computingOn threads: HandshakeThreads = .shared,
        over opener: TransportOpener? = nil
    ) {
        self.router = router
        self.turn = turn
        self.threads = threads
        self.loop = loop
        self.configuration = configuration
        self.opener = opener
        begun = loop.now
        lastHeard = begun
        session = SessionMachine(limits: configuration.limits, maximumInFlight: max(1, configuration.maximumInFlight))
    }

    deinit {
        if let timer { loop.cancel(timer.handle) }
        if let keepAliveTimer { loop.cancel(keepAliveTimer) }
        if hasStood { configuration.observer?.observe(.disconnected(endpoint: router.description, error: nil)) }
    }

    // MARK: Open

    /// Connects and logs in, runs `body`, and closes the connection whatever happens.
    ///
    /// - Throws: ``RouterOSError`` as ``connect(to:configuration:)`` does, or what `body` throws.
    public static func with<Result>(
        _ host: String,
        port: UInt16? = nil,
        security: ConnectionSecurity = .plaintext,
        as credentials: Credentials,
        configuration: ConnectionConfiguration = ConnectionConfiguration(),
        isolation: isolated (any Actor)? = #isolation,
        _ body: (RouterOSConnection) async throws -> sending Result
    ) async throws -> sending Result {
        let router = RouterEndpoint(host, port: port, security: security, as: credentials)
        return try await with(router, configuration: configuration, isolation: isolation, body)
    }

    /// Connects and logs in, runs `body`, and closes the connection whatever happens.
    ///
    /// - Throws: ``RouterOSError`` as ``connect(to:configuration:)`` does, or what `body` throws.
    public static func with<Result>(
        _ router: RouterEndpoint,
        configuration: ConnectionConfiguration = ConnectionConfiguration(),
        isolation: isolated (any Actor)? = #isolation,
        _ body: (RouterOSConnection) async throws -> sending Result
    ) async throws -> sending Result {
        let connection = try await connect(to: router, configuration: configuration)
        do {
            let result = try await body(connection)
            await connection.close()
            return result
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Connects and logs in; see ``connect(to:configuration:)``.
    public static func connect(
        _ host: String,
        port: UInt16? = nil,
        security: ConnectionSecurity = .plaintext,
        as credentials: Credentials,
        configuration: ConnectionConfiguration = ConnectionConfiguration()
    ) async throws -> RouterOSConnection {
        let router = RouterEndpoint(host, port: port, security: security, as: credentials)
        return try await connect(to: router, configuration: configuration)
    }

    /// Connects and logs in.
    ///
    /// Without TLS, user name and password cross the network in the clear: use that inside a network that you trust or a
    /// tunnel. With it nothing is sent before the router is known to be the right one; see ``TLSTrust``.
    ///
    /// - Throws: ``RouterOSError``: `nameResolution`, `unreachable`, `connectionRefused`, `connectTimeout` when the port is
    ///   not reached; `notRouterOS`, `protocolViolation`, `limitExceeded`, `connectionClosed`, `deadlineExceeded` when what
    ///   answers is no API service, with TLS or without; `tlsFailed`, `certificateRejected`, `certificateChanged` when the router does not speak
    ///   the TLS that was asked for or is not the right one; `authentication` when the login is refused. All within
    ///   `connectTimeout`. `CancellationError` when the task is cancelled.
    public static func connect(
        to router: RouterEndpoint,
        configuration: ConnectionConfiguration = ConnectionConfiguration()
    ) async throws -> RouterOSConnection {
        try await connect(to: router, configuration: configuration, on: .shared)
    }

    /// Connects over a transport of the caller's own, which the endpoint then only names.
    package static func connect(
        to router: RouterEndpoint,
        configuration: ConnectionConfiguration,
        over opener: @escaping TransportOpener
    ) async throws -> RouterOSConnection {
        let connection = RouterOSConnection(router, .shared, configuration, over: opener)
        try await connection.open(.shared)
        return connection
    }

    /// Connects on a loop, and with a name service, of the caller's choice, and takes its turn among the handshakes of others.
    static func connect(
        to router: RouterEndpoint,
        configuration: ConnectionConfiguration,
        on loop: EventLoop,
        resolvingWith resolver: NameResolver = .shared,
        _ turn: HandshakeTurn? = nil
    ) async throws -> RouterOSConnection {
        let connection = RouterOSConnection(router, loop, configuration, turn)
        if let identity = router.security.identity(of: router.host) {
            do throws(TLSError) {
                try await connection.threads.prepare(.shared, for: identity)
            } catch {
                throw RouterOSError.tls(error, router.security, router.description)
            }
        }
        try await connection.open(resolver)
        return connection
    }

    // MARK: State and end

    /// Whether commands may be sent.
    public var isOpen: Bool { session.isReady && !isClosing }

    /// How many commands wait to be sent because the router has enough to do.
    public var heldCommands: Int {
        // The connection's own question, whether the router is there, is no command of anybody's.
        if case .held = signOfLife?.current { held.count - 1 } else { held.count }
    }

    /// Runs tasks on the thread of this connection: `Task(executorPreference: router.taskExecutor) { … }`.
    ///
    /// A task that talks to the router from there has its answers without a change of threads. What it does besides must not
    /// take long: every connection of the same loop waits for it.
    public nonisolated var taskExecutor: any TaskExecutor { loop.taskExecutor }

    /// Ends the connection at once; commands in flight fail with code `connectionClosed`.
    ///
    /// Does nothing when it has ended.
    public func close() {
        if session.isReady {
            session.quit()
            flush()
        }
        end(RouterOSError(.connectionClosed, "the connection was closed here", endpoint: endpoint))
    }

    /// Ends the connection once what is under way has been answered, and after `grace` at the latest.
    ///
    /// Streams are ended at once, and new commands are refused: both with code `connectionClosed`.
    public func close(within grace: Duration) async {
        guard session.isReady else { return close() }
        isClosing = true
        for call in Array(calls.values) + Array(held.values) {
            if case .stream = call.audience { abandon(call.ticket, RouterOSError.closing(endpoint)) }
        }
        let alarm = loop.schedule(at: loop.now.later(by: grace)) { [weak self] in self?.assumeIsolated { $0.close() } }
        closeIfDone()
        if !session.isClosed { await withCheckedContinuation { closing.append($0) } }
        loop.cancel(alarm)
    }

    /// Ends a connection that was asked to, when nothing is under way.
    func closeIfDone() {
        if isClosing, calls.isEmpty, held.isEmpty { close() }
    }

    /// Ends the connection with an error.
    func end(_ error: RouterOSError) {
        session.close(error)
        handleEvents()
        for number in held.keys.sorted() {
            guard let call = held.removeValue(forKey: number) else { continue }
            // Nothing of it was sent.
            settle(call, .failure(error.safeToRetry))
        }
    }

    /// The error, with where it happened.
    func located(_ error: RouterOSError) -> RouterOSError {
        var error = error
        error.endpoint = endpoint
        return error
    }
}
