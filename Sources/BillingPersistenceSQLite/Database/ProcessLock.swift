import BillingPersistence
internal import Glibc

/// The right of one process to have a database open, held by a lock on a file beside it.
///
/// The kernel lets go of it when the process ends, however it ends. The lock lies on a file of its own because closing
/// any descriptor of the database itself would drop SQLite's locks.
final class ProcessLock: Sendable {
    /// The path of the database itself, without symbolic links.
    let databasePath: String
    private let descriptor: Int32

    init(databasePath name: String) throws {
        databasePath = Self.resolved(name)
        let path = databasePath + "-lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw PersistenceError(
                .io,
                "Cannot create \(path); check that its folder exists and can be written.",
                cause: String(cString: strerror(errno))
            )
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            let holder = Self.holder(descriptor)
            // Not closed here: all properties are set, so `deinit` runs when this throws. A second close would hit whatever
            // got the number in between.
            throw PersistenceError(
                reason == EWOULDBLOCK ? .busy : .io,
                "\(name) is open in another process\(holder); stop that one first, then try again.",
                cause: String(cString: strerror(reason))
            )
        }
        _ = fchmod(descriptor, 0o600)
        _ = ftruncate(descriptor, 0)
        let number = Array("\(getpid())\n".utf8)
        _ = pwrite(descriptor, number, number.count, 0)
    }

    deinit {
        // Closing alone would leave the lock to a child that was forked and has not become another program yet.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Creates the database's file, if it is missing, and closes it and its companions to all but their owner.
    ///
    /// Companions that are made later take their mode from it. Only while no connection has it open: closing the
    /// descriptor drops the process's locks on the file.
    func prepareDatabaseFile() throws {
        try restrict(databasePath, creating: true)
        for companion in ["-wal", "-shm"] { try restrict(databasePath + companion, creating: false) }
    }

    private func restrict(_ path: String, creating: Bool) throws {
        let file = open(path, O_RDWR | O_CLOEXEC | (creating ? O_CREAT : 0), 0o600)
        if file < 0, errno == ENOENT, !creating { return }
        defer { if file >= 0 { close(file) } }
        var status = stat()
        guard file >= 0, fstat(file, &status) == 0, status.st_mode & 0o077 == 0 || fchmod(file, 0o600) == 0 else {
            throw PersistenceError(
                .io,
                "Cannot open \(path) for this user alone; check the path, its owner and its permissions.",
                cause: String(cString: strerror(errno))
            )
        }
    }

    /// The process that wrote its number into the lock file.
    private static func holder(_ descriptor: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 20)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        let digits = buffer.prefix(max(0, count)).prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return digits.isEmpty ? "" : " (number \(String(decoding: digits, as: UTF8.self)))"
    }

    /// The path without symbolic links, so that two names of one file share one lock, even before the file exists.
    private static func resolved(_ path: String) -> String {
        var path = path
        // As many links as the kernel follows; a circle ends here and is refused when it is opened.
        for _ in 0..<40 {
            if let real = realpath(path, nil) {
                defer { free(real) }
                return String(cString: real)
            }
            var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
            let count = readlink(path, &buffer, buffer.count)
            guard count > 0 else { return path }
            let target = String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
            let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
            path = target.hasPrefix("/") ? target : folder + target
        }
        return path
    }
}
