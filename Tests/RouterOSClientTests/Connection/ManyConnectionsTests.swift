import Glibc
import RouterOSClient
import RouterOSProtocol
import Testing

@Suite("Many connections", .timeLimit(.minutes(5)))
struct ManyConnectionsTests {
    /// The sockets of a port that somebody still holds, as the system lists them.
    private func sockets(ofPort port: UInt16) throws -> Int {
        let file = try #require(fopen("/proc/net/tcp", "r"))
        defer { fclose(file) }
        var found = 0
        var line = [CChar](repeating: 0, count: 512)
        while fgets(&line, 512, file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            let columns = text.split(separator: " ")
            // Addresses are `hex:hex`; a socket that nobody holds, waiting for late packets, has no inode.
            guard columns.count > 9, columns[9] != "0" else { continue }
            let ports = columns[1...2].map { UInt16($0.split(separator: ":").last ?? "", radix: 16) }
            if ports.contains(port) { found += 1 }
        }
        return found
    }

    @Test("when all are dropped at once, every one says so once and every descriptor is closed")
    func dropped() async throws {
        let count = Environment.count("CLIENT_CONNECTIONS", usually: 200)
        let router = try ScriptedRouter { _ in [] }
        let observer = EventRecorder()
        let configuration = ConnectionConfiguration(connectTimeout: .seconds(60), observer: observer)
        let commands = try await withThrowingTaskGroup(of: RouterOSConnection.self) { group in
            for _ in 0..<count {
                group.addTask {
                    try await .connect(
                        "127.0.0.1",
                        port: router.port,
                        as: .user("api", password: "canary"),
                        configuration: configuration
                    )
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }.map { connection in
                Task { try await connection.run(Command("/slow"), deadline: .seconds(300)) }
            }
        }
        while router.paths.count(where: { $0 == "/slow" }) < count { await Task.yield() }
        #expect(try sockets(ofPort: router.port) == 2 * count + 1)
        router.stop()
        for command in commands {
            let error = await #expect(throws: RouterOSError.self) { try await command.value }
            #expect(error?.code == .connectionClosed)
        }
        while try sockets(ofPort: router.port) > 0 { await Task.yield() }
        let disconnected = observer.events.count { if case .disconnected = $0 { true } else { false } }
        #expect(disconnected == count)
    }
}
