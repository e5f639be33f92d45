import BillingPersistence
internal import Glibc

extension SQLiteStore {
    /// Reads the whole file and checks its pages, its references, that the books balance, and that nobody has changed a
    /// line of the ledger or of the audit trail.
    ///
    /// Takes a while, in which others read and write on; cancelling the task does not shorten it.
    ///
    /// - Throws: ``PersistenceError`` with ``PersistenceError/Code/corrupt`` and what was found.
    public func verify() async throws {
        try await withCaretaker { try $0.verify() }
    }

    /// Copies the database, while it is used, into one new file that can be opened as a store.
    ///
    /// The copy is one moment of the database. Writers and readers go on meanwhile; only the write-ahead log grows, by what
    /// is written until the copy is done. The file appears at `path` when it is complete, has been verified as
    /// ``verify()`` does, and is on disk; it is readable by its owner only. A cancelled task leaves nothing behind.
    ///
    /// - Throws: ``PersistenceError`` with ``PersistenceError/Code/duplicate`` where there is a file already,
    ///   ``PersistenceError/Code/io`` where it cannot be written, and ``PersistenceError/Code/corrupt`` where the copy, and
    ///   so the database itself, is damaged; `CancellationError`.
    public func backup(to path: String) async throws {
        try await withCaretaker { source in
            let file = try BackupFile(path)
            try source.copy(into: try file.blank(), pause: Task.checkCancellation)
            try file.finish()
        }
    }

    private func withCaretaker(_ body: @Sendable (Connection) throws -> Void) async throws {
        do {
            try await caretaker.run(body)
        } catch {
            await caretaker.rest()
            throw error
        }
        await caretaker.rest()
    }
}

/// A backup while it is made: a file beside the one it becomes, gone if it never does.
private final class BackupFile {
    private let path: String
    private let partial: String

    init(_ path: String) throws {
        self.path = path
        partial = "\(path).partial-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        guard access(path, F_OK) != 0 else { throw Self.taken(path) }
        let descriptor = open(partial, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure("create", partial) }
        close(descriptor)
    }

    deinit {
        for suffix in ["", "-journal", "-wal", "-shm"] { unlink(partial + suffix) }
    }

    /// An empty database to copy into, which need not survive anything yet.
    func blank() throws -> Connection {
        let connection = try Connection(path: partial)
        try connection.execute("PRAGMA synchronous = OFF")
        return connection
    }

    /// Verifies the copy, makes it one file, syncs it and gives it its name.
    func finish() throws {
        let copy = try Connection(path: partial)
        guard try copy.text("PRAGMA journal_mode = DELETE") == "delete" else { throw Self.failure("write", partial) }
        try copy.verify()
        try Self.sync(partial, O_RDWR)
        // A link, not a new name: it fails where somebody else has put a file meanwhile.
        guard link(partial, path) == 0 else {
            throw errno == EEXIST ? Self.taken(path) : Self.failure("create", path)
        }
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        try Self.sync(folder, O_RDONLY | O_DIRECTORY)
    }

    private static func sync(_ path: String, _ flags: Int32) throws {
        let descriptor = open(path, flags | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("sync", path) }
    }

    private static func taken(_ path: String) -> PersistenceError {
        PersistenceError(.duplicate, "\(path) exists; give the backup another name, or move that file away.")
    }

    private static func failure(_ what: String, _ path: String) -> PersistenceError {
        PersistenceError(
            .io,
            "Cannot \(what) \(path); check its folder, its permissions and the room on its disk.",
            cause: String(cString: strerror(errno))
        )
    }
}
