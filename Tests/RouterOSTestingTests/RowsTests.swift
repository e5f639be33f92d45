import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Testing

/// Routers made from text, and what a test reads from them.
@Suite struct RowsTests {
    private static let credentials = Credentials.user("api", password: "secret")

    @Test func aRouterIsMadeInThreeLines() throws {
        let router = try RouterOSSimulator(
            .v7_18,
            credentials: Self.credentials,
            rows: """
                /ip/hotspot/user/profile name=3h rate-limit=2M/2M
                /ip/hotspot/user name=A7K2 profile=3h comment="sold by \\"Amina\\""
                """
        )
        let user = try #require(router.rows("/ip/hotspot/user").last)
        #expect(user["name"] == "A7K2")
        #expect(user["profile"] == "3h")
        #expect(user["comment"] == "sold by \"Amina\"")
    }

    @Test func settingsAndRowsThatAreThereAreSet() throws {
        let router = RouterOSSimulator(credentials: Self.credentials)
        try router.add(
            rows: """
                # as it stands at the lake

                /system/identity name="lake view"
                  /ip/hotspot/user/profile set default shared-users=3
                /ip/hotspot/user add name=a
                """
        )
        #expect(router.rows("/system/identity") == [["name": "lake view"]])
        #expect(router.rows("/ip/hotspot/user/profile").first?["shared-users"] == "3")
    }

    @Test(arguments: [
        ("/ip/hotspot/user name=a\n/ip/hotspot/user name=a", "line 2"), ("user name=a", "begins with its menu"),
        ("/ip/hotspot/user nonsense", "no attribute"), ("/ip/hotspot/user name=\"a", "quote is not closed"),
        ("/ip/hotspot/user name=\"a\\", "backslash"), ("/no/such name=a", "no such command prefix"),
    ])
    func aLineThatIsWrongIsNamed(rows: String, reason: String) {
        let error = #expect(throws: SimulatorError.self) {
            try RouterOSSimulator(credentials: Self.credentials, rows: rows)
        }
        #expect(error?.code == .refused)
        #expect(error?.description.contains(reason) == true)
    }

    @Test func aMenuOfOnesOwnWorksAsTheOthers() async throws {
        let router = RouterOSSimulator(credentials: Self.credentials)
        try router.add(
            menus: """
                menu /ip/arp table
                verbs add set remove
                setting address address required
                setting mac-address mac
                key address
                duplicate failure: already have such entry
                """
        )
        try router.add(rows: "/ip/arp address=10.0.0.1 mac-address=02-00-00-00-00-aa")
        #expect(router.rows("/ip/arp").map { $0["mac-address"] } == ["02:00:00:00:00:AA"])
        let error = #expect(throws: SimulatorError.self) { try router.add(rows: "/ip/arp address=10.0.0.1") }
        #expect(error?.description.contains("already have such entry") == true)
        try router.restoreTables(router.savedTables())
        #expect(router.rows("/ip/arp").count == 1)
    }

    @Test func aMenuThatCannotBeReadNamesItsLine() {
        let router = RouterOSSimulator(credentials: Self.credentials)
        let error = #expect(throws: SimulatorError.self) {
            try router.add(menus: "menu /ip/arp table\nsetting address")
        }
        #expect(error?.code == .malformedMenus)
        #expect(error?.description.contains("line 2") == true)
        #expect(router.rows("/ip/arp").isEmpty)
    }

    @Test func theDialogueReadsWellAndHidesSecrets() async throws {
        let router = RouterOSSimulator(credentials: Self.credentials)
        try await router.connect { connection in
            _ = try await connection.run(
                Command("/ip/hotspot/user/add") {
                    $0["name"] = "A7K2"
                    $0["password"] = "hush"
                },
                deadline: nil
            )
        }
        let lines = router.dialogue.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("0s 1 > /ip/hotspot/user/add ") && $0.contains("=name=A7K2") })
        #expect(lines.contains { $0.hasPrefix("0s 1 < !done") })
        #expect(!router.dialogue.contains("hush"))
        #expect(!router.dialogue.contains("secret"))
    }

    @Test func theHashTellsDialoguesApartAndNothingElse() async throws {
        func hash(_ name: String, at time: Duration = .zero) async throws -> UInt64 {
            let router = RouterOSSimulator(credentials: Self.credentials)
            router.advance(by: time)
            try await router.connect { _ = try await $0.add(HotspotUser(name: name)) }
            return router.dialogueHash
        }
        let first = try await hash("a")
        let (same, other) = try await (hash("a"), hash("b"))
        let later = try await hash("a", at: .seconds(1))
        #expect(same == first)
        #expect(other != first)
        #expect(later != first)
    }

    @Test func aShortTranscriptKeepsTheNewest() async throws {
        let router = RouterOSSimulator(credentials: Self.credentials)
        router.limitTranscript(to: 4)
        try await router.connect { connection in
            for name in ["a", "b", "c", "d", "e", "f"] { _ = try await connection.add(HotspotUser(name: name)) }
        }
        #expect((2...4).contains(router.transcript.count))
        #expect(router.transcript.last?.path == "/quit")
    }
}
