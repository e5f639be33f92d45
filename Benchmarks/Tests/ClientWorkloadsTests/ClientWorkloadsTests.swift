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

    @Test("connections over TLS are made anew, or resumed where the server has it", arguments: Protection.allCases)
    func protection(_ protection: Protection) async throws {
        for resumes in [false, true] {
            let server = try Server(rows: 1, protection: protection, resumes: resumes)
            #expect(Server("\(server)")?.description == "\(server)")
            let client = ClientWorkloads(server: server, rowsServer: server, samples: 1)
            let note = try await client.connect(count: 5, width: 1).note
            #expect(note.contains(protection != .plain && resumes ? ", 4 resumed" : ", 0 resumed"))
        }
    }

    @Test("what is no server's name is none", arguments: ["", "a", "a:b", "a:1/", "a:1/b", "a:70000", "a:1:2"])
    func nonsense(text: String) {
        #expect(Server(text) == nil)
    }

    @Test("healthy routers of a fleet are asked alone and beside others in trouble, and none of them fails")
    func fleet() async throws {
        let result = try await workloads(rows: 1).fleet(routers: 40, turn: .seconds(5))
        #expect(result.time > 0 && (result.ratio ?? 0) > 0)
        #expect(result.note.hasPrefix("40 routers; 30 healthy: "))
        // Said of both; how many times each was asked depends on how busy the machine is.
        let asked = result.note.matches(of: /, 0 errors in ([0-9]+)/).compactMap { Int($0.1) }
        #expect(asked.count == 2 && asked.allSatisfy { $0 >= 30 }, "\(result.note)")
    }

    @Test(
        "a server sends its table as it makes it, and what was asked meanwhile afterwards",
        arguments: [Protection.plain, .tls13]
    )
    func tables(protection: Protection) async throws {
        let server = try Server(rows: 5_000, protection: protection)
        #expect(try await ClientWorkloads(server: server, rowsServer: server).tables(3) == [5_000, 5_000, 5_000])
    }

    @Test("connections that a server drops all at once are all closed", arguments: [Protection.plain, .tls13])
    func drop(protection: Protection) async throws {
        let server = try Server(rows: 1, protection: protection)
        let result = try await ClientWorkloads(server: server, rowsServer: server, samples: 1).drop(count: 50)
        #expect(result.time > 0 && result.note == "50 descriptors closed")
    }

    @Test("a stream of rows takes no more memory the longer it is")
    func flatMemory() async throws {
        let note = try await workloads(rows: 200_000).stream(rows: 200_000).note
        #expect(note.hasPrefix("200000 rows in 1 answer, "))
        let growth = try #require(note.split(separator: " ").dropFirst(5).first)
        // In KiB; all rows at once would be 55 MiB.
        #expect(try #require(Int(growth)) < 16 << 10)
    }

    /// What a connection may take, in KiB, the server's end in it.
    @Test(
        "a connection that does nothing costs no more than a dozen KiB, and one over TLS some more",
        arguments: [(Protection.plain, 12), (.tls13, 60), (.tls12, 60), (.anonymous, 50)]
    )
    func idle(protection: Protection, limit: Int) async throws {
        let server = try Server(rows: 1, protection: protection)
        let client = ClientWorkloads(server: server, rowsServer: server, samples: 1)
        let note = try await client.idle(count: protection == .anonymous ? 50 : 500).note.split(separator: " ")
        #expect(try #require(note.first.flatMap { Int($0) }) < limit << 10)
    }
}
