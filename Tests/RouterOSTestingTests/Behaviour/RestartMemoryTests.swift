import RouterOSClient
import Testing

@testable import RouterOSTesting

/// What a router knows after a restart, and what it does not.
struct RestartMemoryTests {
    private func router() -> RouterOSSimulator {
        RouterOSSimulator(.v7_18, credentials: .user("api", password: "secret"))
    }

    @Test(arguments: [SimulatorFault.powerCut, .reboot()])
    func countersOfInterfacesAndQueuesBeginAnewAndThoseOfUsersDoNot(fault: SimulatorFault) throws {
        let router = router()
        try router.run("/ip/hotspot/user/add", ["name": "ana"])
        try router.run("/system/scheduler/add", ["name": "s", "interval": "10s", "on-event": ":log info x"])
        try router.logIn("ana", address: "10.5.50.9")
        try router.addTraffic(user: "ana", in: 100, out: 1_000)
        router.logOut(address: "10.5.50.9")
        router.advance(by: .seconds(10))
        let bytes = {
            router.rows("/interface").first { $0["name"] == "bridge" }.map { [$0["rx-byte"], $0["tx-byte"]] }
        }
        #expect(bytes() == ["100", "1000"])
        #expect(router.rows("/system/scheduler").first?["run-count"] == "1")
        router.inject(fault)
        #expect(bytes() == ["0", "0"])
        #expect(router.rows("/system/scheduler").first?["run-count"] == "0")
        #expect(router.rows("/ip/hotspot/user").map { $0["bytes-out"] } == ["1000"])
        try router.logIn("ana", address: "10.5.50.9")
        try router.addTraffic(user: "ana", in: 7, out: 8)
        #expect(bytes() == ["7", "8"])
    }

    @Test(arguments: [
        (SimulatorFault.powerCut, "router was rebooted without proper shutdown"), (.reboot(), "router rebooted"),
    ])
    func theLogInMemoryBeginsWithTheStart(fault: SimulatorFault, message: String) throws {
        let router = router()
        try router.run("/log/info", ["message": "before"])
        router.inject(fault)
        #expect(router.rows("/log").map { $0["message"] } == [message])
        #expect(router.rows("/log").map { $0[".id"] } == ["*1"])
    }

    @Test func aBackupGoesWithItsFile() throws {
        let router = router()
        try router.run("/system/backup/save", ["name": "b"])
        router.advance(by: .seconds(1))
        let backup = try #require(router.rows("/file").last)
        router.inject(.factoryReset(keepsUser: true))
        try router.run("/file/add", ["name": "b.backup", "contents": "note"])
        let file = try #require(router.rows("/file").last)
        #expect(file[".id"] == backup[".id"])
        #expect(file["size"] == "4")
        #expect(try router.run("/file/read", ["file": "b.backup"]) == [["data": "note"]])
        #expect(throws: SimulatorError(.refused, "/system/backup/load: failure: no such file")) {
            try router.run("/system/backup/load", ["name": "b.backup"])
        }
    }

    @Test func aBackupThatWasNotInFlashIsNoMore() throws {
        let router = router()
        router.inject(.lateFlash(every: .seconds(60)))
        try router.run("/system/backup/save", ["name": "b"])
        router.advance(by: .seconds(1))
        router.inject(.powerCut)
        try router.run("/file/add", ["name": "b.backup", "contents": "note"])
        #expect(router.rows("/file").last?["size"] == "4")
    }

    @Test func aBackupOutlivesARestartOfTheSimulator() throws {
        let (router, copy) = (router(), router())
        try router.run("/ip/hotspot/user/add", ["name": "ana"])
        try router.run("/system/backup/save", ["name": "b"])
        router.advance(by: .seconds(1))
        try copy.restoreTables(router.savedTables())
        try copy.run("/ip/hotspot/user/remove", [".id": "ana"])
        try copy.run("/system/backup/load", ["name": "b.backup"])
        #expect(copy.rows("/ip/hotspot/user").map { $0["name"] } == ["ana"])
    }

    // MARK: On and off

    @Test func aRouterThatIsShutDownStaysOffUntilItIsSwitchedOn() throws {
        let router = router()
        try router.run("/ip/hotspot/user/add", ["name": "ana"])
        try router.run("/ppp/secret/add", ["name": "bo", "remote-address": "10.9.0.2"])
        try router.logIn("ana", address: "10.5.50.9")
        router.advance(by: .seconds(59))
        try router.run("/system/shutdown")
        #expect(router.process { $0.acceptsConnections })
        router.advance(by: .seconds(1))
        #expect(!router.process { $0.acceptsConnections })
        // In good order: what the session has used is there.
        #expect(router.rows("/ip/hotspot/user").map { $0["uptime"] } == ["1m"])
        #expect(throws: SimulatorError.self) { try router.logIn("ana", address: "10.5.50.9") }
        #expect(throws: SimulatorError.self) { try router.dial("bo", password: "", macAddress: "AA:BB:CC:00:11:22") }
        router.advance(by: .seconds(86_400))
        #expect(!router.process { $0.acceptsConnections })
        router.powerOn()
        router.advance(by: .seconds(5))
        router.powerOn()
        #expect(router.rows("/system/resource").first?["uptime"] == "5s")
        try router.logIn("ana", address: "10.5.50.9")
    }

    @Test func aRouterThatIsDownForATimeMayBeSwitchedOnBefore() {
        let router = router()
        router.inject(.powerCut(downFor: .seconds(60)))
        router.advance(by: .seconds(10))
        router.powerOn()
        router.advance(by: .seconds(60))
        #expect(router.rows("/system/resource").first?["uptime"] == "1m")
    }

    @Test func switchingOffNeedsTheRightToReboot() {
        var dialogue = Dialogue()
        dialogue.say("/user/group/set", "=.id=full", "=policy=api,read,write,test")
        let eve = dialogue.router.open()
        dialogue.router.receive(Dialogue.encode(["/login", "=name=api", "=password=secret"]), on: eve)
        dialogue.router.receive(Dialogue.encode(["/system/shutdown"]), on: eve)
        let heard = Dialogue.decode(dialogue.router.takeOutgoing().filter { $0.connection == eve }.flatMap(\.bytes))
        #expect(heard.dropFirst().first == ["!trap", "=message=not enough permissions (9)"])
    }
}
