import RouterOSClient
import RouterOSProtocol
import Testing

@testable import RouterOSTesting

struct ToolTests {
    private func router(_ release: RouterOSVersion = .v7_18) -> RouterOSSimulator {
        RouterOSSimulator(release, credentials: .user("api", password: "secret"))
    }

    // MARK: Files

    @Test func aFileKnowsItsSizeItsSortAndWhenItChanged() throws {
        let router = router()
        router.advance(by: .seconds(60))
        try router.run("/file/add", ["name": "note.txt", "contents": "hello"])
        let row = try #require(router.rows("/file").last)
        #expect([row["size"], row["type"], row["last-modified"]] == ["5", ".txt file", "2026-01-01 00:01:00"])
        try router.run("/file/set", [".id": "note.txt", "contents": "hello you"])
        #expect(router.rows("/file").last?["size"] == "9")
        #expect(throws: SimulatorError.self) { try router.run("/file/add", ["name": "note.txt"]) }
    }

    @Test(arguments: [("0", "4", "hell"), ("4", "100", "o"), ("5", "4", ""), ("99", "4", "")])
    func aFileIsReadInPieces(offset: String, size: String, data: String) throws {
        let router = router()
        try router.run("/file/add", ["name": "note.txt", "contents": "hello"])
        let rows = try router.run("/file/read", ["file": "note.txt", "offset": offset, "chunk-size": size])
        #expect(rows == [["data": data]])
    }

    @Test func readingPiecesIsNewer() {
        #expect(throws: SimulatorError(.refused, "/file/read: no such command")) {
            try router(.v7_9).run("/file/read", ["file": "skins"])
        }
    }

    @Test func aBackupAppearsLaterAndBringsTheTablesBack() throws {
        let router = router()
        try router.run("/ip/hotspot/user/add", ["name": "ana"])
        try router.run("/system/backup/save", ["name": "before", "dont-encrypt": "yes"])
        #expect(!router.rows("/file").contains { $0["name"] == "before.backup" })
        router.advance(by: .seconds(1))
        let file = try #require(router.rows("/file").first { $0["name"] == "before.backup" })
        #expect(file["type"] == "backup")
        #expect(file["size"].flatMap { Int($0) } ?? 0 > 100)
        try router.run("/ip/hotspot/user/remove", [".id": "ana"])
        try router.run("/ip/hotspot/user/add", ["name": "bo"])
        #expect(throws: SimulatorError.self) { try router.run("/system/backup/load", ["name": "other"]) }
        try router.run("/system/backup/load", ["name": "before.backup"])
        router.advance(by: .seconds(2))
        #expect(router.rows("/ip/hotspot/user").map { $0["name"] } == ["ana"])
        #expect(router.rows("/system/resource").first?["uptime"] == "1s")
        #expect(router.rows("/file").contains { $0["name"] == "before.backup" })
    }

    @Test func anEncryptedBackupSaysNothingAndOpensWithItsPasswordAlsoWhenItWasUploaded() throws {
        let router = router()
        try router.run("/ip/hotspot/user/add", ["name": "canary"])
        try router.run("/system/backup/save", ["name": "before", "password": "sesame"])
        router.advance(by: .seconds(1))
        let read = try router.run("/file/read", ["file": "before.backup"])
        let contents = try #require(read.first?["data"])
        #expect(!contents.contains("canary"))
        try router.run("/ip/hotspot/user/remove", [".id": "canary"])
        for password in ["", "other"] {
            #expect(throws: SimulatorError.self) {
                try router.run("/system/backup/load", ["name": "before.backup", "password": password])
            }
        }
        #expect(router.rows("/ip/hotspot/user").isEmpty)
        try router.run("/system/backup/load", ["name": "before.backup", "password": "sesame"])
        router.advance(by: .seconds(2))
        #expect(router.rows("/ip/hotspot/user").map { $0["name"] } == ["canary"])
    }

    // MARK: Ping

    @Test func aPingAnswersOnceEachIntervalAsOftenAsAsked() {
        var dialogue = Dialogue()
        var rows = dialogue.say("/ping", "=address=192.0.2.1", "=count=3", "=interval=2s")
        #expect(rows.count == 1)
        dialogue.advance(by: .seconds(3))
        rows += dialogue.hear()
        #expect(rows.count == 2)
        dialogue.advance(by: .seconds(60))
        rows += dialogue.hear()
        #expect(rows.map(\.first) == ["!re", "!re", "!re", "!done"])
        for (number, row) in rows.dropLast().enumerated() {
            #expect(row.contains("=seq=\(number)"))
            #expect(row.contains("=sent=\(number + 1)"))
        }
    }

    @Test func aPingWithoutACountGoesOnUntilItIsCancelled() {
        var dialogue = Dialogue()
        dialogue.say("/ping", "=address=192.0.2.1", ".tag=5")
        dialogue.advance(by: .seconds(10))
        #expect(dialogue.hear().count == 10)
        #expect(dialogue.say("/cancel", "=tag=5").last == ["!done", ".tag=5"])
        dialogue.advance(by: .seconds(10))
        #expect(dialogue.hear().isEmpty)
        #expect(dialogue.trap(["/ping", "=count=1"]) == "missing value(s) of argument(s) address")
        #expect(dialogue.trap(["/ping", "=address=1.2.3.4", "=nonsense=1"]) == "unknown parameter nonsense")
    }

    @Test func aPingTakesNothingFromTheClientThatIsItsOwnToKnow() {
        var dialogue = Dialogue()
        #expect(
            dialogue.trap(["/ping", "=address=192.0.2.1", "=ping began=-5000"]) == "unknown parameter ping began"
        )
    }

    @Test func whatAPingHasReceivedStaysReceived() throws {
        var dialogue = Dialogue()
        dialogue.add("a")
        #expect(dialogue.logIn("a", ip: "10.5.50.9") == nil)
        dialogue.say("/ping", "=address=10.5.50.9", "=count=4")
        dialogue.advance(by: .seconds(2))
        dialogue.router.vanish(10 << 24 | 5 << 16 | 50 << 8 | 9)
        dialogue.advance(by: .seconds(5))
        let rows = dialogue.hear()
        #expect(rows.last == ["!done"])
        #expect(rows.suffix(2).first?.contains("=received=3") == true)
        #expect(rows.suffix(2).first?.contains("=packet-loss=25") == true)
    }

    @Test func aDeviceOutOfSightAnswersNoPing() throws {
        let router = router()
        try router.run("/ip/hotspot/user/add", ["name": "ana"])
        try router.logIn("ana", address: "10.5.50.9")
        let ping = { try router.run("/ping", ["address": "10.5.50.9", "count": "1"]).first?["received"] }
        #expect(try ping() == "1")
        router.leave(address: "10.5.50.9")
        #expect(try ping() == "0")
    }

    // MARK: Fetch

    @Test func aClientFetchesAndIsToldWhatCame() throws {
        let router = router()
        router.answerWebRequests { $0.url.contains("ok") ? .body("text") : .status(404) }
        let row = try #require(router.run("/tool/fetch", ["url": "http://192.0.2.1/ok", "output": "user"]).first)
        #expect(row["status"] == "finished")
        #expect(row["data"] == "text")
        try router.run("/tool/fetch", ["url": "http://192.0.2.1/a/ok.txt?x=1"])
        #expect(router.rows("/file").last?["name"] == "ok.txt")
        #expect(router.rows("/file").last?["contents"] == "text")
        #expect(throws: SimulatorError(.refused, "/tool/fetch: failure: closing connection: <404> (4)")) {
            try router.run("/tool/fetch", ["url": "http://192.0.2.1/no"])
        }
    }

    // MARK: Interfaces

    @Test func interfacesAndQueuesCountWhatCustomersMove() throws {
        let router = router()
        try router.run("/ip/hotspot/user/profile/set", [".id": "default", "rate-limit": "1M/2M"])
        try router.run("/ip/hotspot/user/add", ["name": "ana"])
        try router.run("/ppp/secret/add", ["name": "bo", "remote-address": "10.9.0.2"])
        try router.logIn("ana", address: "10.5.50.9")
        try router.dial("bo", password: "", macAddress: "AA:BB:CC:00:11:22")
        try router.addTraffic(user: "ana", in: 100, out: 1_000)
        try router.addTraffic(user: "bo", in: 10, out: 50)
        let bytes = { (name: String) in
            router.rows("/interface").first { $0["name"] == name }.map { [$0["rx-byte"], $0["tx-byte"]] }
        }
        #expect(bytes("bridge") == ["110", "1050"])
        #expect(bytes("ether1") == ["1050", "110"])
        #expect(bytes("<pppoe-bo>") == ["10", "50"])
        #expect(bytes("ether2") == ["0", "0"])
        #expect(router.rows("/queue/simple").first?["bytes"] == "100/1000")
        router.logOut(address: "10.5.50.9")
        #expect(bytes("bridge") == ["110", "1050"])
        try router.run("/interface/reset-counters", [".id": "bridge"])
        try router.addTraffic(user: "bo", in: 5, out: 7)
        #expect(bytes("bridge") == ["5", "7"])
        #expect(bytes("<pppoe-bo>") == ["15", "57"])
    }

    @Test(arguments: [
        ("/radius/incoming/monitor", "=requests=0"), ("/system/resource/monitor", "=cpu-used=1"),
        ("/radius/monitor", "=timeouts=0"),
    ])
    func aMonitorTellsAsOftenAsItIsAsked(command: String, word: String) {
        var dialogue = Dialogue()
        dialogue.say("/radius/add", "=address=192.0.2.1", "=service=hotspot")
        let id = command == "/radius/monitor" ? ["=.id=*1"] : []
        let once = dialogue.say([command, "=once="] + id)
        #expect(once.map(\.first) == ["!re", "!done"] && once[0].contains(word))
        #expect(dialogue.say([command, "=interval=2s", "=duration=4s"] + id).count == 1)
        dialogue.advance(by: .seconds(60))
        #expect(dialogue.hear().map(\.first) == ["!re", "!re", "!done"])
        #expect(dialogue.trap([command, "=interval=1ms"] + id) == "invalid time value for argument interval")
        #expect(dialogue.trap([command, "=nonsense=1"] + id) == "unknown parameter nonsense")
    }

    @Test func trafficIsMeasuredEverySecond() throws {
        var dialogue = Dialogue(traffic: .steady)
        dialogue.add("ana")
        #expect(dialogue.logIn("ana") == nil)
        let first = dialogue.say("/interface/monitor-traffic", "=interface=bridge,ether1", ".tag=1")
        #expect(first.count == 2)
        dialogue.advance(by: .seconds(3))
        #expect(dialogue.hear().count == 6)
        let rate = { (row: [String], name: String) in
            row.first { $0.hasPrefix("=\(name)=") }.flatMap { Int($0.dropFirst(name.utf8.count + 2)) } ?? 0
        }
        #expect(rate(first[0], "rx-bits-per-second") > 0)
        #expect(rate(first[0], "rx-bits-per-second") == rate(first[1], "tx-bits-per-second"))
        #expect(dialogue.say("/interface/monitor-traffic", "=interface=bridge", "=once=").last == ["!done"])
        #expect(
            dialogue.trap(["/interface/monitor-traffic", "=interface=x"])
                == "input does not match any value of interface"
        )
    }
}
