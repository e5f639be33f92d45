import BillingProvisioning
import RouterOSClient
import RouterOSProtocol

/// What it takes to keep routers as the records want them: the records in an SQLite file, the routers simulated ones in
/// another process, over TCP.
public struct ProvisioningWorkloads: Sendable {
    /// What one workload took.
    public struct Result: Sendable {
        /// `provisioning.add10000.50ms` and so on.
        public let name: String
        /// The figure.
        public let value: Double
        /// The unit of it.
        public let unit: String
        /// What it must not exceed; nil where nothing is promised.
        public var bound: Double?
        /// The same of a loop that sends one command after the other; nil when there is no such thing.
        public var naive: Double?
        /// How many times as fast as that loop it has to be; nil where nothing is promised.
        public var leastRatio: Double?
        /// What else was counted.
        public var note = ""

        /// A figure of which nothing more is said yet.
        public init(name: String, value: Double, unit: String) {
            self.name = name
            self.value = value
            self.unit = unit
        }

        /// How many times as fast as the loop it is.
        public var ratio: Double? { naive.map { $0 / value } }
        /// Whether what is promised is kept.
        public var isWithin: Bool { value <= bound ?? .infinity && ratio ?? 0 >= leastRatio ?? 0 }
    }

    /// Measures on this machine.
    public init() { OpenFiles.allowAll() }

    /// Vouchers brought to one router and read back there, beside a loop that adds one user after the other and reads
    /// nothing back.
    ///
    /// - Parameters:
    ///   - count: how many vouchers.
    ///   - milliseconds: how late the router answers.
    ///   - naive: how many users the loop adds; its time is scaled to `count`.
    /// - Returns: the time of both.
    /// - Throws: what the store or the machine refused.
    public func add(_ count: Int = 10_000, latency milliseconds: Int, naive: Int = 500) async throws -> Result {
        let routers = try RoutersProcess(1, latency: milliseconds)
        let shop = try await Shop(routers)
        try await shop.generate(count)
        let provisioner = shop.provisioner()
        let clock = ContinuousClock()
        let processor = ProcessorTime.now
        let time = await clock.measure { await provisioner.provisionOnce() }
        let used = ProcessorTime.now - processor
        let found = try await shop.usersOnRouter(routers)
        guard found == count else {
            throw ProvisioningBenchmarkError(description: "\(found) of \(count) users are there")
        }
        let loop = try await oneAfterTheOther(naive, latency: milliseconds)
        await shop.remove()
        var result = Result(name: "provisioning.add\(count).\(milliseconds)ms", value: time / .seconds(1), unit: "s")
        result.naive = loop / .seconds(1) * Double(count) / Double(naive)
        result.leastRatio = milliseconds >= 50 ? 20 : nil
        result.note = "\(decimal(used / .seconds(1))) s of processor; the loop added \(naive) and is scaled"
        return result
    }

    private func oneAfterTheOther(_ count: Int, latency milliseconds: Int) async throws -> Duration {
        let routers = try RoutersProcess(1, latency: milliseconds)
        let client = RouterClient(
            RouterEndpoint("127.0.0.1", port: routers.firstPort, as: RoutersProcess.credentials),
            configuration: ClientConfiguration(rateLimit: .unlimited)
        )
        _ = try await client.get(SystemResource.self)
        let time = try await ContinuousClock().measure {
            for number in 0..<count {
                var command = Command("/ip/hotspot/user/add")
                for (name, value) in [
                    ("name", "NAIVE\(number)"), ("password", "NAIVE\(number)"), ("profile", "default"),
                    ("limit-uptime", "3h"), ("limit-bytes-total", "1610612736"), ("comment", "VOUCHER_SYSTEM|2500||"),
                ] { command.attributes.set(name, to: value) }
                _ = try await client.run(command)
            }
        }
        await client.close()
        return time
    }

    /// A router whose users are all as they should be, read in full and compared with the records.
    ///
    /// - Parameter count: how many users.
    /// - Returns: the processor time of all threads.
    /// - Throws: what the store or the machine refused.
    public func sync(_ count: Int = 10_000) async throws -> Result {
        let routers = try RoutersProcess(1)
        let shop = try await Shop(routers)
        try await shop.generate(count)
        let provisioner = shop.provisioner()
        await provisioner.provisionOnce()
        // The first reading may have something to settle.
        await provisioner.syncOnce()
        var times: [Double] = []
        for _ in 0..<5 {
            let before = ProcessorTime.now
            await provisioner.syncOnce()
            times.append((ProcessorTime.now - before) / .seconds(1))
        }
        let values = provisioner.figures.values
        guard values.syncs >= 6, values.rows[.written] == count else {
            let description = "\(values.syncs) readings, \(values.rows[.written] ?? 0) rows"
            throw ProvisioningBenchmarkError(description: description)
        }
        await shop.remove()
        let median = times.sorted()[times.count / 2]
        var result = Result(name: "provisioning.sync\(count)", value: median, unit: "s of processor")
        result.bound = 1
        result.note = "the median of 5"
        return result
    }

    /// Routers that are asked every 30 seconds how they are, for a while.
    ///
    /// - Parameters:
    ///   - count: how many routers.
    ///   - duration: for how long.
    /// - Returns: the share of one core, in per cent.
    /// - Throws: what the store or the machine refused.
    public func poll(_ count: Int = 1_000, for duration: Duration = .seconds(60)) async throws -> Result {
        let routers = try RoutersProcess(count)
        let shop = try await Shop(routers, routers: count)
        let provisioner = shop.provisioner {
            $0.statusInterval = .seconds(30)
            $0.syncInterval = .seconds(3_600)
            $0.heedsCommandRate = true
        }
        let running = Task { await provisioner.run() }
        // Each is connected to and read once before it counts.
        while provisioner.figures.values.visits[.well] ?? 0 < count { try await Task.sleep(for: .milliseconds(100)) }
        let before = (processor: ProcessorTime.now, looks: provisioner.figures.values.statuses)
        try await Task.sleep(for: duration)
        let used = ProcessorTime.now - before.processor
        let looks = provisioner.figures.values.statuses - before.looks
        running.cancel()
        await running.value
        await shop.remove()
        let expected = Double(count) * (duration / .seconds(30))
        guard Double(looks) > expected * 0.8 else {
            throw ProvisioningBenchmarkError(description: "\(looks) looks where \(Int(expected)) were due")
        }
        var result = Result(name: "provisioning.poll\(count)", value: used / duration * 100, unit: "% of a core")
        result.bound = 20
        result.note = "\(looks) looks in \(duration.components.seconds) s"
        return result
    }

    private func decimal(_ value: Double) -> String { String(Double(Int(value * 100 + 0.5)) / 100) }
}
