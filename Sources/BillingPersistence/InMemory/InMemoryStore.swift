private import Synchronization

/// A store that keeps everything in memory and forgets it with the process: for tests, trials and simulations.
///
/// It keeps every law that a durable store keeps, except durability. Transactions take turns, reading ones too; one that
/// fails undoes what it did, and one that succeeds costs nothing beside its own changes.
public final class InMemoryStore: BillingStore {
    private struct State {
        var tables = Dictionary(uniqueKeysWithValues: Schema.tables.map { ($0.name, MemoryTable($0)) })
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Creates an empty store.
    public init() {}

    /// Creates a store that holds what another one holds now; from then on each goes its own way.
    package init(copying other: InMemoryStore) {
        let copy = other.state.withLock { $0 }
        state.withLock { $0 = copy }
    }

    /// Runs `body` while nobody writes.
    public func read<Result: Sendable>(
        _ scope: StoreScope,
        _ body: @Sendable (any StoreReader) throws -> Result
    ) async throws -> Result {
        try run(scope) { transaction in
            let result = try body(transaction)
            try transaction.requireSuccess()
            return result
        }
    }

    /// Runs `body` while nobody else does anything, and undoes it if it throws.
    public func write<Result: Sendable>(
        _ scope: StoreScope,
        _ body: @Sendable (any StoreTransaction) throws -> Result
    ) async throws -> Result {
        try run(scope) { transaction in
            do {
                let result = try body(transaction)
                try transaction.requireSuccess()
                return result
            } catch {
                transaction.rollBack()
                throw error
            }
        }
    }

    /// Forgets everything.
    public func close() async {
        state.withLock { state in
            state.isClosed = true
            state.tables = [:]
        }
    }

    private func run<Result: Sendable>(
        _ scope: StoreScope,
        _ body: (MemoryTransaction) throws -> Result
    ) throws -> Result {
        try state.withLock { state in
            guard !state.isClosed else { throw PersistenceError.storeClosed }
            // The tables move into the transaction and back, so that changing them copies nothing.
            let transaction = MemoryTransaction(scope: scope, tables: state.tables)
            state.tables = [:]
            defer { state.tables = transaction.handOver() }
            return try body(transaction)
        }
    }
}
