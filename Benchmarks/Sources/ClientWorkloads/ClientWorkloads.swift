import RouterOSClient
import RouterOSProtocol

/// The client against a server that answers at once, beside a bare socket that does the same.
public struct ClientWorkloads: Sendable {
    /// What one workload took.
    public struct Result: Sendable {
        /// `client.sequential` and so on.
        public let name: String
        /// The median of the samples: microseconds a command, or milliseconds a print.
        public let time: Double
        /// The same of a bare socket in C in a process of its own, sampled by turns; nil when there is no such thing.
        public let limit: Double?
        /// The median of the ratios of neighbouring samples.
        public let ratio: Double?
        /// The unit of the times.
        public let unit: String
        /// What else was counted.
        public let note: String
    }

    let server: Server
    private let rowsServer: Server
    let samples: Int
    let credentials = Credentials.user("benchmark", password: "")

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

    static func wire(_ commands: [Command]) -> [UInt8] {
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
        } limit: {
            try LimitProcess(server, .sequential(Self.wire([Self.add(1)]), count: count))
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
        } limit: {
            try LimitProcess(server, .batches(Self.wire((10..<74).map(Self.add)), width: 64, count: rounds))
        }
    }

    private func commands(
        _ name: String,
        count: Int,
        _ work: @Sendable (RouterOSConnection) async throws -> Void,
        limit: () throws -> LimitProcess
    ) async throws -> Result {
        let limit = try limit()
        let connection = try await RouterOSConnection.connect(server.address, port: server.port, as: credentials)
        var times: [Double] = []
        var limits: [Double] = []
        // As the process in C has done its work once already.
        try await work(connection)
        for _ in 0..<samples {
            times.append(try await microseconds { try await work(connection) } / Double(count))
            limits.append(try limit.microseconds() / Double(count))
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
        let command = Command("/ip/hotspot/user/print")
        let limit = try LimitProcess(rowsServer, .print(Self.wire([command])))
        var times: [Double] = []
        var limits: [Double] = []
        var rows = 0
        for sample in 0...samples {
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
            // The first warms up, as the process in C has done.
            guard sample > 0 else { continue }
            times.append(time / 1_000)
            limits.append(try limit.microseconds() / 1_000)
        }
        await connection.close()
        return result("client.print", times, limits, unit: "ms", note: "\(rows) rows")
    }

    /// One print of a million rows, and how much memory that took; of a server whose table is shorter, as many prints as
    /// it takes.
    ///
    /// The server has to be in a process of its own, or its memory counts too.
    ///
    /// - Returns: what it took.
    /// - Throws: what the client throws, or an error that says what is wrong with the server.
    public func stream(rows wanted: Int = 1_000_000) async throws -> Result {
        let connection = try await RouterOSConnection.connect(
            rowsServer.address,
            port: rowsServer.port,
            as: credentials
        )
        // The first command brings what every connection has.
        _ = try await connection.run(Command("/system/identity/get"))
        let before = ResidentMemory.now
        var peak = before
        var rows = 0
        var answers = 0
        let time = try await microseconds {
            while rows < wanted {
                answers += 1
                for try await row in connection.stream(Command("/ip/hotspot/user/print")) {
                    guard row["name"] != nil else { throw BenchmarkError.row }
                    rows += 1
                    if rows.isMultiple(of: 16_384) { peak = max(peak, ResidentMemory.now) }
                }
            }
        }
        await connection.close()
        let growth = (peak - before) >> 10
        let note = "\(rows) rows in \(answers) \(answers == 1 ? "answer" : "answers"), \(growth) KiB of growth"
        return result("client.stream1M", [time / 1_000], [], unit: "ms", note: note)
    }

    func microseconds(_ work: () async throws -> Void) async throws -> Double {
        try await ContinuousClock().measure(work) / .microseconds(1)
    }

    func result(
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

    static func median(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.sorted()[values.count / 2]
    }
}
