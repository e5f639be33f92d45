import Glibc
import RouterOSClient
import RouterOSProtocol
import Synchronization
import Testing

@testable import RouterOSTesting

struct SavedTablesTests {
    private static func simulator(_ release: RouterOSVersion = .v7_18) -> RouterOSSimulator {
        RouterOSSimulator(release, credentials: .user("api", password: "secret"))
    }

    private static func temporaryFile() -> String {
        "/tmp/routeros-simulator-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
    }

    @Test(arguments: UInt64(1)...10)
    func whatWasSavedIsRestoredByteForByte(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var router = Dialogue().router
        for number in 0..<50 {
            var attributes: [(name: String, value: WireText)] = [
                ("name", WireText(Array("\(number)".utf8) + random.bytes(6)))
            ]
            for name in ["comment", "password", "email"] where Bool.random(using: &random) {
                attributes.append((name, WireText(random.bytes(Int.random(in: 0...20, using: &random)))))
            }
            _ = try router.execute(Request("/ip/hotspot/user/add", attributes))
            if number % 3 == 0 || number == 49 {
                _ = try router.execute(Request("/ip/hotspot/user/remove", [(".id", RowID.text(UInt64(number + 1)))]))
            }
        }
        let text = SavedTables.text(of: router)
        #expect(text.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x0A })
        var restored = Dialogue().router
        try SavedTables.restore(text, to: &restored)
        #expect(SavedTables.text(of: restored) == text)
        #expect(restored.tables["/ip/hotspot/user"]?.rows == router.tables["/ip/hotspot/user"]?.rows)
        // An id that was given once is not given again, even when its row is gone.
        let added = try restored.execute(Request("/ip/hotspot/user/add", [("name", "after")]))
        #expect(added.returned == "*33")
    }

    @Test func aRestoredRouterHasItsSettingsAndNobodyOnline() throws {
        let first = Self.simulator()
        try first.run("/system/identity/set", ["name": "Lake View"])
        try first.run("/ip/hotspot/user/profile/add", ["name": "3h"])
        try first.run("/ip/hotspot/user/add", ["name": "a", "profile": "3h"])
        let text = first.savedTables()
        let second = Self.simulator()
        try second.run("/ip/hotspot/user/add", ["name": "gone"])
        try second.run("/ip/hotspot/active/login", ["user": "gone", "ip": "10.0.0.1"])
        try second.restoreTables(text)
        #expect(second.rows("/system/identity") == [["name": "Lake View"]])
        #expect(second.rows(HotspotUser.self).map(\.profile) == ["3h"])
        #expect(second.rows("/ip/hotspot/active") == [])
    }

    @Test(arguments: [
        "", "nonsense", "routeros-simulator-tables 2\n", "routeros-simulator-tables 1\n/nowhere\n",
        "routeros-simulator-tables 1\n*1 name=a\n",
        "routeros-simulator-tables 1\n/ip/hotspot/user next=*2\n*1 color=a\n",
        "routeros-simulator-tables 1\n/ip/hotspot/user next=*2\n*1 name=%4\n",
        "routeros-simulator-tables 1\n/ip/hotspot/user next=*2\n*1 comment=x\n",
        "routeros-simulator-tables 1\n/ip/hotspot/user next=*2\n1 name=a\n",
        "routeros-simulator-tables 1\n/ip/hotspot/user next=*2\n*1 name=a\n*1 name=b\n",
        "routeros-simulator-tables 1\n/ip/hotspot/user next=*2\n*1 name=a\n*2 name=a\n",
        "routeros-simulator-tables 1\n/ip/hotspot/user next=*2\n*FFFFFFFFFFFFFFFF name=a\n",
        "routeros-simulator-tables 1\n/system/identity\n*1 name=a\n",
        "routeros-simulator-tables 1\n/ip/hotspot/user/profile next=*2\n*1 name=a\n",
    ])
    func whatCannotBeReadIsRefusedAndChangesNothing(text: String) throws {
        let router = Self.simulator()
        try router.run("/ip/hotspot/user/add", ["name": "kept"])
        let before = router.savedTables()
        let error = #expect(throws: SimulatorError.self) { try router.restoreTables(text) }
        #expect(error?.code == .malformedState)
        #expect(router.savedTables() == before)
    }

    @Test(arguments: UInt64(1)...20)
    func aDamagedTextNeverEndsTheProcess(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let router = Self.simulator()
        for name in ["a", "b", "c"] { try router.run("/ip/hotspot/user/add", ["name": name, "comment": "x y"]) }
        let text = Array(router.savedTables().utf8)
        for _ in 0..<100 {
            var damaged = text
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                damaged[Int.random(in: 0..<damaged.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let before = router.savedTables()
            do {
                try router.restoreTables(String(decoding: damaged, as: UTF8.self))
                // What was taken is what is kept: it reads back the same.
                let after = router.savedTables()
                try router.restoreTables(after)
                #expect(router.savedTables() == after)
            } catch {
                #expect(router.savedTables() == before)
            }
        }
        #expect(router.rows("/ip/hotspot/user/profile").count >= 1)
    }

    @Test func theFileHoldsEveryChangeBeforeItIsAnswered() throws {
        let path = Self.temporaryFile()
        defer { unlink(path) }
        let first = Self.simulator()
        try first.keepTables(in: path)
        for number in 0..<20 {
            try first.run("/ip/hotspot/user/add", ["name": "u\(number)"])
            // Another process that starts at this very moment, after the first one was killed.
            let second = Self.simulator()
            try second.keepTables(in: path)
            #expect(second.rows("/ip/hotspot/user").count == number + 1)
        }
        #expect(access(path + ".new", F_OK) != 0)
    }

    @Test func aRouterThatCannotSaveDoesNotAnswerUntilItCan() async throws {
        let folder = Self.temporaryFile()
        mkdir(folder, 0o700)
        let failures = Counter()
        let router = Self.simulator()
        try router.keepTables(in: folder + "/tables") { _ in failures.add() }
        unlink(folder + "/tables")
        rmdir(folder)
        let error = await #expect(throws: RouterOSError.self) {
            try await router.connect { _ = try await $0.add(HotspotUser(name: "a")) }
        }
        #expect(error?.code == .connectionClosed)
        #expect(failures.count >= 1)
        await #expect(throws: RouterOSError.self) { try await router.connect { _ in } }
        mkdir(folder, 0o700)
        defer {
            unlink(folder + "/tables")
            rmdir(folder)
        }
        let count = try await router.connect { try await $0.count(HotspotUser.self) }
        #expect(count == 1)
        let restored = Self.simulator()
        try restored.keepTables(in: folder + "/tables")
        #expect(restored.rows("/ip/hotspot/user").count == 1)
    }

    @Test func whatTheRouterWasAboutToDoOutlivesOtherTables() throws {
        let router = Self.simulator()
        let text = router.savedTables()
        router.inject(.powerCut)
        router.advance(by: .seconds(5))
        try router.run("/execute", ["script": ":global kept 1; :delay 20s; :log info \"done $kept\""])
        try router.run("/system/scheduler/add", ["name": "gone", "interval": "10s", "on-event": ":log info gone"])
        try router.restoreTables(text)
        #expect(router.process { !$0.clock.isSet })
        router.advance(by: .seconds(30))
        #expect(router.process { $0.clock.isSet })
        let messages = router.rows("/log").compactMap { $0["message"] }
        #expect(messages.contains("done 1") && !messages.contains("gone"))
        try router.run("/system/reboot")
        try router.restoreTables(text)
        router.advance(by: .seconds(2))
        #expect(router.rows("/system/resource").first?["uptime"] == "1s")
    }

    @Test func whoWasEndingWhenTheTablesCannotBeSavedIsLetGoOf() async throws {
        let folder = Self.temporaryFile()
        mkdir(folder, 0o700)
        let router = Self.simulator()
        try router.keepTables(in: folder + "/tables")
        unlink(folder + "/tables")
        rmdir(folder)
        let client = try RawClient(try router.listen())
        defer { router.stop() }
        client.send(["/login", "=name=api", "=password=secret"])
        while client.received.isEmpty { await Task.yield() }
        client.send(["/ip/hotspot/user/add", "=name=a"], ["/quit"])
        while client.end == nil { await Task.yield() }
        #expect(Dialogue.decode(client.received) == [["!done"]])
        #expect(router.state.withLock { $0.clients.isEmpty })
    }

    @Test func aFolderThatIsNotThereIsReported() {
        let error = #expect(throws: SimulatorError.self) {
            try Self.simulator().keepTables(in: "/nowhere/at/all/tables")
        }
        #expect(error?.code == .file)
    }
}
