import Foundation
import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Testing

/// The Swift in the catalogue's articles, compiled and run as it stands there.
@Suite(.timeLimit(.minutes(1)))
struct DocumentationTests {
    @Test func everySwiftLineOfEveryArticleIsInThisFile() throws {
        let source = try Set(Self.lines(of: String(contentsOf: URL(filePath: #filePath), encoding: .utf8)))
        let articles = try FileManager.default.contentsOfDirectory(at: Self.catalogue, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "md" }
        let blocks = try articles.flatMap {
            try String(contentsOf: $0, encoding: .utf8).components(separatedBy: "```swift\n").dropFirst()
        }
        #expect(blocks.count == 7)
        for line in blocks.flatMap({ Self.lines(of: $0.components(separatedBy: "```")[0]) }) {
            let isCompiled = source.contains(line)
            #expect(isCompiled, "not in this file: \(line)")
        }
    }

    @Test func theArticleDoesWhatItSays() async throws {
        let rows = """
            /ip/hotspot/user/profile name=3h rate-limit=2M/2M
            /ip/hotspot/user name=A7K2 profile=3h limit-uptime=3h comment="sold by Amina"
            """
        let router = try RouterOSSimulator(.v7_18, credentials: .user("api", password: "secret"), rows: rows)
        defer { router.stop() }

        func sell(_ code: String, on connection: RouterOSConnection) async throws {
            _ = try await connection.ensure(HotspotUser(name: code, profile: "3h"))
        }
        try await router.connect { connection in try await sell("A7K3", on: connection) }

        let port = try router.listen()
        let tlsPort = try router.listen(tls: .selfSigned())

        let pin = try #require(router.certificatePin)
        for endpoint in [(port, ConnectionSecurity.plaintext), (tlsPort, .tls(.pinned(pin)))] {
            let name = try await RouterOSConnection.with(
                "127.0.0.1",
                port: endpoint.0,
                security: endpoint.1,
                as: .user("api", password: "secret")
            ) { try await $0.get(SystemIdentity.self).name }
            #expect(name == "MikroTik")
        }

        let names = router.rows("/ip/hotspot/user").map { $0["name"] }
        let users = router.rows(HotspotUser.self)
        let commands = router.transcript.map(\.path)
        #expect(names == ["A7K2", "A7K3"] && users.map(\.name) == names && users.first?.profile == "3h")
        #expect(commands.contains("/ip/hotspot/user/add") && commands.contains("/system/identity/print"))
        #expect(router.dialogue.contains("=name=A7K3") && !router.dialogue.contains("secret"))

        try router.logIn("A7K2", address: "10.5.50.2")
        router.advance(by: .seconds(3 * 3_600))
        let isOffline = router.rows("/ip/hotspot/active").isEmpty
        #expect(isOffline && router.rows("/ip/hotspot/user").first?["uptime"] == "3h")

        try router.run("/ip/hotspot/user/profile/set", [".id": "3h", "on-logout": ":log info \"$user left\""])
        try router.logIn("A7K3", address: "10.5.50.3")
        router.logOut(address: "10.5.50.3")
        let outcomes = router.scriptRuns.map(\.outcome)
        #expect(outcomes == [.finished("")])
        #expect(router.rows("/log").last?["message"] == "A7K3 left")

        router.inject(.dropConnection(afterCommand: 3))
        router.inject(.trap(atCommand: 1, "failure: router is busy"))
        router.inject(.latency(median: .milliseconds(30), longest: .seconds(5)))
        router.inject(.reboot(downFor: .seconds(60)), after: .seconds(600))
        router.clearFaults()
    }

    @Test func aMachineAnswersWithoutAShell() throws {
        var encoder = SentenceEncoder()
        encoder.append("/login") {
            $0["name"] = "api"
            $0["password"] = "secret"
        }
        let login = encoder.take()

        var machine = RouterMachine(credentials: .user("api", password: "secret"))
        let connection = machine.open()
        machine.receive(login, on: connection)
        let answer = machine.takeOutgoing().flatMap(\.bytes)
        #expect(answer == Array("\u{5}!done\u{0}".utf8))
    }

    private static let catalogue = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Sources/RouterOSTesting/RouterOSTesting.docc")

    private static func lines(of text: some StringProtocol) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }
}
