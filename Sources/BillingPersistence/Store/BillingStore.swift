/// Where everything that must not be lost is kept.
///
/// The bodies are synchronous on purpose: a transaction can never wait for a router. They may be run on a thread of the
/// store and must not call the store again. A body may be run again, after everything that it did was undone: whatever it
/// changes beside its transaction must bear that, as must what it returns.
public protocol BillingStore: Sendable {
    /// Runs `body` on one snapshot: it sees no write that happens meanwhile.
    ///
    /// - Throws: ``PersistenceError``, and what `body` throws.
    func read<Result: Sendable>(
        _ scope: StoreScope,
        _ body: @Sendable (any StoreReader) throws -> Result
    ) async throws -> Result

    /// Runs `body` as one transaction, which is durable once this returns.
    ///
    /// In a tenant's scope it is serialisable: the writers of a tenant take turns, and each sees all that the one before
    /// did. In the system's scope writers may run beside each other and beside those of tenants, because they must not
    /// wait for every shop there is. What such a body decides upon it reads ``Query/locked(_:)``, which makes the next wait
    /// and see; and where two would add the same unique row, the later is run again and finds it.
    ///
    /// Where `body` throws, nothing of it is kept. Cancelling the task does not interrupt a transaction.
    ///
    /// - Throws: ``PersistenceError``, and what `body` throws.
    func write<Result: Sendable>(
        _ scope: StoreScope,
        _ body: @Sendable (any StoreTransaction) throws -> Result
    ) async throws -> Result

    /// Word of changes that any process made to what workers share, as it comes; see ``ChangeHint``.
    ///
    /// Each call makes a stream of its own, which ends with its task, with the store, or at once where a store is of one
    /// process.
    var changes: AsyncStream<ChangeHint> { get }

    /// Ends what is running and lets go of the database; every later call throws ``PersistenceError/Code/closed``.
    /// Closing twice is harmless.
    func close() async
}

extension BillingStore {
    /// No word: whoever changes something is in this process, and knows.
    public var changes: AsyncStream<ChangeHint> { AsyncStream { $0.finish() } }
}
