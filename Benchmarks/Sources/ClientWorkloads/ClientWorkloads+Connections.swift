import Glibc
import RouterOSClient
import RouterOSProtocol

extension ClientWorkloads {
    /// Connections to one server, one after another as fast as they come about, `width` at a time.
    ///
    /// - Returns: what it took, and how much of a processor this process used.
    /// - Throws: what the client throws, or an error that says what is wrong with the server.
    public func connect(
        _ name: String = "client.connect",
        count: Int = 1_000,
        width: Int = 100
    ) async throws -> Result {
        var times: [Double] = []
        var resumed = 0
        let used = processorTime
        for _ in 0..<samples {
            var open: [RouterOSConnection] = []
            let time = try await microseconds {
                open = try await connections(count, width: width)
                for connection in open { await connection.close() }
            }
            times.append(time / 1_000)
            resumed = 0
            for connection in open where await connection.tls?.isResumed == true { resumed += 1 }
        }
        let each = Int(processorTime - used) / (count * samples)
        return result(
            name,
            times,
            [],
            unit: "ms",
            note: "\(count) logged in and closed again, \(resumed) resumed, \(each) µs of the processor each"
        )
    }

    /// What a connection costs that does nothing.
    ///
    /// - Returns: how long it took to make them, and what they take.
    /// - Throws: what the client throws, or an error that says what is wrong with the server.
    public func idle(
        _ name: String = "client.idle",
        count wanted: Int = 10_000,
        width: Int = 16
    ) async throws -> Result {
        let spare = 256
        let count = min(wanted, OpenFiles.allow(wanted + spare) - spare)
        // The first ones bring the loop, the threads and the tables of the runtime and of the TLS library.
        let first = try await connections(width, width: width)
        let before = ResidentMemory.now
        var open: [RouterOSConnection] = []
        let time = try await microseconds { open = try await connections(count, width: width) }
        // All are still open: each answers.
        for connection in open { _ = try await connection.run(Command("/system/identity/print")) }
        let bytes = (ResidentMemory.now - before) / count
        let threads = ResidentMemory.threads
        for connection in first + open { await connection.close() }
        return result(
            name,
            [time / 1_000],
            [],
            unit: "ms",
            note: "\(bytes) bytes each of \(count) connections, \(threads) threads"
        )
    }

    /// So many prints at once on one connection; the rows of each.
    ///
    /// - Throws: what the client throws.
    public func tables(_ count: Int) async throws -> [Int] {
        let endpoint = RouterEndpoint(server.address, port: server.port, security: server.security, as: credentials)
        return try await RouterOSConnection.with(endpoint) { connection in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<count {
                    group.addTask {
                        var rows = 0
                        for try await row in connection.stream(Command("/ip/hotspot/user/print")) {
                            rows += row["name"] != nil ? 1 : 0
                        }
                        return rows
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }
    }

    /// How long it takes until the last descriptor is closed of connections that the server drops all at once.
    ///
    /// A server in this process has to close its ends too.
    ///
    /// - Returns: what it took, from the command that makes the server drop them.
    /// - Throws: what the client throws, or an error that says what is wrong with the server.
    public func drop(_ name: String = "client.drop", count: Int = 1_000, width: Int = 64) async throws -> Result {
        _ = OpenFiles.allow(count + 256)
        // The first one brings the loop and its descriptors.
        for connection in try await connections(1, width: 1) { await connection.close() }
        // It may still be closing.
        try await Task.sleep(for: .milliseconds(100))
        let before = OpenFiles.count
        var times: [Double] = []
        for _ in 0..<samples {
            let open = try await connections(count, width: width)
            guard OpenFiles.count >= before + count, let last = open.last else { throw BenchmarkError.server }
            let time = try await microseconds {
                let order = Task { try await last.run(Command("/system/reboot")) }
                while OpenFiles.count > before { try await Task.sleep(for: .milliseconds(1)) }
                _ = await order.result
            }
            times.append(time / 1_000)
            // Each of them knows.
            for connection in open where (try? await connection.run(Command("/system/identity/get"))) != nil {
                throw BenchmarkError.server
            }
        }
        return result(name, times, [], unit: "ms", note: "\(count) descriptors closed")
    }

    /// So many open connections, made `width` at a time.
    private func connections(_ count: Int, width: Int) async throws -> [RouterOSConnection] {
        let endpoint = RouterEndpoint(server.address, port: server.port, security: server.security, as: credentials)
        return try await withThrowingTaskGroup(of: RouterOSConnection.self) { group in
            var open: [RouterOSConnection] = []
            open.reserveCapacity(count)
            for number in 0..<count {
                if number >= width, let next = try await group.next() { open.append(next) }
                group.addTask { try await RouterOSConnection.connect(to: endpoint) }
            }
            for try await next in group { open.append(next) }
            return open
        }
    }

    /// The time this process has kept processors busy, in microseconds.
    private var processorTime: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
        return Double(seconds) * 1e6 + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
    }
}
