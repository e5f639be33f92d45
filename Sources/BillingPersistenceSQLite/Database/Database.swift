import BillingPersistence

/// Lets one thread at a time use a connection, none of them of Swift's own.
actor Database {
    private nonisolated let executor: SerialQueueExecutor
    private var opening: (@Sendable () throws -> Connection)?
    private var connection: Connection?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(label: String) {
        executor = SerialQueueExecutor(label: label)
    }

    /// Takes `first` as the connection, opened on this thread, and `opening` for every one after it.
    func open(
        first: (@Sendable () throws -> Connection)? = nil,
        _ opening: @escaping @Sendable () throws -> Connection
    ) throws {
        connection = try (first ?? opening)()
        self.opening = opening
    }

    /// Lends the connection.
    ///
    /// One that is left in a transaction, because its disk failed even while taking it back, is replaced.
    func run<Result: Sendable>(_ body: @Sendable (Connection) throws -> Result) throws -> Result {
        guard let opening else { throw PersistenceError.storeClosed }
        let connection = try self.connection ?? opening()
        self.connection = connection
        defer { if connection.isInTransaction { self.connection = nil } }
        return try body(connection)
    }

    /// Closes the connection, which the next call opens again.
    func rest() {
        connection = nil
    }

    /// Closes the connection for ever.
    func close() {
        connection = nil
        opening = nil
    }
}
