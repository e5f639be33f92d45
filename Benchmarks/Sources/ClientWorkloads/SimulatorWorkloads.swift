internal import CClientLimit
internal import CResponder
import RouterOSClient
import RouterOSProtocol
internal import RouterOSTesting

/// The simulated router on a TCP port, asked by a bare socket that looks for nothing but the end of the answers.
public struct SimulatorWorkloads: Sendable {
    private let samples: Int
    private let credentials = Credentials.user("benchmark", password: "benchmark")

    /// - Parameter samples: how often each is done, of which the median counts.
    public init(samples: Int = 9) {
        self.samples = samples
    }

    /// A print of a whole table, beside the same of the C responder, by turns.
    ///
    /// - Returns: what it took.
    /// - Throws: an error that says what is wrong with the server.
    public func print(rows count: Int = 20_000) throws -> ClientWorkloads.Result {
        let router = RouterOSSimulator(.v7_18, credentials: credentials)
        defer { router.stop() }
        for row in 0..<count {
            let digits = String(row)
            try router.run(
                "/ip/hotspot/user/add",
                [
                    "server": "all",
                    "name": "VOUCHER" + String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits,
                    "password": "VOUCHER123456", "profile": "default", "limit-uptime": "3h",
                    "limit-bytes-total": "1610612736", "comment": "VOUCHER_SYSTEM|2.50|1700000000|1700010800",
                ]
            )
        }
        let socket = try signIn(to: router)
        defer { limit_hang_up(socket) }
        let other = try dial(UInt16(clamping: responder_start(Int32(clamping: count))))
        defer { limit_hang_up(other) }
        let command = ClientWorkloads.wire([Command("/ip/hotspot/user/print")])
        var times: [Double] = []
        var limits: [Double] = []
        var bytes = (ours: 0, limit: 0)
        for round in 0...samples {
            let (time, ours) = try measure(command, on: socket)
            let (limit, theirs) = try measure(command, on: other)
            // The same table is the same bytes each time.
            guard round == 0 || bytes == (ours, theirs) else { throw BenchmarkError.table }
            bytes = (ours, theirs)
            // The first round warms both up.
            guard round > 0 else { continue }
            times.append(time)
            limits.append(limit)
        }
        guard bytes.ours > count * 100 else { throw BenchmarkError.table }
        return result(
            "simulator.print\(count)",
            times,
            limits,
            unit: "ms",
            note: "\(bytes.ours >> 10) KiB, C \(bytes.limit >> 10) KiB"
        )
    }

    /// Commands that add rows, all sent at once, until the last answer has come; each time to a new router.
    ///
    /// - Returns: what it took.
    /// - Throws: an error that says what is wrong with the server.
    public func add(rows count: Int = 10_000) throws -> ClientWorkloads.Result {
        let commands = ClientWorkloads.wire(
            (0..<count).map { row in
                Command("/ip/hotspot/user/add", tag: UInt32(clamping: row + 1)) {
                    $0["name"] = "VOUCHER\(row)"
                    $0["password"] = "VOUCHER\(row)"
                    $0["profile"] = "default"
                    $0["limit-uptime"] = "3h"
                }
            }
        )
        var times: [Double] = []
        for _ in 0..<samples {
            let router = RouterOSSimulator(.v7_18, credentials: credentials)
            defer { router.stop() }
            let socket = try signIn(to: router)
            defer { limit_hang_up(socket) }
            let clock = ContinuousClock()
            let time = try clock.measure {
                let isDone = commands.withUnsafeBytes {
                    limit_pipeline(socket, $0.baseAddress, $0.count, Int32(clamping: count))
                }
                guard isDone == 0 else { throw BenchmarkError.limit }
            }
            times.append(time / .milliseconds(1))
            guard router.rows("/ip/hotspot/user").count == count else { throw BenchmarkError.table }
        }
        return result("simulator.add\(count)", times, [], unit: "ms")
    }

    /// Routers in one process, each with a client that has signed in.
    ///
    /// - Returns: what it took to bring them up.
    /// - Throws: an error that says what is wrong with the server.
    public func routers(count wanted: Int = 1_000) throws -> ClientWorkloads.Result {
        // Both ends and the listening socket of each router are in this process.
        let count = min(wanted, (OpenFiles.allow(3 * wanted + 256) - 256) / 3)
        let before = ResidentMemory.settled
        var routers: [RouterOSSimulator] = []
        var sockets: [Int32] = []
        defer {
            for socket in sockets { limit_hang_up(socket) }
            for router in routers { router.stop() }
        }
        let time = try ContinuousClock().measure {
            for _ in 0..<count {
                let router = RouterOSSimulator(.v7_18, credentials: credentials)
                routers.append(router)
                sockets.append(try signIn(to: router))
            }
        }
        let after = ResidentMemory.now
        return result(
            "simulator.routers\(count)",
            [time / .milliseconds(1)],
            [],
            unit: "ms",
            note: "\(after >> 20) MiB in all, \(((after - before) / max(1, count)) >> 10) KiB each"
        )
    }

    private func measure(_ command: [UInt8], on socket: Int32) throws -> (milliseconds: Double, bytes: Int) {
        var bytes = 0
        let time = ContinuousClock().measure {
            bytes = command.withUnsafeBytes { limit_print(socket, $0.baseAddress, $0.count) }
        }
        guard bytes > 0 else { throw BenchmarkError.limit }
        return (time / .milliseconds(1), bytes)
    }

    private func signIn(to router: RouterOSSimulator) throws -> Int32 {
        let socket = try dial(try router.listen())
        let login = ClientWorkloads.wire([
            Command("/login") {
                $0["name"] = credentials.user
                $0["password"] = "benchmark"
            }
        ])
        guard login.withUnsafeBytes({ limit_print(socket, $0.baseAddress, $0.count) }) > 0 else {
            throw BenchmarkError.limit
        }
        return socket
    }

    private func dial(_ port: UInt16) throws -> Int32 {
        let descriptor = limit_dial("127.0.0.1", Int32(port))
        guard descriptor >= 0 else { throw BenchmarkError.server }
        return descriptor
    }

    private func result(
        _ name: String,
        _ times: [Double],
        _ limits: [Double],
        unit: String,
        note: String = ""
    ) -> ClientWorkloads.Result {
        ClientWorkloads.Result(
            name: name,
            time: ClientWorkloads.median(times) ?? 0,
            limit: ClientWorkloads.median(limits),
            ratio: ClientWorkloads.median(zip(times, limits).map { $0 / $1 }),
            unit: unit,
            note: note
        )
    }
}
