import ClientWorkloads
import Testing

@Suite("Workloads of the simulated router", .serialized, .timeLimit(.minutes(5)))
struct SimulatorWorkloadsTests {
    @Test("each runs to its end and says what it took")
    func results() throws {
        let simulator = SimulatorWorkloads(samples: 1)
        let printed = try simulator.print(rows: 500)
        #expect(printed.time > 0 && (printed.limit ?? 0) > 0 && (printed.ratio ?? 0) > 0)
        #expect(try simulator.add(rows: 500).time > 0)
    }

    @Test("a router with a client that has signed in takes less than 300 KiB")
    func memory() throws {
        let words = try SimulatorWorkloads(samples: 1).routers(count: 100).note.split(separator: " ")
        // "… MiB in all, N KiB each".
        #expect(try #require(words.dropLast(2).last.flatMap { Int($0) }) < 300)
    }
}
