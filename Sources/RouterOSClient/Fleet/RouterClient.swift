package import ConnectionPool
public import RouterOSProtocol

/// A router to come back to: connects when it is needed, shares and keeps its connections, and tries again where that is safe.
///
/// ```swift
/// let client = RouterClient(RouterEndpoint("10.10.0.2", as: .user("api", password: secret)))
/// let uptime = try await client.get(SystemResource.self).uptime
/// ```
///
/// Callers share connections; commands do not wait for each other on one. A command that fails is sent again, after a random
/// wait, when nothing of it reached the router or when it only reads. A write whose answer is lost is never sent again: its
/// error says so, and ``RouterOSError/readBack`` is the command that shows whether it took effect. A refused password is not
/// tried again. A router that does not answer is left alone for a while, and no router is sent more than its rate limit.
///
/// Safe to use from any task. No task runs while nothing is asked; a client that is let go of closes its connections.
public final class RouterClient: RouterOSCommands {
    /// The router.
    public let router: RouterEndpoint
    /// How it is treated.
    public let configuration: ClientConfiguration
    /// Where the router is, `host:port`.
    public var endpoint: String { router.description }

    private let scheduler: any Scheduler
    private let pool: Pool<RouterOSConnection>
    private let turns: CommandTurns
    private let calls: CallGuard

    /// Names a router; nothing is sent yet.
    public convenience init(_ router: RouterEndpoint, configuration: ClientConfiguration = ClientConfiguration()) {
        self.init(router, configuration, on: .shared)
    }

    package convenience init(_ router: RouterEndpoint, _ configuration: ClientConfiguration, on loop: EventLoop) {
        self.init(router, configuration, on: loop, LoopScheduler(loop: loop))
    }

    /// Makes a client with a clock of the caller's; its connections keep their own.
    package convenience init(
        _ router: RouterEndpoint,
        _ configuration: ClientConfiguration,
        scheduler: any Scheduler
    ) {
        self.init(router, configuration, on: .shared, scheduler)
    }

    init(
        _ router: RouterEndpoint,
        _ configuration: ClientConfiguration,
        on loop: EventLoop,
        _ scheduler: any Scheduler,
        _ budget: SharedRetryBudget? = nil,
        _ handshakes: HandshakeGate? = nil
    ) {
        self.router = router
        self.configuration = configuration
        self.scheduler = scheduler
        let seed = UInt64.random(in: 0...UInt64.max)
        calls = CallGuard(router.description, configuration, scheduler, budget, seed: seed)
        turns = CommandTurns(router.description, configuration, on: scheduler)
        pool = Pool(
            PoolConfiguration(configuration, seed: seed),
            PoolDriver(router, configuration.connection, on: loop, handshakes),
            on: scheduler
        )
    }

    // MARK: Commands

    /// Sends a command and collects everything the router answers.
    ///
    /// - Parameters:
    ///   - command: what to send.
    ///   - deadline: how long all of it may take, waits and further attempts included; nil for
    ///     ``ClientConfiguration/callTimeout``, with the connection's `requestTimeout` for each attempt.
    /// - Returns: the rows and what the command returned.
    /// - Throws: ``RouterOSError``: what the router reported; what became of connecting; `unavailable` when the command was not
    ///   sent at all; with ``RouterOSError/readBack`` when a write may have taken effect. `CancellationError` when the task is
    ///   cancelled.
    public func run(_ command: Command, deadline: Duration?) async throws -> Answer {
        let due = scheduler.now + (deadline ?? configuration.callTimeout)
        return try await repeating(command, until: due, shares: 1) { [configuration, turns] lease, _ in
            let rest = try turns.timeLeft(until: due, for: command)
            let patience = deadline == nil ? min(configuration.connection.requestTimeout, rest) : rest
            let answer = try await lease.connection.run(command, deadline: patience)
            lease.release()
            return answer
        }
    }

    /// The rows of a command's answer as they come; see ``RouterOSCommands/stream(_:deadline:)``.
    ///
    /// What goes wrong before the first row is tried again as a command is; after it the stream ends with the error.
    public func stream(_ command: Command, deadline: Duration?) -> AnswerStream {
        AnswerStream { [self] in
            let started = ContinuousClock.now
            let due = scheduler.now + configuration.callTimeout
            return try await repeating(command, until: due, shares: streamShares) { [calls, turns] lease, permit in
                guard await lease.connection.isOpen else { throw RouterOSError.endedAtRest }
                _ = try turns.timeLeft(until: due, for: command)
                let source = try await lease.connection.stream(command, deadline: deadline).source()
                // The first row may be long in coming: nobody is to wait for it who only wants to know whether the router is
                // there. A new connection shows that, one that has been silent since shows nothing.
                calls.record(await lease.connection.heard(since: started) ? .success : .unknown, of: permit)
                return LeasedRows(try await source.next(), source, lease)
            }
        }
    }

    /// Runs `body` with an open connection, which others use at the same time unless it is taken exclusively.
    ///
    /// `body` is run once: what it began when a connection is lost may have taken effect, and only `body` knows whether that may
    /// be repeated. What it sends takes its turn in the rate limit, and is sent once.
    ///
    /// - Parameters:
    ///   - exclusively: whether nobody else may use the connection meanwhile.
    ///   - deadline: how long to wait for a connection; nil for ``ClientConfiguration/callTimeout``.
    ///   - file: who asks, for the report on a connection that is held for long.
    ///   - line: as `file`.
    ///   - isolation: where `body` runs.
    ///   - body: what to do with the connection.
    /// - Returns: what `body` returns.
    /// - Throws: ``RouterOSError`` as ``run(_:deadline:)`` does, or what `body` throws.
    public func with<Result>(
        exclusively: Bool = false,
        deadline: Duration? = nil,
        file: String = #fileID,
        line: Int = #line,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (LeasedRouter) async throws -> sending Result
    ) async throws -> sending Result {
        let due = scheduler.now + (deadline ?? configuration.callTimeout)
        let started = ContinuousClock.now
        let opening = Command("/login")
        let shares = exclusively ? sharesPerConnection : 1
        let site = CallSite(file: file, line: line)
        let lease = try await repeating(opening, until: due, shares: shares, site: site, isCounted: false) {
            [calls] lease, permit in
            // One that has ended while it rested is found out before `body` begins, and replaced.
            guard await lease.connection.isOpen else { throw RouterOSError.endedAtRest }
            // One that stands and has been silent since tells a probe nothing.
            if await !lease.connection.heard(since: started) { calls.record(.unknown, of: permit) }
            return lease
        }
        do {
            let result = try await body(LeasedRouter(lease.connection, turns, callTimeout: configuration.callTimeout))
            lease.release()
            return result
        } catch {
            lease.release(isClean: (error as? RouterOSError)?.leavesConnectionUsable ?? true)
            throw error
        }
    }

    /// Ends the client: whoever waits, and whoever comes, fails with code `unavailable`; commands under way have `grace`.
    ///
    /// Returns when every connection is closed. May be called again.
    public func close(grace: Duration = .zero) async { await pool.close(grace: grace) }

    /// Ends the client without waiting until its connections are closed.
    func beginClosing() { pool.beginClosing() }

    // MARK: One call

    /// Sends something as often as is allowed and needed.
    private func repeating<Result: Sendable>(
        _ command: Command,
        until due: Moment,
        shares: Int,
        site: CallSite? = nil,
        isCounted: Bool = true,
        _ body: @Sendable (PoolLease<RouterOSConnection>, CircuitBreaker.Permit) async throws -> Result
    ) async throws -> Result {
        let site = site ?? CallSite(file: command.path, line: 0)
        return try await calls.repeating(command, in: isCounted ? turns : nil, until: due) { permit in
            try await once(shares, until: due, site, permit, body)
        }
    }

    /// Sends something over a connection that stands, and tells the breaker how that went.
    private func once<Result: Sendable>(
        _ shares: Int,
        until due: Moment,
        _ site: CallSite,
        _ permit: CircuitBreaker.Permit,
        _ body: @Sendable (PoolLease<RouterOSConnection>, CircuitBreaker.Permit) async throws -> Result
    ) async throws -> Result {
        let started = ContinuousClock.now
        // Connections that rest may all have ended unnoticed; that is no attempt, since nothing was sent.
        var stale = 0
        while true {
            let lease = try await lease(shares, until: due, site, permit)
            do {
                let result = try await body(lease, permit)
                calls.record(.success, of: permit)
                return result
            } catch let error as RouterOSError {
                lease.release(isClean: error.leavesConnectionUsable)
                stale += 1
                let isStale = error.code == .connectionClosed && error.isSafeToRetry && lease.connection.begun < started
                if isStale, stale <= max(1, configuration.maximumConnections) { continue }
                calls.record(error, wasHeard: await lease.connection.heard(since: started), of: permit)
                throw error
            } catch {
                lease.release()
                calls.record(error, of: permit)
                throw error
            }
        }
    }

    /// Waits for a connection; what goes wrong before there is one leaves nothing unknown.
    private func lease(
        _ shares: Int,
        until due: Moment,
        _ site: CallSite,
        _ permit: CircuitBreaker.Permit
    ) async throws -> PoolLease<RouterOSConnection> {
        do {
            return try await pool.lease(shares: shares, deadline: due, site: site)
        } catch {
            let failure = (error as? PoolError).map { RouterOSError.pool($0, endpoint) } ?? error
            calls.record(failure, of: permit)
            throw (failure as? RouterOSError)?.safeToRetry ?? failure
        }
    }

    private var sharesPerConnection: Int { PoolConfiguration.shares(configuration) }

    private var streamShares: Int { max(1, sharesPerConnection / max(1, configuration.streamsPerConnection)) }

    /// Whether nobody has used it since `moment`, and nobody does.
    func isUnused(since moment: Moment) -> Bool {
        let figures = pool.figures
        return calls.lastUse < moment && figures.leases == 0 && figures.waiting == 0
    }
}

extension RouterOSError {
    static let endedAtRest = RouterOSError(
        .connectionClosed,
        "the connection ended while nobody used it. Connect again.",
        isSafeToRetry: true
    )
}
