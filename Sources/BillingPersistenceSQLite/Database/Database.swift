import BillingPersistence

/// Lets one thread at a time use a connection, none of them of Swift's own.
actor Database {
    private nonisolated let executor: SerialQueueExecutor
    private var connection: Connection?
    private var lock: ProcessLock?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(label: String) {
        executor = SerialQueueExecutor(label: label)
    }

    func openForWriting(_ path: String) throws {
        guard !path.isEmpty, path != ":memory:" else {
            throw PersistenceError(.io, "A database needs the path of a file; for memory use InMemoryStore.")
        }
        let lock = try ProcessLock(databasePath: path)
        try lock.prepareDatabaseFile()
        let connection = try Connection(path: lock.databasePath)
        try connection.prepareForWriting()
        self.lock = lock
        self.connection = connection
    }

    func openForReading(_ path: String) throws {
        let connection = try Connection(path: path)
        try connection.prepareForReading()
        self.connection = connection
    }

    func run<Result: Sendable>(_ body: @Sendable (Connection) throws -> Result) throws -> Result {
        guard let connection else { throw PersistenceError.storeClosed }
        return try body(connection)
    }

    func close() {
        connection = nil
        lock = nil
    }
}
