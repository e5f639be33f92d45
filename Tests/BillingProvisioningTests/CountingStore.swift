import BillingPersistence
import Synchronization

/// A store in memory that counts how often the records of a tenant are searched without changing them.
final class CountingStore: BillingStore {
    private let inner = InMemoryStore()
    private let count = Mutex(0)

    var tenantReads: Int { count.withLock { $0 } }

    func read<Result: Sendable>(
        _ scope: StoreScope,
        _ body: @Sendable (any StoreReader) throws -> Result
    ) async throws -> Result {
        if case .tenant = scope { count.withLock { $0 += 1 } }
        return try await inner.read(scope, body)
    }

    func write<Result: Sendable>(
        _ scope: StoreScope,
        _ body: @Sendable (any StoreTransaction) throws -> Result
    ) async throws -> Result {
        try await inner.write(scope, body)
    }

    func close() async { await inner.close() }
}
