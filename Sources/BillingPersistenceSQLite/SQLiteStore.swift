public import BillingPersistence

/// A store in one SQLite file, for one process.
///
/// What ``write(_:_:)`` returned survives the loss of the process and of power: the journal is a write-ahead log that is
/// synced on every commit. One connection does all writing and checkpointing and a few others all reading, each on a
/// serial Dispatch queue of its own, so that no call ever blocks Swift's cooperative threads. Beside the file
/// `billing.sqlite` stand `billing.sqlite-wal` and `billing.sqlite-shm`, which belong to it, and `billing.sqlite-lock`,
/// which holds the process that has it open. All are readable by their owner only, also where they were not before.
public final class SQLiteStore: BillingStore {
    /// What whoever runs the store should know about it; empty if there is nothing.
    public let diagnostics = SQLiteDiagnostic.ofLinkedLibrary

    let writer = Database(label: "routeros-billing.sqlite.writer")
    /// For what takes long; its connection is open only meanwhile.
    let caretaker = Database(label: "routeros-billing.sqlite.caretaker")
    private let readers: ReaderPool

    /// Opens the database at `path`, creating or migrating it where necessary.
    ///
    /// - Parameters:
    ///   - path: The path of the file.
    ///   - readers: How many reading transactions may run at once, 1…64; others wait in line. Each costs up to 2 MiB, the
    ///     writer up to 32.
    /// - Throws: ``PersistenceError`` with ``PersistenceError/Code/busy`` while another process, or another store of
    ///   this process, has it open; ``PersistenceError/Code/newerSchema`` for a file of a newer version;
    ///   ``PersistenceError/Code/corrupt`` for a damaged file or one that is not ours;
    ///   ``PersistenceError/Code/io`` where the file cannot be created, read or written.
    public convenience init(path: String, readers: Int = 4) async throws {
        try await self.init(path: path, readers: readers, vfs: nil)
    }

    /// Opens the database through a layer of SQLite's own that stands for the operating system.
    init(path: String, readers count: Int = 4, vfs: String?) async throws {
        guard !path.isEmpty, path != ":memory:" else {
            throw PersistenceError(.io, "A database needs the path of a file; for memory use InMemoryStore.")
        }
        readers = ReaderPool(min(max(1, count), 64))
        do {
            try await writer.open(path, vfs)
            // The file is ours alone, so whoever held a router is gone: waiting for the end of its lease would only
            // delay what it left unfinished. The epoch stays, and with it whatever protects against its late effects.
            try await write(.system) { try $0.releaseEveryLease() }
            let reading: @Sendable () throws -> Connection = {
                let connection = try Connection(path: path, vfs: vfs)
                try connection.prepareForReading()
                return connection
            }
            for reader in readers.readers + [caretaker] { try await reader.open(reading) }
            await caretaker.rest()
        } catch {
            await close()
            throw error
        }
    }

    /// Runs `body` on one snapshot, on a reading connection's queue.
    public func read<Result: Sendable>(
        _ scope: StoreScope,
        _ body: @Sendable (any StoreReader) throws -> Result
    ) async throws -> Result {
        try await readers.run { try $0.transaction("BEGIN DEFERRED", scope, body) }
    }

    /// Runs `body` as one transaction, on the writing connection's queue; it is on disk when this returns.
    public func write<Result: Sendable>(
        _ scope: StoreScope,
        _ body: @Sendable (any StoreTransaction) throws -> Result
    ) async throws -> Result {
        try await writer.run { try $0.transaction("BEGIN IMMEDIATE", scope, body) }
    }

    /// Ends what is running, moves the write-ahead log into the file, and lets other processes open it.
    public func close() async {
        await caretaker.close()
        await readers.close()
        await writer.close()
    }
}

extension Database {
    /// Opens the file to write in, held by a lock as long as this is open.
    fileprivate func open(_ path: String, _ vfs: String?) throws {
        let lock = try ProcessLock(databasePath: path)
        try lock.prepareDatabaseFile()
        // The lock goes with whoever may open the file again.
        let writing: @Sendable () throws -> Connection = {
            let connection = try Connection(path: lock.databasePath, vfs: vfs)
            try connection.prepareForWriting()
            return connection
        }
        try open(
            first: {
                let connection = try Connection(path: lock.databasePath, vfs: vfs)
                try connection.prepareFile()
                return connection
            },
            writing
        )
    }
}

extension Connection {
    fileprivate func transaction<Result>(
        _ begin: String,
        _ scope: StoreScope,
        _ body: (SQLiteTransaction) throws -> Result
    ) throws -> Result {
        try transaction(begin) {
            let transaction = SQLiteTransaction(self, scope)
            let result = try body(transaction)
            try transaction.requireSuccess()
            return result
        }
    }
}

extension BillingStore where Self == SQLiteStore {
    /// Opens a store in an SQLite file; see ``SQLiteStore/init(path:readers:)``.
    public static func sqlite(_ path: String) async throws -> SQLiteStore {
        try await SQLiteStore(path: path)
    }
}
