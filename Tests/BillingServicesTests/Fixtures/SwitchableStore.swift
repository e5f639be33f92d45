import BillingDomain
import BillingPersistence
import Synchronization

@testable import BillingPersistenceSQLite

/// A store whose commits can be made to fail.
final class SwitchableStore: BillingStore {
    struct Failure: Error {}

    private struct Faults {
        var commits = false
        var tenant: Identifier<Tenant>?
    }

    private let inner: any BillingStore
    private let faults = Mutex(Faults())

    init(_ inner: any BillingStore) {
        self.inner = inner
    }

    /// From now on every transaction does its work and then fails to commit.
    ///
    /// With SQLite it is COMMIT itself that fails, with a ``BillingError``; memory has nothing to commit, so there the
    /// body throws ``Failure`` at its end.
    func failCommits(_ isFailing: Bool) {
        faults.withLock { $0.commits = isFailing }
    }

    /// From now on every transaction of one tenant throws ``Failure``; nil lets all go on.
    func failWrites(of tenant: Identifier<Tenant>?) {
        faults.withLock { $0.tenant = tenant }
    }

    func read<Result: Sendable>(
        _ scope: StoreScope,
        _ body: @Sendable (any StoreReader) throws -> Result
    ) async throws -> Result {
        try await inner.read(scope, body)
    }

    func write<Result: Sendable>(
        _ scope: StoreScope,
        _ body: @Sendable (any StoreTransaction) throws -> Result
    ) async throws -> Result {
        let faults = faults.withLock { $0 }
        if let tenant = faults.tenant, scope == .tenant(tenant) {
            throw Failure()
        }
        return try await inner.write(scope) { transaction in
            let result = try body(transaction)
            guard faults.commits else { return result }
            guard let transaction = transaction as? SQLiteTransaction else { throw Failure() }
            // A reference that leads nowhere, and that nobody looks at before COMMIT.
            try transaction.connection.execute(
                """
                PRAGMA defer_foreign_keys = ON;
                INSERT INTO router (id, tenant, name, host, port, username, sealed_password, status, restarts, created_at, revision)
                VALUES (x'00', x'00', '', '', 0, '', x'', 'unknown', 0, 0, 1)
                """
            )
            return result
        }
    }

    func close() async {
        await inner.close()
    }
}
