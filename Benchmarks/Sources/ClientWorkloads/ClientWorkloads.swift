internal import CClientLimit
internal import CResponder
import RouterOSClient
import RouterOSProtocol

/// The client against a server that answers at once, beside a bare socket that does the same.
public struct ClientWorkloads: Sendable {
    /// Where a server listens.
    public struct Server: Sendable {
        /// An IPv4 address.
        public let address: String
        /// The port.
        public let port: UInt16

        /// Reads `127.0.0.1:8728`; nil for anything else.
        public init?(_ text: String) {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, let port = UInt16(parts[1]) else { return nil }
            address = String(parts[0])
            self.port = port
        }

        /// Starts one in this process, whose prints have `rows` rows.
        ///
        /// - Throws: an error that says so when the system gives it no port.
        public init(rows: Int) throws {
            guard let port = UInt16(exactly: responder_start(Int32(clamping: rows))) else {
                throw BenchmarkError.server
            }
            address = "127.0.0.1"
            self.port = port
        }
    }

    /// What one workload took.
    public struct Result: Sendable {
        /// `client.sequential` and so on.
        public let name: String
        /// The median of the samples: microseconds a command, or milliseconds a print.
        public let time: Double
        /// The same of a bare socket in C, sampled by turns; nil when there is no such thing.
        public let limit: Double?
        /// The median of the ratios of neighbouring samples.
        public let ratio: Double?
        /// The unit of the times.
        public let unit: String
        /// What else was counted.
        public let note: String
    }

    private let server: Server
    private let rowsServer: Server
    private let samples: Int
    private let credentials = Credentials.user("benchmark", password: "")

    /// Names the servers: one for commands, and one whose print has many rows.
    public init(server: Server, rowsServer: Server, samples: Int = 5) {
        self.server = server
        self.rowsServer = rowsServer
        self.samples = samples
    }

    private static func add(_ tag: UInt32) -> Command {
        Command("/ip/hotspot/user/add", tag: tag) {
            $0["name"] = "VOUCHER123456"
            $0["password"] = "VOUCHER123456"
            $0["profile"] = "default"
        }
    }

    private static func wire(_ commands: [Command]) -> [UInt8] {
        var encoder = SentenceEncoder()
        for command in commands { encoder.append(command) }
        return encoder.take()
    }

    /// One command after another on one connection.
    ///
    /// - Parameters:
    ///   - onLoop: whether the caller runs on the connection's event loop, or where any task runs.
    ///   - count: how many a sample has.
    /// - Returns: what it took.
    /// - Throws: what the client throws, or an error that says what is wrong with the server.
    public func sequential(onLoop: Bool, count: Int = 20_000) async throws -> Result {
        try await commands(onLoop ? "client.sequential" : "client.sequential.anyThread", count: count) { connection in
            let work: @Sendable () async throws -> Void = {
                for _ in 0..<count { _ = try await connection.run(Self.add(0)) }
            }
            if onLoop {
                try await withTaskExecutorPreference(connection.taskExecutor, operation: work)
            } else {
                try await work()
            }
        } limit: { descriptor in
            Self.wire([Self.add(1)]).withUnsafeBytes {
                limit_sequential(descriptor, $0.baseAddress, $0.count, Int32(count))
            }
        }
    }

    /// 64 callers on one connection, each sending its next command when its last was answered.
    ///
    /// - Returns: what it took.
    /// - Throws: what the client throws, or an error that says what is wrong with the server.
    public func concurrent(onLoop: Bool, rounds: Int = 3_000) async throws -> Result {
        let name = onLoop ? "client.concurrent64" : "client.concurrent64.anyThread"
        return try await commands(name, count: rounds * 64) { connection in
            try await withThrowingDiscardingTaskGroup { group in
                for _ in 0..<64 {
                    group.addTask(executorPreference: onLoop ? connection.taskExecutor : nil) {
                        for _ in 0..<rounds { _ = try await connection.run(Self.add(0)) }
                    }
                }
            }
        } limit: { descriptor in
            Self.wire((10..<74).map(Self.add)).withUnsafeBytes {
                limit_batches(descriptor, $0.baseAddress, $0.count, 64, Int32(rounds))
            }
        }
    }

    private func commands(
        _ name: String,
        count: Int,
        _ work: @Sendable (RouterOSConnection) async throws -> Void,
        limit: (Int32) -> Int32
    ) async throws -> Result {
        let connection = try await RouterOSConnection.connect(server.address, port: server.port, as: credentials)
        let socket = try dial(server)
        defer { limit_hang_up(socket) }
        var times: [Double] = []
        var limits: [Double] = []
        for _ in 0..<samples {
            times.append(try await microseconds { try await work(connection) } / Double(count))
            limits.append(
                try await microseconds { guard limit(socket) == 0 else { throw BenchmarkError.limit } } / Double(count)
            )
        }
        await connection.close()
        return result(name, times, limits, unit: "µs a command")
    }

    /// One print, the name and the comment of every row read as strings.
    ///
    /// - Returns: what it took.
    /// - Throws: what the client throws, or an error that says what is wrong with the server.
    public func print() async throws -> Result {
        let connection = try await RouterOSConnection.connect(
            rowsServer.address,
            port: rowsServer.port,
            as: credentials
        )
        let socket = try dial(rowsServer)
        defer { limit_hang_up(socket) }
        let command = Command("/ip/hotspot/user/print")
        let wire = Self.wire([command])
        var times: [Double] = []
        var limits: [Double] = []
        var rows = 0
        for _ in 0..<samples {
            rows = 0
            var length = 0
            let time = try await microseconds {
                for try await row in connection.stream(command) {
                    guard let name = row["name"], let comment = row["comment"] else { throw BenchmarkError.row }
                    length += name.utf8.count + comment.utf8.count
                    rows += 1
                }
            }
            guard length > rows else { throw BenchmarkError.row }
            times.append(time / 1_000)
            limits.append(
                try await microseconds {
                    guard wire.withUnsafeBytes({ limit_print(socket, $0.baseAddress, $0.count) }) > 0 else {
                        throw BenchmarkError.limit
                    }
                } / 1_000
            )
        }
        await connection.close()
        return result("client.print", times, limits, unit: "ms", note: "\(rows) rows")
    }

    /// Prints the table until a million rows have come, and tells how much memory that took.
    ///
    /// - Returns: what it took.
    /// - Throws: what the client throws, or an error that says what is wrong with the server.
    public func stream(rows wanted: Int = 1_000_000) async throws -> Result {
        let connection = try await RouterOSConnection.connect(
            rowsServer.address,
            port: rowsServer.port,
            as: credentials
        )
        let before = ResidentMemory.now
        var peak = before
        var rows = 0
        let time = try await microseconds {
            while rows < wanted {
                for try await row in connection.stream(Command("/ip/hotspot/user/print")) {
                    guard row["name"] != nil else { throw BenchmarkError.row }
                    rows += 1
                    if rows.isMultiple(of: 16_384) { peak = max(peak, ResidentMemory.now) }
                }
            }
        }
        await connection.close()
        let growth = (peak - before) >> 10
        return result("client.stream1M", [time / 1_000], [], unit: "ms", note: "\(rows) rows, \(growth) KiB of growth")
    }

    /// Connections to one server, one after another as fast as they come about, `width` at a time.
    ///
    /// - Returns: what it took.
    /// - Throws: what the client throws, or an error that says what is wrong with the server.
    public func connect(count: Int = 1_000, width: Int = 100) async throws -> Result {
        let server = server
        let credentials = credentials
        var times: [Double] = []
        for _ in 0..<samples {
            let time = try await microseconds {
                try await withThrowingTaskGroup(of: RouterOSConnection.self) { group in
                    var open: [RouterOSConnection] = []
                    for number in 0..<count {
                        if number >= width, let next = try await group.next() { open.append(next) }
                        group.addTask {
                            try await RouterOSConnection.connect(server.address, port: server.port, as: credentials)
                        }
                    }
                    for try await next in group { open.append(next) }
                    for connection in open { await connection.close() }
                }
            }
            times.append(time / 1_000)
        }
        return result("client.connect", times, [], unit: "ms", note: "\(count) logged in and closed again")
    }

    /// What a connection costs that does nothing.
    ///
    /// - Returns: what it took.
    /// - Throws: what the client throws, or an error that says what is wrong with the server.
    public func idle(count wanted: Int = 10_000) async throws -> Result {
        // Both ends may be in this process.
        let count = min(wanted, (OpenFiles.allow(2 * wanted + 256) - 256) / 2)
        // The first connection brings its loop, its thread and the runtime's tables.
        let first = try await RouterOSConnection.connect(server.address, port: server.port, as: credentials)
        let before = ResidentMemory.now
        var open = [first]
        let time = try await microseconds {
            for _ in 0..<count {
                open.append(
                    try await RouterOSConnection.connect(server.address, port: server.port, as: credentials)
                )
            }
        }
        let bytes = (ResidentMemory.now - before) / count
        let threads = ResidentMemory.threads
        for connection in open { await connection.close() }
        return result(
            "client.idle",
            [time / 1_000],
            [],
            unit: "ms",
            note: "\(bytes) bytes each of \(count) connections, \(threads) threads"
        )
    }

    private func dial(_ server: Server) throws -> Int32 {
        let descriptor = limit_dial(server.address, Int32(server.port))
        guard descriptor >= 0 else { throw BenchmarkError.limit }
        return descriptor
    }

    private func microseconds(_ work: () async throws -> Void) async throws -> Double {
        try await ContinuousClock().measure(work) / .microseconds(1)
    }

    private func result(
        _ name: String,
        _ times: [Double],
        _ limits: [Double],
        unit: String,
        note: String = ""
    ) -> Result {
        Result(
            name: name,
            time: Self.median(times) ?? 0,
            limit: Self.median(limits),
            ratio: Self.median(zip(times, limits).map { $0 / $1 }),
            unit: unit,
            note: note
        )
    }

    private static func median(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.sorted()[values.count / 2]
    }
}
