import BillingDomain
public import BillingPersistence
private import Synchronization

/// A store that fails at a chosen point of its work, to prove that whoever uses it may simply try again.
///
/// It wraps any other store. What it does up to that point is done by the other store; a failure in the middle of a
/// transaction undoes the transaction, as the laws of stores demand.
public final class InterruptingStore: BillingStore {
    /// Where it fails; all numbers count from 0 since the last ``interrupt(at:)``.
    public enum Point: Hashable, Sendable {
        /// At a reading or writing call: `rows`, `count`, `sums`, `insert`, `update` or `delete`.
        case verb(Int)
        /// At a commit: everything was done, and nothing of it is kept.
        case commit(Int)
        /// After a commit: everything is kept, and whoever asked is told that nobody knows.
        case answer(Int)
    }

    private struct State {
        var point: Point?
        var code = PersistenceError.Code.io
        var verbs = 0
        var writes = 0
        var wasReached = false
    }

    private let inner: any BillingStore
    private let state = Mutex(State())

    /// Wraps a store, which fails nowhere until it is told where.
    public init(_ inner: any BillingStore) { self.inner = inner }

    /// Fails at a point from now on, or nowhere; counting begins again.
    ///
    /// A reading or writing call fails with `code`: ``PersistenceError/Code/io`` as a store that is away does, any other
    /// as one that refuses what it is asked.
    public func interrupt(at point: Point?, with code: PersistenceError.Code = .io) {
        state.withLock { $0 = State(point: point, code: code) }
    }

    /// Whether the point was reached.
    public var wasReached: Bool { state.withLock { $0.wasReached } }

    /// The reading and writing calls since the last ``interrupt(at:)``.
    public var verbs: Int { state.withLock { $0.verbs } }

    /// The transactions that wrote, or could have, since the last ``interrupt(at:)``.
    public var writes: Int { state.withLock { $0.writes } }

    /// Runs `body` on the other store.
    public func read<Result: Sendable>(
        _ scope: StoreScope,
        _ body: @Sendable (any StoreReader) throws -> Result
    ) async throws -> Result {
        try await inner.read(scope) { reader in
            let reader = InterruptingReader(reader, self)
            let result = try body(reader)
            try reader.interruption.requireSuccess()
            return result
        }
    }

    /// Runs `body` on the other store, and fails its commit or loses the answer where that is the point.
    public func write<Result: Sendable>(
        _ scope: StoreScope,
        _ body: @Sendable (any StoreTransaction) throws -> Result
    ) async throws -> Result {
        let result = try await inner.write(scope) { transaction in
            let transaction = InterruptingTransaction(transaction, self)
            let result = try body(transaction)
            try transaction.interruption.requireSuccess()
            if self.reaches({ .commit($0.writes) }) {
                throw PersistenceError(.io, "The transaction was interrupted at its commit.")
            }
            return result
        }
        defer { state.withLock { $0.writes += 1 } }
        if reaches({ .answer($0.writes) }) {
            throw PersistenceError(.outcomeUnknown, "The answer of the commit was lost.")
        }
        return result
    }

    /// Closes the other store.
    public func close() async { await inner.close() }

    fileprivate func nextVerb() throws {
        defer { state.withLock { $0.verbs += 1 } }
        if reaches({ .verb($0.verbs) }) {
            throw PersistenceError(state.withLock(\.code), "The transaction was interrupted.")
        }
    }

    private func reaches(_ here: (State) -> Point) -> Bool {
        state.withLock { state in
            guard state.point == here(state) else { return false }
            state.wasReached = true
            return true
        }
    }
}

/// What a transaction threw first, which it throws ever after.
private final class Interruption {
    private let store: InterruptingStore
    private var failure: (any Error)?

    init(_ store: InterruptingStore) { self.store = store }

    func requireSuccess() throws { if let failure { throw failure } }

    func verb<Answer>(_ body: () throws -> Answer) throws -> Answer {
        try requireSuccess()
        do {
            try store.nextVerb()
            return try body()
        } catch {
            failure = error
            throw error
        }
    }
}

/// The reading half, the same for readers and transactions.
private protocol InterruptingReading: StoreReader {
    var reader: any StoreReader { get }
    var interruption: Interruption { get }
}

extension InterruptingReading {
    var scope: StoreScope { reader.scope }
    func clock() throws -> Timestamp? { try reader.clock() }
    func rows(_ query: RowQuery) throws -> [[StoreValue]] { try interruption.verb { try reader.rows(query) } }
    func count(_ query: RowQuery) throws -> Int { try interruption.verb { try reader.count(query) } }
    func sums(_ query: RowQuery, of columns: [String], by groups: [String]) throws -> [RowSums] {
        try interruption.verb { try reader.sums(query, of: columns, by: groups) }
    }
}

private struct InterruptingReader: InterruptingReading {
    let reader: any StoreReader
    let interruption: Interruption

    init(_ reader: any StoreReader, _ store: InterruptingStore) {
        self.reader = reader
        interruption = Interruption(store)
    }
}

private struct InterruptingTransaction: InterruptingReading, StoreTransaction {
    private let inner: any StoreTransaction
    let interruption: Interruption
    var reader: any StoreReader { inner }

    init(_ inner: any StoreTransaction, _ store: InterruptingStore) {
        self.inner = inner
        interruption = Interruption(store)
    }

    func insert(_ rows: [[StoreValue]], into table: RecordTable) throws {
        try interruption.verb { try inner.insert(rows, into: table) }
    }
    func update(_ row: [StoreValue], in table: RecordTable) throws {
        try interruption.verb { try inner.update(row, in: table) }
    }
    func delete(_ query: RowQuery) throws -> Int { try interruption.verb { try inner.delete(query) } }
}
