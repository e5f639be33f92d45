public import BillingPersistence
import ConnectionPool

/// A store in a PostgreSQL database, 14 or newer, for any number of processes on any number of machines.
///
/// What ``write(_:_:)`` returned is as durable as the database's `synchronous_commit` makes it. The writers of a tenant
/// take turns, whatever process they are in, so each sees what the one before did; tenants run side by side. Writers in
/// the system's scope see what was committed before each of their statements: they lock what they decide upon, and are run
/// again where another has added a unique row before them. A reader sees one snapshot.
///
/// A body may be run again: where transactions were in each other's way, and where the connection was lost. Where it was
/// lost while the transaction was committed, the store finds out what became of it, and throws
/// ``PersistenceError/Code/outcomeUnknown`` if it cannot.
///
/// It works as an ordinary role that owns its schema, and needs no more; row security keeps tenants apart also for
/// statements that were never meant to be. It works through PgBouncer in transaction mode, except for ``changes``.
/// Across a network use `sslmode=verify-full` with `sslrootcert` in the URL: anything less does not tell the server from
/// another.
public final class PostgreSQLStore: BillingStore {
    private let target: ConnectionTarget
    private let configuration: PostgreSQLConfiguration
    private let scheduler = DispatchScheduler()
    private let pool: Pool<Database>
    private let turns: TenantTurns
    private let hints: ChangeHints

    /// Opens a database, creating or migrating its tables where necessary.
    ///
    /// - Parameters:
    ///   - url: `postgresql://user:password@host:5432/database?sslmode=verify-full`, or whatever else libpq reads; several
    ///     hosts are tried in turn, with `target_session_attrs=read-write` until one is no replica.
    ///   - configuration: limits of time and number.
    /// - Throws: ``PersistenceError`` with ``PersistenceError/Code/io`` where the database cannot be reached or lets nobody
    ///   in, and ``PersistenceError/Code/newerSchema`` where a newer version has written it.
    public init(url: String, configuration: PostgreSQLConfiguration = PostgreSQLConfiguration()) async throws {
        let target = try ConnectionTarget(url: url)
        self.target = target
        self.configuration = configuration
        do {
            let database = Database()
            try await database.open(target, configuration) { try Migrator.current.run(on: $0) }
            await database.close()
        } catch let failure as ServerFailure {
            throw failure.error()
        }
        var driver = PoolDriver<Database>(
            connect: {
                let database = Database()
                try await database.open(target, configuration) { try $0.learnBoot() }
                return database
            },
            close: { await $0.close() }
        )
        driver.isPermanent = { ($0 as? ServerFailure)?.isRefusal ?? false }
        var limits = PoolConfiguration()
        limits.maximumConnections = max(1, configuration.maximumConnections)
        limits.idleTimeout = configuration.idleTimeout
        limits.maximumLifetime = configuration.connectionLifetime
        limits.lifetimeJitter = configuration.connectionLifetime / 10
        // A server that was away is back for everybody soon after it is back.
        limits.backoff = Backoff(base: .milliseconds(50), cap: .seconds(1))
        limits.seed = UInt64.random(in: 0 ... .max)
        pool = Pool(limits, driver, on: scheduler)
        turns = TenantTurns(on: scheduler)
        hints = ChangeHints(target, configuration, on: scheduler)
    }

    /// Runs `body` on one snapshot, on a connection's own thread.
    public func read<Result: Sendable>(
        _ scope: StoreScope,
        _ body: @Sendable (any StoreReader) throws -> Result
    ) async throws -> Result {
        let configuration = configuration
        return try await transact { $0.read(scope, configuration, body) }
    }

    /// Runs `body` as one transaction, on a connection's own thread; it is committed when this returns.
    ///
    /// - Throws: also ``PersistenceError/Code/outcomeUnknown``; see ``PostgreSQLStore``.
    public func write<Result: Sendable>(
        _ scope: StoreScope,
        _ body: @Sendable (any StoreTransaction) throws -> Result
    ) async throws -> Result {
        let configuration = configuration
        guard let tenant = scope.tenant else { return try await transact { $0.write(scope, configuration, body) } }
        try await turns.take(tenant, until: scheduler.now + configuration.acquireTimeout)
        defer { turns.give(tenant) }
        return try await transact { $0.write(scope, configuration, body) }
    }

    /// Word of changes that any process made to what workers share, as it comes; see ``ChangeHint``.
    ///
    /// Each call makes a stream of its own, which begins with a hint without tables, as it does whenever hints may have
    /// been lost. It ends when the store is closed. One connection listens for all of them, and must reach the database
    /// itself: a PgBouncer in transaction mode passes no hint on.
    public var changes: AsyncStream<ChangeHint> { hints.stream() }

    /// Lets running transactions come to their end, and closes every connection.
    public func close() async {
        await hints.close()
        await pool.close(grace: configuration.statementTimeout)
    }

    // MARK: Attempts

    private func transact<Result: Sendable>(_ attempt: @Sendable (Session) -> Ending<Result>) async throws -> Result {
        let backoff = Backoff(base: .milliseconds(20), cap: .seconds(2))
        var random = SystemRandomNumberGenerator()
        var failures = 0
        while true {
            let reason: PersistenceError
            switch try await once(attempt) {
            case .done(let result, let changed):
                tell(changed)
                return result
            case .failed(let error): throw error
            case .again(let error): reason = error
            case .unknown(let result, let commit, let changed):
                switch await outcome(of: commit) {
                case true:
                    tell(changed)
                    return result
                case false: reason = ServerFailure.lost(commit.cause).error()
                default: throw PersistenceError.outcomeUnknown(cause: commit.cause)
                }
            }
            failures += 1
            guard failures < configuration.maximumAttempts else { throw reason }
            await pause(backoff.delay(afterFailures: failures, using: &random))
        }
    }

    private func once<Result: Sendable>(_ attempt: @Sendable (Session) -> Ending<Result>) async throws -> Ending<Result>
    {
        let lease = try await lease(until: scheduler.now + configuration.acquireTimeout)
        do {
            let (ending, isClean) = try await lease.connection.run(attempt)
            lease.release(isClean: isClean)
            return ending
        } catch {
            lease.release(isClean: false)
            throw error
        }
    }

    /// Waits for a connection that still stands.
    ///
    /// Cancelling the caller changes nothing: its transaction may be what it has to do before it goes.
    private func lease(until deadline: Moment) async throws -> PoolLease<Database> {
        let pool = pool
        while true {
            do {
                let lease = try await Task { try await pool.lease(deadline: deadline, site: Self.site) }.value
                if await lease.connection.isFresh() { return lease }
                lease.release(isClean: false)
            } catch let error as PoolError {
                throw PersistenceError(error)
            } catch let failure as ServerFailure {
                // A server that starts again is worth waiting for; the pool sees to it that it is not asked too often.
                guard !failure.isRefusal, scheduler.now < deadline else { throw failure.error() }
            }
        }
    }

    private static let site = CallSite(file: "BillingPersistencePostgreSQL/PostgreSQLStore.swift", line: 1)

    /// Whether a commit whose answer was lost took place; `nil` if that cannot be found out.
    private func outcome(of commit: LostCommit) async -> Bool? {
        let deadline = scheduler.now + configuration.outcomeTimeout
        while scheduler.now < deadline {
            if let lease = try? await lease(until: deadline) {
                let answer = try? await lease.connection.run { try $0.outcome(of: commit) }
                lease.release(isClean: answer?.isClean ?? false)
                switch answer?.result {
                case .committed: return true
                case .aborted: return false
                case .unknown: return nil
                case .running, nil: break
                }
            }
            await pause(.milliseconds(50))
        }
        return nil
    }

    private func pause(_ duration: Duration) async {
        let scheduler = scheduler
        let end = scheduler.now + duration
        await Task { try? await scheduler.sleep(until: end) }.value
    }

    private func tell(_ changed: Set<String>) {
        hints.note(changed) { [weak self] hint in
            guard let self,
                let lease = try? await self.lease(until: self.scheduler.now + self.configuration.acquireTimeout)
            else { return }
            let told = try? await lease.connection.run { session in
                try session.single(
                    Session.Command("SELECT pg_notify($1::text, $2::text)", texts: [ChangeHints.channel, hint.payload])
                ).count
            }
            lease.release(isClean: told?.isClean ?? false)
        }
    }
}

extension PostgreSQLStore: CustomStringConvertible, CustomReflectable {
    /// The host, the database and the user; never the password.
    public var description: String { "PostgreSQLStore(\(target))" }

    /// The description alone.
    public var customMirror: Mirror { Mirror(self, children: ["target": target.description]) }
}

extension BillingStore where Self == PostgreSQLStore {
    /// Opens a store in a PostgreSQL database; see ``PostgreSQLStore/init(url:configuration:)``.
    public static func postgreSQL(_ url: String) async throws -> PostgreSQLStore {
        try await PostgreSQLStore(url: url)
    }
}

extension PersistenceError {
    /// Why there is no connection.
    fileprivate init(_ error: PoolError) {
        switch error {
        case .closed: self = .storeClosed
        case .deadline(let figures, let failure):
            if let failure = failure as? ServerFailure {
                self = failure.error()
            } else if figures.leases == 0 {
                self.init(
                    .io,
                    "No connection to the database could be opened in time; nothing was kept.",
                    cause: "\(figures)"
                )
            } else {
                self.init(
                    .busy,
                    "Every connection to the database is in use; try again, or allow more.",
                    cause: "\(figures)"
                )
            }
        case .tooManyWaiters(let limit):
            self.init(
                .busy,
                "Too many wait for a connection to the database already; try again.",
                cause: "\(limit) wait"
            )
        case .tooManyShares: self.init(.busy, "No connection is as large as that; report this fault.")
        }
    }

    /// Nobody knows what became of a transaction.
    fileprivate static func outcomeUnknown(cause: String) -> Self {
        Self(
            .outcomeUnknown,
            "The connection was lost during the commit; look whether it took place before trying again.",
            cause: cause
        )
    }
}
