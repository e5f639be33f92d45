import ClientWorkloads
import Testing

@Suite("Workloads of the simulated router", .serialized, .timeLimit(.minutes(5)))
struct SimulatorWorkloadsTests {
    /// The numbers in a note, in order.
    private func numbers(_ note: String) -> [Int] {
        note.split { !$0.isNumber }.compactMap { Int($0) }
    }

    @Test("a large table is sent whole, beside C that sends as much")
    func table() throws {
        let result = try SimulatorWorkloads(samples: 5).print()
        #expect(result.name == "simulator.print20000" && result.unit == "ms")
        let sizes = numbers(result.note)
        try #require(sizes.count == 2, "\(result.note)")
        // C sends rows of the same columns: what is compared is the same work.
        #expect(abs(sizes[0] - sizes[1]) * 10 < sizes[1], "\(result.note)")
        // Three on a quiet machine; this is for a mistake that takes many times as long.
        #expect(try #require(result.ratio) < 6, "\(result.time) ms beside \(result.limit ?? 0) ms")
    }

    @Test("one turn's ratio is its time beside the limit's")
    func ratio() throws {
        let result = try SimulatorWorkloads(samples: 1).print(rows: 500)
        let limit = try #require(result.limit)
        #expect(limit > 0 && result.time > 0)
        #expect(abs(try #require(result.ratio) - result.time / limit) < 1e-9)
    }

    @Test("pipelined adds are all carried out, and ten times as many take about ten times as long")
    func adds() throws {
        let simulator = SimulatorWorkloads(samples: 3)
        let (few, many) = (try simulator.add(rows: 1_000), try simulator.add())
        #expect(few.name == "simulator.add1000" && many.name == "simulator.add10000" && many.unit == "ms")
        // A table that is searched through for each name would take a hundred times as long.
        #expect(many.time / few.time < 30)
    }

    @Test("a thousand routers, each with a client that has signed in, take less than 64 KiB each")
    func memory() throws {
        let result = try SimulatorWorkloads(samples: 1).routers()
        try #require(result.name == "simulator.routers1000", "\(result.name): too few open files are allowed")
        // "… MiB in all, N KiB each"; so many that what earlier tests gave back to the heap does not count.
        let each = try #require(numbers(result.note).last)
        #expect((4..<64).contains(each), "\(result.note)")
    }
}
