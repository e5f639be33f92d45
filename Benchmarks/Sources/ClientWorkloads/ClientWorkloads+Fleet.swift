internal import CResponder
import RouterOSClient
import RouterOSProtocol

extension ClientWorkloads {
    /// What the healthy routers of a fleet notice of the others.
    ///
    /// Of the routers three quarters are well, a fifth reset their connections at random moments, and a twentieth are black
    /// holes: half of those swallow every SYN, half accept connections and never answer. Each router is asked five times a
    /// second, beginning at a random moment. By turns the healthy ones are asked alone and together with all others; breakers
    /// are off, so that the trouble goes on. Measured is the time from the call to the answer of the healthy ones.
    ///
    /// - Parameters:
    ///   - routers: how many there are, 20 or more.
    ///   - turn: how long the healthy ones are asked alone, and together with the others, for each sample.
    /// - Returns: their 99th percentile beside the others, its ratio to the one alone, and the rest as a note.
    /// - Throws: what the client throws, or an error that says what is wrong with the server.
    public func fleet(routers: Int = 1_000, turn: Duration = .seconds(5)) async throws -> Result {
        _ = OpenFiles.allow(8 * routers + 1_024)
        let holes = max(2, routers / 20)
        let flapping = try Server(at: responder_start_flapping(1, 0x5EED))
        let mute = try Server(at: responder_start_mute())
        let deaf = try Server(at: responder_start_deaf())
        let well = FleetGroup(server, count: routers - routers / 5 - holes, seed: 1)
        let troubled = [
            FleetGroup(flapping, count: routers / 5, seed: 2), FleetGroup(mute, count: holes / 2, seed: 3),
            FleetGroup(deaf, count: holes - holes / 2, seed: 4),
        ]
        let client = ClientConfiguration(retry: RetryPolicy(), rateLimit: .unlimited, breaker: .never)
        let fleet = RouterFleet(FleetConfiguration(client: client))
        try await well.warmUp(fleet)
        let memory = ResidentMemory.now
        var peak = memory
        var threads = 0
        var (alone, beside) = (FleetGroup.Figures(), FleetGroup.Figures())
        var others = FleetGroup.Figures()
        var ratios: [Double] = []
        for _ in 0..<samples {
            let quiet = await well.ask(fleet, for: turn)
            async let trouble = FleetGroup.ask(troubled, fleet, for: turn)
            let loud = await well.ask(fleet, for: turn)
            peak = max(peak, ResidentMemory.now)
            threads = max(threads, ResidentMemory.threads)
            others += await trouble
            ratios.append(loud.percentile(0.99) / quiet.percentile(0.99))
            alone += quiet
            beside += loud
        }
        await fleet.close()
        let failures = alone.failures + beside.failures
        guard failures == 0 else { throw BenchmarkError.healthy(failures) }
        return Result(
            name: "client.fleet",
            time: beside.percentile(0.99),
            limit: nil,
            ratio: Self.median(ratios),
            unit: "µs p99",
            note: "\(routers) routers; \(well.count) healthy: alone \(alone), beside \(others.answers) answers and "
                + "\(others.failures) failures of the others \(beside); \((peak - memory) >> 10) KiB of growth, \(threads) threads"
        )
    }
}

/// Routers of one kind, each asked at a steady pace.
private struct FleetGroup: Sendable {
    /// What became of the questions.
    struct Figures: Sendable, CustomStringConvertible {
        /// In microseconds.
        var times: [Double] = []
        var answers: Int { times.count }
        var failures = 0

        static func += (left: inout Figures, right: Figures) {
            left.times += right.times
            left.failures += right.failures
        }

        func percentile(_ share: Double) -> Double {
            let sorted = times.sorted()
            return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
        }

        var description: String {
            "p50 \(Int(percentile(0.5))) p99 \(Int(percentile(0.99))) p99.9 \(Int(percentile(0.999))) max "
                + "\(Int(percentile(1))) µs, \(failures) errors in \(answers + failures)"
        }
    }

    static let pace = Duration.milliseconds(200)

    let endpoints: [RouterEndpoint]
    private let phases: [Duration]

    var count: Int { endpoints.count }

    /// As many routers as wanted behind one server: they differ in their user names.
    init(_ server: Server, count: Int, seed: UInt64) {
        endpoints = (0..<count).map { number in
            RouterEndpoint(server.address, port: server.port, as: .user("router\(seed)-\(number)", password: ""))
        }
        // Knuth's multiplier scatters them.
        phases = (0..<UInt64(count)).map { number in
            Self.pace * Double((number &+ seed) &* 2_654_435_761 % 1_000) / 1_000
        }
    }

    /// Asks every router once.
    func warmUp(_ fleet: RouterFleet) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            for endpoint in endpoints { group.addTask { _ = try await fleet[endpoint].run("/system/identity/print") } }
        }
    }

    /// Asks every router at the pace until the time is over.
    func ask(_ fleet: RouterFleet, for time: Duration) async -> Figures {
        await Self.ask([self], fleet, for: time)
    }

    /// The same for several groups; what is not answered when the time is over is given up and not counted.
    static func ask(_ groups: [FleetGroup], _ fleet: RouterFleet, for time: Duration) async -> Figures {
        let start = ContinuousClock.now
        return await withTaskGroup(of: Figures.self) { tasks in
            for group in groups {
                for (endpoint, phase) in zip(group.endpoints, group.phases) {
                    tasks.addTask { await ask(fleet[endpoint], from: start + phase, until: start + time) }
                }
            }
            tasks.addTask {
                try? await Task.sleep(until: start + time + .milliseconds(500), clock: .continuous)
                return Figures()
            }
            var all = Figures()
            var left = groups.reduce(1) { $0 + $1.count }
            while left > 0, let figures = await tasks.next() {
                all += figures
                left -= 1
                if ContinuousClock.now >= start + time + .milliseconds(500) { tasks.cancelAll() }
            }
            return all
        }
    }

    private static func ask(
        _ client: RouterClient,
        from first: ContinuousClock.Instant,
        until end: ContinuousClock.Instant
    ) async -> Figures {
        var figures = Figures()
        var due = first
        while due < end, !Task.isCancelled {
            try? await Task.sleep(until: due, clock: .continuous)
            let begun = ContinuousClock.now
            do {
                _ = try await client.run("/system/identity/print")
                figures.times.append((ContinuousClock.now - begun) / .microseconds(1))
            } catch is CancellationError {
                break
            } catch {
                figures.failures += 1
            }
            // One that takes longer than the pace is asked again at the next beat.
            repeat { due += pace } while due < .now
        }
        return figures
    }
}
