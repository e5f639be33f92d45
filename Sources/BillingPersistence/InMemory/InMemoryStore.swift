private import Synchronization

/// A store that keeps everything in memory and forgets it with the process: for tests, trials and simulations.
///
/// It keeps every law that a durable store keeps, except durability. Readers see a snapshot and never wait for a
/// writer; writers take turns. A write costs a copy of the tables it touches.
public final class InMemoryStore: BillingStore {
    private struct Published {
        var state = MemoryState()
        var isClosed = false
    }

    private let published = Mutex(Published())
    private let writing = Mutex(())

    /// Creates an empty store.
    public init() {}

    /// Runs `body` on the state that the last write published.
    public func read<Result: Sendable>(
        _ scope: StoreScope,
        _ body: @Sendable (any StoreReader) throws -> Result
    ) async throws -> Result {
        try body(MemoryTransaction(scope: scope, state: try snapshot()))
    }

    /// Runs `body` on a copy of the state and publishes the copy if it returns.
    public func write<Result: Sendable>(
        _ scope: StoreScope,
        _ body: @Sendable (any StoreTransaction) throws -> Result
    ) async throws -> Result {
        try writing.withLock { _ in
            let transaction = MemoryTransaction(scope: scope, state: try snapshot())
            let result = try body(transaction)
            let state = transaction.state
            try published.withLock { published in
                guard !published.isClosed else { throw PersistenceError.storeClosed }
                published.state = state
            }
            return result
        }
    }

    /// Forgets everything.
    public func close() async {
        published.withLock { published in
            published.isClosed = true
            published.state = MemoryState()
        }
    }

    private func snapshot() throws -> MemoryState {
        try published.withLock { published in
            guard !published.isClosed else { throw PersistenceError.storeClosed }
            return published.state
        }
    }
}
