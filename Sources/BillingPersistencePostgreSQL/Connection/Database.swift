import BillingPersistence

/// Lets one thread at a time use a connection, none of them of Swift's own.
actor Database {
    private nonisolated let executor = SerialQueueExecutor()
    private var session: Session?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Connects, and lets `prepare` do what comes before everything else.
    func open(
        _ target: ConnectionTarget,
        _ configuration: PostgreSQLConfiguration,
        _ prepare: @Sendable (Session) throws -> Void
    ) throws {
        let session = try Session(target, configuration)
        try prepare(session)
        self.session = session
    }

    /// Runs `body` with the connection, and says whether somebody else may use it afterwards.
    func run<Result: Sendable>(_ body: @Sendable (Session) throws -> Result) throws -> (result: Result, isClean: Bool) {
        guard let session else { throw PersistenceError.storeClosed }
        let result = try body(session)
        return (result, session.isClean)
    }

    /// Whether the connection still stands.
    func isFresh() -> Bool { session?.isFresh ?? false }

    /// Says goodbye.
    func close() {
        session?.close()
        session = nil
    }
}
