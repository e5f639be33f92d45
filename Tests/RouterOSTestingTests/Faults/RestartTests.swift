import RouterOSProtocol
import Testing

@testable import RouterOSTesting

/// What the end of the power, a restart and a reset leave.
@Suite struct RestartTests {
    private static func online() -> Dialogue {
        var dialogue = Dialogue()
        dialogue.add("a")
        #expect(dialogue.logIn("a") == nil)
        dialogue.advance(by: .seconds(100))
        return dialogue
    }

    private static func users(_ dialogue: Dialogue) -> [String] {
        (dialogue.router.tables["/ip/hotspot/user"]?.rows ?? []).compactMap {
            dialogue.router.value("name", of: $0.id, in: "/ip/hotspot/user")?.description
        }
    }

    private static func uptime(_ dialogue: Dialogue) -> String? {
        guard let id = dialogue.router.tables["/ip/hotspot/user"]?.id(ofName: "a") else { return nil }
        return dialogue.router.value("uptime", of: id, in: "/ip/hotspot/user")?.description
    }

    @Test(arguments: [(SimulatorFault.powerCut, "0s"), (.reboot(), "1m40s")])
    func onlyARestartInGoodOrderSettlesSessions(fault: SimulatorFault, uptime: String) {
        var dialogue = Self.online()
        #expect(dialogue.router.hotspot.sessions.count == 1 && Self.uptime(dialogue) == "0s")
        dialogue.router.inject(fault)
        _ = dialogue.hear()
        #expect(!dialogue.isOpen)
        #expect(dialogue.router.hotspot.sessions.isEmpty)
        #expect(Self.uptime(dialogue) == uptime)
    }

    @Test(arguments: [(SimulatorFault.powerCut, 0), (.reboot(), 1)])
    func onlyInGoodOrderDoesWhatWasSaidBeforeArrive(fault: SimulatorFault, answers: Int) {
        var dialogue = Dialogue()
        dialogue.router.inject(.latency(.seconds(3_600)))
        #expect(dialogue.say("/system/identity/print").isEmpty)
        dialogue.router.inject(fault)
        var heard = dialogue.hear()
        #expect(dialogue.isOpen == (answers > 0))
        dialogue.advance(by: .seconds(7_200))
        heard += dialogue.hear()
        #expect(heard.count { $0.first == "!re" } == answers)
        #expect(!dialogue.isOpen)
        #expect(dialogue.router.connections.isEmpty)
    }

    @Test func whoWasLeavingIsLostWithThePowerToo() {
        var dialogue = Dialogue()
        dialogue.router.inject(.latency(.seconds(3_600)))
        dialogue.say("/quit")
        #expect(dialogue.isOpen)
        dialogue.router.inject(.powerCut)
        #expect(dialogue.hear().isEmpty)
        #expect(!dialogue.isOpen)
    }

    @Test(arguments: [SimulatorFault.powerCut, .reboot(), .factoryReset(keepsUser: true), .certificateChange])
    func whatHappensOnceIsNotInForceAndHappensOnce(fault: SimulatorFault) {
        var dialogue = Dialogue()
        dialogue.advance(by: .seconds(1))
        dialogue.router.inject(.stall)
        dialogue.router.inject(fault)
        // What is in force stays, for a router that comes up again is the same router.
        #expect(dialogue.router.faults.faults == [.stall])
        let (started, certificates) = (dialogue.router.bootedAt, dialogue.router.certificateChanges)
        #expect(started == (fault == .certificateChange ? .zero : .seconds(1)))
        #expect(certificates == (fault == .certificateChange ? 1 : 0))
        dialogue.advance(by: .seconds(3_600))
        #expect(dialogue.router.bootedAt == started && dialogue.router.certificateChanges == certificates)
    }

    @Test(arguments: [
        SimulatorFault.powerCut, .powerCut(downFor: .seconds(5)), .reboot(), .factoryReset(keepsUser: true),
    ])
    func noFaultStartsARouterThatIsOff(fault: SimulatorFault) {
        var dialogue = Dialogue()
        dialogue.add("a")
        dialogue.router.powerOff()
        dialogue.router.inject(fault)
        dialogue.router.inject(fault, after: .seconds(1), lasting: nil)
        dialogue.advance(by: .seconds(3_600))
        #expect(!dialogue.router.acceptsConnections)
        dialogue.router.powerOn()
        #expect(dialogue.router.acceptsConnections)
        #expect(Self.users(dialogue).contains("a"))
    }

    @Test func whatARestartInGoodOrderKeptNoPowerCutLosesAnyMore() {
        var dialogue = Dialogue()
        dialogue.router.inject(.lateFlash(every: .seconds(10)))
        dialogue.add("a")
        dialogue.router.inject(.reboot())
        dialogue.router.inject(.powerCut)
        #expect(Self.users(dialogue).contains("a"))
    }

    @Test func aDriftIsAFaultAndWhatItGainedStays() {
        var dialogue = Dialogue()
        let behind = { (dialogue: Dialogue) in
            dialogue.router.clock.seconds(at: dialogue.router.now) - dialogue.router.clock.epoch
                - dialogue.router.now.components.seconds
        }
        dialogue.advance(by: .seconds(1_000_000))
        dialogue.router.inject(.clockDrift(partsPerMillion: 50))
        #expect(behind(dialogue) == 0)
        dialogue.advance(by: .seconds(1_000_000))
        #expect(behind(dialogue) == 50)
        dialogue.router.inject(.clockDrift(partsPerMillion: -20))
        dialogue.advance(by: .seconds(1_000_000))
        #expect(behind(dialogue) == 30)
        dialogue.router.clear(.clockDrift(partsPerMillion: -20))
        dialogue.advance(by: .seconds(1_000_000))
        #expect(behind(dialogue) == 30)
    }

    @Test func nobodyConnectsWhileTheRouterIsDown() {
        var dialogue = Dialogue()
        dialogue.router.inject(.powerCut(downFor: .seconds(30)))
        #expect(!dialogue.router.acceptsConnections)
        dialogue.advance(by: .seconds(20))
        // A second cut: the first one's start does not count any more.
        dialogue.router.inject(.powerCut(downFor: .seconds(30)))
        dialogue.advance(by: .seconds(29))
        #expect(!dialogue.router.acceptsConnections)
        dialogue.advance(by: .seconds(1))
        #expect(dialogue.router.acceptsConnections)
        #expect(dialogue.router.bootedAt == dialogue.router.now)
    }

    @Test(arguments: [
        (SimulatorFault.powerCut, ["early"]), (.reboot(), ["early", "late"]),
    ])
    func aPowerCutLosesWhatIsNotInFlash(fault: SimulatorFault, names: [String]) {
        var dialogue = Dialogue()
        dialogue.router.inject(.lateFlash(every: .seconds(10)))
        dialogue.add("early")
        dialogue.advance(by: .seconds(10))
        dialogue.add("late")
        dialogue.advance(by: .seconds(9))
        dialogue.router.inject(fault)
        #expect(Self.users(dialogue).filter { $0 != "default-trial" } == names)
    }

    @Test func flashThatIsWrittenAtOnceAgainLosesNothing() {
        var dialogue = Dialogue()
        dialogue.router.inject(.lateFlash(every: .seconds(10)))
        dialogue.router.clearFaults()
        dialogue.add("a")
        dialogue.router.inject(.powerCut)
        #expect(Self.users(dialogue).contains("a"))
    }

    @Test func theClockSaysNineteenSeventyUntilTheNetworkSetsIt() {
        var dialogue = Dialogue()
        dialogue.advance(by: .seconds(3_600))
        let before = dialogue.router.clock.seconds(at: dialogue.router.now)
        dialogue.router.inject(.powerCut)
        #expect(!dialogue.router.clock.isSet)
        #expect(dialogue.router.clock.seconds(at: dialogue.router.now) == 86_400)
        dialogue.advance(by: .seconds(29))
        #expect(dialogue.router.clock.seconds(at: dialogue.router.now) == 86_429)
        dialogue.advance(by: .seconds(1))
        #expect(dialogue.router.clock.isSet)
        #expect(dialogue.router.clock.seconds(at: dialogue.router.now) == before + 30)
    }

    @Test(arguments: [3_600, -3_600] as [Int64])
    func aJumpMovesTheHandsAndNothingElse(seconds: Int64) {
        var dialogue = Self.online()
        let before = dialogue.router.clock.seconds(at: dialogue.router.now)
        dialogue.router.inject(.clockJump(by: .seconds(seconds)))
        #expect(dialogue.router.clock.seconds(at: dialogue.router.now) == before + seconds)
        #expect(dialogue.router.hotspot.sessions.count == 1)
    }

    @Test func aClockThatRunsTooFastGains() {
        var clock = RouterClock()
        clock.drift = 50
        #expect(clock.seconds(at: .seconds(1_000_000)) == clock.epoch + 1_000_050)
        clock.drift = -50
        #expect(clock.seconds(at: .seconds(1_000_000)) == clock.epoch + 999_950)
    }

    @Test(arguments: [true, false])
    func aFactoryResetKeepsTheUserOnlyWhenAsked(keepsUser: Bool) {
        var dialogue = Self.online()
        dialogue.router.inject(.factoryReset(keepsUser: keepsUser))
        #expect(!Self.users(dialogue).contains("a"))
        let id = dialogue.router.open()
        dialogue.router.receive(Dialogue.encode(["/login", "=name=api", "=password=secret"]), on: id)
        let answer = Dialogue.decode(dialogue.router.takeOutgoing().filter { $0.connection == id }.flatMap(\.bytes))
        #expect(answer.first?.first == (keepsUser ? "!done" : "!trap"))
        let admin = dialogue.router.open()
        dialogue.router.receive(Dialogue.encode(["/login", "=name=admin", "=password="]), on: admin)
        let other = Dialogue.decode(dialogue.router.takeOutgoing().filter { $0.connection == admin }.flatMap(\.bytes))
        #expect(other.first?.first == (keepsUser ? "!trap" : "!done"))
    }

    @Test func dynamicRowsGoAndTheirIdsAreUsedAgain() throws {
        var dialogue = Dialogue()
        let menu = """
            menu /queue/sample table
            verbs add remove
            setting name text required
            setting dynamic flag default false
            """
        dialogue.router.add(try MenuText.menus(menu, of: .v7_18))
        let ids = try ["false", "true", "true"].map { dynamic in
            try dialogue.router.add("/queue/sample", ["name": WireText(dynamic), "dynamic": WireText(dynamic)])
        }
        dialogue.router.inject(.powerCut)
        #expect(dialogue.router.tables["/queue/sample"]?.rows.map(\.id) == [ids[0]])
        let next = try dialogue.router.add("/queue/sample", ["name": "new"])
        #expect(next == ids[1])
    }

    @Test func somebodyEditsRowsTheSameWayForTheSameSeed() {
        func run() -> (revision: Int, text: [UInt8]) {
            var dialogue = Dialogue()
            for number in 0..<20 { dialogue.add("u\(number)") }
            let revision = dialogue.router.revision
            dialogue.router.inject(.humanEdits(every: .seconds(60)))
            dialogue.advance(by: .seconds(3_600))
            return (dialogue.router.revision - revision, SavedTables.text(of: dialogue.router))
        }
        let (first, second) = (run(), run())
        #expect((40...80).contains(first.revision))
        #expect(first.text == second.text)
    }

    @Test func editsStopWhenTheyAreTakenBack() {
        var dialogue = Dialogue()
        dialogue.add("a")
        dialogue.router.inject(.humanEdits(every: .seconds(60)))
        dialogue.router.inject(.humanEdits(every: .seconds(60)))
        dialogue.router.clear(.humanEdits(every: .seconds(60)))
        let revision = dialogue.router.revision
        dialogue.advance(by: .seconds(36_000))
        #expect(dialogue.router.revision == revision)
    }
}
