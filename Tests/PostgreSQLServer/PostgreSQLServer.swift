import Dispatch
import Foundation
import Glibc
import Synchronization

/// A PostgreSQL server of this process alone, in a temporary folder, reached by a socket in it: no port, no password, and
/// gone with the process.
public final class PostgreSQLServer: Sendable {
    /// The server could not be made or told something.
    public struct Failure: Error, CustomStringConvertible {
        /// What went wrong.
        public let description: String

        /// Says what went wrong.
        public init(description: String) { self.description = description }
    }

    /// The server that most tests share.
    public static var shared: PostgreSQLServer {
        get async throws { try await sharedTask.value }
    }
    private static let sharedTask = Task { try PostgreSQLServer() }

    /// Whether tests may be passed over: there are no binaries, and `ROUTEROS_WITHOUT_POSTGRESQL=1` says that this is meant.
    public static var isWaived: Bool {
        binaries == nil && ProcessInfo.processInfo.environment["ROUTEROS_WITHOUT_POSTGRESQL"] == "1"
    }

    private static let binaries: String? = {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        let newest = versions.compactMap(Int.init).sorted().last { version in
            FileManager.default.isExecutableFile(atPath: "\(root)/\(version)/bin/initdb")
        }
        return newest.map { "\(root)/\($0)/bin" }
    }()

    /// The folder of the socket and of everything else.
    public let directory: String
    /// What its socket is numbered with; a port of `localhost` too where it is secured.
    public let port: Int
    private let binaries: String
    private let lastDatabase = Atomic(0)

    /// Starts a server; one that is secured also listens to `localhost`, by TLS and to who knows the password.
    public init(isSecured: Bool = false) throws {
        guard let binaries = Self.binaries else {
            throw Failure(description: "no PostgreSQL under /usr/lib/postgresql: install the package postgresql")
        }
        self.binaries = binaries
        // Short: the name of a socket has 107 characters.
        directory = "/tmp/routeros-pg-\(getpid())-\(String(UInt32.random(in: 0 ... .max), radix: 36))"
        port = isSecured ? try Self.freePort() : 5432
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        // PostgreSQL refuses to run as root.
        if getuid() == 0 { try Self.run(["chown", "postgres", directory]) }
        try command("initdb -D data -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions")
        // Losing power is not tested; losing the process is, and needs no sync.
        let settings = """
            listen_addresses = ''
            unix_socket_directories = '\(directory)'
            fsync = off
            max_connections = 300
            shared_buffers = 32MB
            restart_after_crash = on
            lc_messages = 'C'
            """
        try command("sh -c \"cat >> data/postgresql.conf\"", input: settings + "\n")
        if isSecured { try secure() }
        try command("pg_ctl start -w -D data -l log")
        watch()
        try sql("CREATE ROLE billing LOGIN PASSWORD 'hush-hush' NOSUPERUSER NOBYPASSRLS")
    }

    /// Makes an empty database that belongs to an ordinary role, and says its URL.
    public func makeDatabase(like template: String = "template1") throws -> String {
        let name = "billing_\(lastDatabase.add(1, ordering: .relaxed).newValue)"
        try sql("CREATE DATABASE \(name) OWNER billing TEMPLATE \(template)")
        return url(name)
    }

    /// The URL of a database, for the ordinary role.
    public func url(_ database: String) -> String {
        let host = directory.replacingOccurrences(of: "/", with: "%2F")
        return "postgresql://billing:hush-hush@\(host)/\(database)"
    }

    /// Runs statements as the superuser, or as another role, and says what they answer.
    @discardableResult
    public func sql(_ text: String, database: String = "postgres", role: String = "postgres") throws -> String {
        try Self.run(
            [
                "\(binaries)/psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", directory, "-p", "\(port)",
                "-U", role, "-d", database,
            ],
            input: text
        )
    }

    /// Kills every process of the server, as a crash does, and starts it again.
    public func crash() throws { try command("pg_ctl restart -w -m immediate -D data -l log") }

    /// Does something that takes its time where it keeps no other task from running.
    public static func aside(_ work: @escaping @Sendable () throws -> Void) async throws {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
        }
    }

    /// Stops the server.
    public func stop() {
        _ = try? command("pg_ctl stop -m immediate -D data")
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// Lets the server go with this process, however that ends.
    private func watch() {
        let stop = Self.unprivileged("\(binaries)/pg_ctl stop -m immediate -D \(directory)/data")
        let script =
            """
            while kill -0 \(getpid()) 2>/dev/null && [ -d \(directory) ]; do sleep 1; done
            [ -f \(directory)/pgbouncer.pid ] && kill -KILL $(cat \(directory)/pgbouncer.pid)
            \(stop.joined(separator: " "))
            rm -rf \(directory)
            """
        _ = try? Self.spawn(["setsid", "-f", "sh", "-c", script], input: "/dev/null", output: "/dev/null")
    }

    private static func unprivileged(_ line: String) -> [String] {
        let words = line.split(separator: " ").map(String.init)
        return getuid() == 0 ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] + words : words
    }

    /// Runs one of the server's own tools in its folder, or a line of the shell's.
    func command(_ line: String, input: String = "") throws {
        let text = line.hasPrefix("sh ") ? line : "\(binaries)/\(line)"
        let user = Self.unprivileged("").joined(separator: " ")
        try Self.run(["sh", "-c", "cd \(directory) && exec \(user) \(text)"], input: input)
    }

    @discardableResult
    private static func run(_ words: [String], input: String = "") throws -> String {
        // Through files: a server that stays behind would keep a pipe open.
        let base = FileManager.default.temporaryDirectory.appendingPathComponent("routeros-pg-\(UUID().uuidString)")
            .path
        defer { for end in [".in", ".out"] { try? FileManager.default.removeItem(atPath: base + end) } }
        try Data(input.utf8).write(to: URL(fileURLWithPath: base + ".in"))
        let status = try spawn(words, input: base + ".in", output: base + ".out")
        let text = String(decoding: FileManager.default.contents(atPath: base + ".out") ?? Data(), as: UTF8.self)
        guard status == 0 else { throw Failure(description: "\(words.joined(separator: " ")): \(text)") }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Runs a program and waits for it alone: `Process` would wait for the server that it leaves behind too.
    private static func spawn(_ words: [String], input: String, output: String) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process = pid_t()
        guard posix_spawnp(&process, words.first ?? "", &actions, nil, &arguments, environ) == 0 else {
            throw Failure(description: "\(words.first ?? "") cannot be run")
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        return status
    }
}
