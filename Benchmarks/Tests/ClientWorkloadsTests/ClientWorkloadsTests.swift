import ClientWorkloads
import Testing

@Suite("Workloads of the client", .serialized, .timeLimit(.minutes(5)))
struct ClientWorkloadsTests {
    private func workloads(rows: Int) throws -> ClientWorkloads {
        ClientWorkloads(server: try .init(rows: 1), rowsServer: try .init(rows: rows), samples: 1)
    }

    @Test("each runs to its end and says what it took, beside C where there is a limit")
    func results() async throws {
        let client = try workloads(rows: 500)
        let limited = [
            try await client.sequential(onLoop: true, count: 200),
            try await client.sequential(onLoop: false, count: 200),
            try await client.concurrent(onLoop: true, rounds: 20),
            try await client.concurrent(onLoop: false, rounds: 20),
            try await client.print(),
        ]
        #expect(limited.allSatisfy { $0.time > 0 && ($0.limit ?? 0) > 0 && ($0.ratio ?? 0) > 0 })
        #expect(limited.last?.note == "500 rows")
        #expect(try await client.connect(count: 50, width: 10).note.hasPrefix("50 "))
    }

    @Test("a stream of rows takes no more memory the longer it is")
    func flatMemory() async throws {
        let client = try workloads(rows: 20_000)
        let growth = try #require(try await client.stream(rows: 200_000).note.split(separator: " ").dropFirst(2).first)
        // In KiB; all rows at once would be 55 MiB.
        #expect(try #require(Int(growth)) < 16 << 10)
    }

    @Test("a connection that does nothing costs no more than a dozen KiB")
    func idle() async throws {
        let note = try await workloads(rows: 1).idle(count: 500).note.split(separator: " ")
        #expect(try #require(note.first.flatMap { Int($0) }) < 12 << 10)
    }
}
