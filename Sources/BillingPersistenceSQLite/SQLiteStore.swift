public import BillingPersistence

/// A store in one SQLite file, for one process.
///
/// What ``write(_:_:)`` returned survives the loss of the process and of power: the journal is a write-ahead log that is
/// synced on every commit. One connection does all writing and checkpointing and another all reading, each on a serial
/// Dispatch queue of its own, so that no call ever blocks Swift's cooperative threads. Beside the file `billing.sqlite`
/// stand `billing.sqlite-wal` and `billing.sqlite-shm`, which belong to it, and `billing.sqlite-lock`, which holds the
/// process that has it open. All are readable by their owner only, also where they were not before.
public final class SQLiteStore: BillingStore {
    let writer: Database
    private let reader: Database

    /// Opens the database at `path`, creating or migrating it where necessary.
    ///
    /// - Throws: ``PersistenceError`` with ``PersistenceError/Code/busy`` while another process, or another store of
    ///   this process, has it open; ``PersistenceError/Code/newerSchema`` for a file of a newer version;
    ///   ``PersistenceError/Code/corrupt`` for a damaged file or one that is not ours;
    ///   ``PersistenceError/Code/io`` where the file cannot be created, read or written.
    public init(path: String) async throws {
        writer = Database(label: "routeros-billing.sqlite.writer")
        reader = Database(label: "routeros-billing.sqlite.reader")
        try await writer.openForWriting(path)
        do {
            // The file is ours alone, so whoever held a router is gone: waiting for the end of its lease would only
            // delay what it left unfinished. The epoch stays, and with it whatever protects against its late effects.
            try await writer.run { _ = try $0.run("UPDATE router_lease SET owner = NULL") }
            try await reader.openForReading(path)
        } catch {
            await writer.close()
            throw error
        }
    }

    /// Runs `body` on one snapshot, on the reading connection's queue.
    public func read<Result: Sendable>(
        _ scope: StoreScope,
        _ body: @Sendable (any StoreReader) throws -> Result
    ) async throws -> Result {
        try await reader.run { connection in
            try connection.transaction("BEGIN DEFERRED") {
                try body(SQLiteTransaction(connection, scope))
            }
        }
    }

    /// Runs `body` as one transaction, on the writing connection's queue; it is on disk when this returns.
    public func write<Result: Sendable>(
        _ scope: StoreScope,
        _ body: @Sendable (any StoreTransaction) throws -> Result
    ) async throws -> Result {
        try await writer.run { connection in
            try connection.transaction("BEGIN IMMEDIATE") {
                try body(SQLiteTransaction(connection, scope))
            }
        }
    }

    /// Reads the whole file and checks its pages, its references, and that the books balance.
    ///
    /// Takes a while.
    ///
    /// - Throws: ``PersistenceError`` with ``PersistenceError/Code/corrupt`` and what was found.
    public func verify() async throws {
        try await reader.run { try $0.verify() }
    }

    /// Ends what is running, moves the write-ahead log into the file, and lets other processes open it.
    public func close() async {
        await reader.close()
        await writer.close()
    }
}

extension BillingStore where Self == SQLiteStore {
    /// Opens a store in an SQLite file; see ``SQLiteStore/init(path:)``.
    public static func sqlite(_ path: String) async throws -> SQLiteStore {
        try await SQLiteStore(path: path)
    }
}
