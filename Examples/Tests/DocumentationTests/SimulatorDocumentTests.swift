import Foundation
import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Testing

/// The snippets of `Docs/simulator.md`, compiled and run as they stand there.
@Suite struct SimulatorDocumentTests {
    @Test func everySnippetOfTheDocumentIsInThisFile() throws {
        let file = URL(filePath: #filePath)
        let root = file.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let source = try Set(String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(Self.trimmed))
        let document = try String(contentsOf: root.appending(path: "Docs/simulator.md"), encoding: .utf8)
        let snippets = document.components(separatedBy: "```swift\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
        #expect(snippets.count == 5)
        for line in snippets.joined().split(separator: "\n").map(Self.trimmed) where !line.isEmpty {
            let isCompiled = source.contains(line)
            #expect(isCompiled, "not in this file: \(line)")
        }
    }

    @Test func aRouterInATest() async throws {
        let router = RouterOSSimulator(.v7_18, credentials: .user("api", password: "secret"))
        let port = try router.listen()
        defer { router.stop() }

        let rows = """
            /ip/hotspot/user/profile name=3h rate-limit=2M/2M
            /ip/hotspot/user name=A7K2 profile=3h limit-uptime=3h comment="sold by Amina"
            """
        try router.add(rows: rows)

        try router.logIn("A7K2", address: "10.5.50.2")
        router.advance(by: .seconds(3 * 3_600))
        #expect(router.rows("/ip/hotspot/active").isEmpty)
        #expect(router.rows("/ip/hotspot/user").last?["uptime"] == "3h")

        router.inject(.trap(atCommand: 1, "failure: router is busy"))
        router.inject(.reboot(downFor: .seconds(60)), after: .seconds(600))
        router.clearFaults()

        let name = try await RouterOSConnection.with(
            "127.0.0.1",
            port: port,
            as: .user("api", password: "secret")
        ) { connection in
            try await connection.get(SystemIdentity.self).name
        }
        #expect(name == "MikroTik")
        #expect(router.transcript.map(\.path).contains("/system/identity/print"))
    }

    private static func trimmed(_ line: some StringProtocol) -> String {
        line.trimmingCharacters(in: .whitespaces)
    }
}
