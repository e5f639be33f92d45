import Glibc

/// A server in a process of its own, so that its memory, its threads and its sockets are nobody else's.
///
/// The process is this very program, started anew with the arguments for ``serve(rows:protection:resumes:)``. It ends with
/// this object, and with whoever holds that.
public final class ServerProcess {
    /// Where it listens.
    public let server: Server
    private let process: pid_t
    /// The end of the pipe that keeps the process alive.
    private let leash: Int32

    /// Starts one and waits until it listens.
    ///
    /// - Throws: an error that says so when it does not.
    public init(arguments: [String]) throws {
        guard let toChild = Self.pipe() else { throw BenchmarkError.server }
        guard let toParent = Self.pipe() else {
            close(toChild.read)
            close(toChild.write)
            throw BenchmarkError.server
        }
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_adddup2(&files, toChild.read, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&files, toParent.write, STDOUT_FILENO)
        var words = (["benchmarks"] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process = pid_t()
        let status = posix_spawn(&process, "/proc/self/exe", &files, nil, &words, environ)
        close(toChild.read)
        close(toParent.write)
        let line = status == 0 ? Self.line(from: toParent.read) : ""
        close(toParent.read)
        guard let server = Server(line) else {
            close(toChild.write)
            // It has nothing to serve for, and ends.
            if status == 0 { waitpid(process, nil, 0) }
            throw BenchmarkError.server
        }
        self.server = server
        self.process = process
        leash = toChild.write
    }

    deinit {
        close(leash)
        waitpid(process, nil, 0)
    }

    /// Serves in this process until its standard input ends, and tells on standard output where.
    ///
    /// - Throws: an error that says so when the system gives it no port.
    public static func serve(rows: Int, protection: Protection, resumes: Bool) throws {
        _ = OpenFiles.allow(.max)
        print(try Server(rows: rows, protection: protection, resumes: resumes))
        fflush(nil)
        while getchar() != EOF {}
    }

    private static func pipe() -> (read: Int32, write: Int32)? {
        var ends: [Int32] = [-1, -1]
        guard Glibc.pipe(&ends) == 0 else { return nil }
        // The child gets copies of those it is meant to have.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    private static func line(from descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var next: UInt8 = 0
        while read(descriptor, &next, 1) == 1, next != UInt8(ascii: "\n") { bytes.append(next) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
