import RouterOSProtocol
import Testing

@testable import RouterOSTesting

/// What faults do to a dialogue.
@Suite struct FaultTests {
    private static let identity = ["/system/identity/print"]
    private static let answer = [["!re", "=name=Test"], ["!done"]]

    private static func dialogue(_ faults: SimulatorFault...) -> Dialogue {
        var dialogue = Dialogue()
        for fault in faults { dialogue.router.inject(fault) }
        return dialogue
    }

    // MARK: Lateness

    @Test func aLateAnswerComesAtItsMomentAndNotBefore() {
        var dialogue = Self.dialogue(.latency(.milliseconds(20)))
        #expect(dialogue.say(Self.identity).isEmpty)
        dialogue.advance(by: .milliseconds(19))
        #expect(dialogue.hear().isEmpty)
        dialogue.advance(by: .milliseconds(1))
        #expect(dialogue.hear() == Self.answer)
    }

    @Test(arguments: [
        SimulatorFault.latency(from: .milliseconds(10), to: .milliseconds(40)),
        .latency(median: .milliseconds(10), longest: .seconds(2)), .requestKnee, .oneByteAtATime(),
    ])
    func lateAnswersKeepTheirOrder(fault: SimulatorFault) {
        var dialogue = Self.dialogue(fault)
        for number in 0..<300 {
            dialogue.router.receive(Dialogue.encode(Self.identity + [".tag=\(number)"]), on: dialogue.connection)
        }
        dialogue.advance(by: .seconds(60))
        let tags = dialogue.hear().filter { $0.first == "!done" }.map(\.last)
        #expect(tags == (0..<300).map { ".tag=\($0)" })
    }

    @Test func latencyIsSpreadAsItsNameSays() {
        var random = SeededRandom(seed: 7)
        let uniform = (0..<10_000).map { _ in
            Latency.uniform(.milliseconds(10), .milliseconds(40)).sample(&random)
        }
        #expect(uniform.allSatisfy { $0 >= .milliseconds(10) && $0 <= .milliseconds(40) })
        #expect((4_500...5_500).contains(uniform.count { $0 < .milliseconds(25) }))
        let tail = (0..<10_000).map { _ in
            Latency.heavyTail(median: .milliseconds(10), longest: .seconds(2)).sample(&random)
        }
        #expect((4_700...5_300).contains(tail.count { $0 < .milliseconds(10) }))
        #expect((50...200).contains(tail.count { $0 > .milliseconds(500) }))
        #expect(tail.max() == .seconds(2))
    }

    @Test func behindTheKneeEveryAnswerTakesLongUntilTheLoadStops() {
        var dialogue = Self.dialogue(.requestKnee(after: 3, delay: .milliseconds(20)))
        let time = { (dialogue: inout Dialogue) -> Duration in
            let begin = dialogue.router.now
            dialogue.say(Self.identity)
            while dialogue.hear().isEmpty { dialogue.advance(by: .milliseconds(1)) }
            return dialogue.router.now - begin
        }
        let times = (0..<6).map { _ in time(&dialogue) }
        #expect(times == [1, 1, 1, 20, 20, 20].map { .milliseconds($0) })
        dialogue.advance(by: .seconds(1))
        #expect(time(&dialogue) == .milliseconds(1))
    }

    @Test func allConnectionsShareTheKneeAndItsThroughput() {
        var router = Dialogue().router
        router.inject(.requestKnee(after: 150, delay: .milliseconds(20)))
        let ids = (0..<10).map { _ in router.open() }
        for id in ids { router.receive(Dialogue.encode(["/login", "=name=api", "=password=secret"]), on: id) }
        for number in 0..<1_000 {
            router.receive(Dialogue.encode(Self.identity), on: ids[number % ids.count])
        }
        router.advance(to: router.now + .seconds(1))
        let answered = Dialogue.decode(router.takeOutgoing().flatMap(\.bytes)).count { $0 == ["!re", "=name=Test"] }
        // 140 and then one in 7.5 ms.
        #expect((260...280).contains(answered))
    }

    @Test func aSeedPlacesTheKnee() {
        let places = Set(
            (0..<40 as Range<UInt64>).map { seed -> Int in
                var random = SeededRandom(seed: seed)
                return RequestKnee(&random).after
            }
        )
        #expect(places.count > 20 && places.allSatisfy { (120...220).contains($0) })
    }

    @Test func bytesLeaveOneByOne() {
        var dialogue = Self.dialogue(.oneByteAtATime(every: .milliseconds(2)))
        dialogue.router.receive(Dialogue.encode(Self.identity), on: dialogue.connection)
        let first = dialogue.router.takeOutgoing()
        #expect(first.map(\.bytes.count) == [1])
        dialogue.router.advance(to: dialogue.router.now + .milliseconds(20))
        let next = dialogue.router.takeOutgoing()
        #expect(next.map(\.bytes.count) == Array(repeating: 1, count: 10))
        dialogue.router.advance(to: dialogue.router.now + .seconds(1))
        let all = (first + next + dialogue.router.takeOutgoing()).flatMap(\.bytes)
        #expect(Dialogue.decode(all) == Self.answer)
    }

    // MARK: Silence

    @Test func aStallIsOverWhenItIsTakenBack() {
        var dialogue = Self.dialogue(.stall)
        #expect(dialogue.say(Self.identity).isEmpty)
        dialogue.router.clear(.stall)
        #expect(dialogue.hear() == Self.answer)
    }

    @Test func aClientThatFloodsAStallingRouterIsDropped() {
        var dialogue = Self.dialogue(.stall)
        let piece = [UInt8](repeating: 0, count: 1 << 20)
        for _ in 0..<20 { dialogue.router.receive(piece, on: dialogue.connection) }
        #expect(dialogue.isOpen)
        dialogue.router.receive(piece, on: dialogue.connection)
        _ = dialogue.hear()
        #expect(!dialogue.isOpen)
    }

    @Test func whatABlackHoleTookIsLostForEver() {
        var dialogue = Self.dialogue(.blackHole)
        #expect(dialogue.say(Self.identity).isEmpty)
        dialogue.router.clearFaults()
        #expect(dialogue.say(Self.identity).isEmpty)
        #expect(dialogue.isOpen)
        #expect(dialogue.router.transcript.commands.map(\.path) == ["/login"])
    }

    @Test func aClosedPortAcceptsNobodyAndOldConnectionsGoOn() {
        var dialogue = Self.dialogue(.refuseConnections)
        #expect(!dialogue.router.acceptsConnections)
        #expect(dialogue.say(Self.identity) == Self.answer)
        dialogue.router.clearFaults()
        #expect(dialogue.router.acceptsConnections)
    }

    // MARK: The n-th command

    @Test func theNthCommandIsTrappedInTheWordsGiven() {
        var dialogue = Self.dialogue(.trap(atCommand: 2, "failure: router is busy"))
        #expect(dialogue.router.faults.faults == [.trap(atCommand: 2, "failure: router is busy")])
        #expect(dialogue.trap(["/ip/hotspot/user/add", "=name=a"]) == nil)
        let refused = dialogue.say("/ip/hotspot/user/add", "=name=b", ".tag=7")
        #expect(refused == [["!trap", ".tag=7", "=message=failure: router is busy"], ["!done", ".tag=7"]])
        #expect(dialogue.trap(["/ip/hotspot/user/add", "=name=c"]) == nil)
        #expect(dialogue.values("name", "/ip/hotspot/user/print").compactMap(\.self) == ["a", "c"])
        #expect(dialogue.router.faults.faults.isEmpty)
    }

    @Test(arguments: [
        (SimulatorFault.fatal(atCommand: 2), [["!fatal", "internal error"]], ["a"]),
        (.dropConnection(beforeCommand: 2), [], ["a"]),
        (.dropConnection(afterCommand: 2), [], ["a", "b"]),
    ])
    func theNthCommandEndsTheConnection(fault: SimulatorFault, answer: [[String]], names: [String]) {
        var dialogue = Self.dialogue(fault)
        dialogue.add("a")
        #expect(dialogue.isOpen)
        #expect(dialogue.say("/ip/hotspot/user/add", "=name=b") == answer)
        #expect(!dialogue.isOpen)
        let rows = dialogue.router.tables["/ip/hotspot/user"]?.rows ?? []
        #expect(rows.suffix(names.count).map { dialogue.name(of: $0.id) } == names)
    }

    @Test func loginsDoNotCount() {
        var dialogue = Dialogue(signedIn: false)
        dialogue.router.inject(.trap(atCommand: 1, "no"))
        dialogue.router.inject(.resetConnection(afterBytes: 1))
        #expect(dialogue.say("/login", "=name=api", "=password=secret") == [["!done"]])
        dialogue.router.clear(.resetConnection(afterBytes: 1))
        #expect(dialogue.trap(Self.identity) == "no")
    }

    @Test(arguments: 0...18)
    func aConnectionBreaksInMidSentence(count: Int) {
        var dialogue = Self.dialogue(.resetConnection(afterBytes: count))
        dialogue.router.receive(Dialogue.encode(Self.identity), on: dialogue.connection)
        let left = dialogue.router.takeOutgoing()
        let whole = Self.answer.flatMap { Dialogue.encode($0) }
        #expect(left.flatMap(\.bytes) == Array(whole.prefix(count)))
        #expect(left.last?.closes == true && left.last?.resets == true)
    }

    @Test(arguments: [0, 7, 1_000])
    func oneByteIsWrongAndTheNextAnswerRight(place: Int) {
        var dialogue = Self.dialogue(.wrongByte(afterBytes: place))
        dialogue.router.receive(Dialogue.encode(Self.identity), on: dialogue.connection)
        let bytes = dialogue.router.takeOutgoing().flatMap(\.bytes)
        let whole = Self.answer.flatMap { Dialogue.encode($0) }
        #expect(bytes.count == whole.count)
        #expect(zip(bytes, whole).enumerated().filter { $1.0 != $1.1 }.map(\.offset) == [min(place, whole.count - 1)])
        #expect(dialogue.say(Self.identity) == Self.answer)
    }

    // MARK: In their time

    @Test func aFaultComesAndGoesByItself() {
        var dialogue = Dialogue()
        dialogue.router.inject(.refuseLogin, after: .seconds(10), lasting: .seconds(5))
        #expect(dialogue.router.faults.faults.isEmpty)
        dialogue.advance(by: .seconds(10))
        #expect(dialogue.router.faults.faults == [.refuseLogin])
        dialogue.advance(by: .seconds(5))
        #expect(dialogue.router.faults.faults.isEmpty)
    }

    @Test func anotherFaultOfAKindTakesThePlaceOfTheFirst() {
        let dialogue = Self.dialogue(.latency(.seconds(1)), .stall, .latency(.seconds(2)), .stall)
        #expect(dialogue.router.faults.faults == [.latency(.seconds(2)), .stall])
    }

    @Test func piecesDoNotMatterWhateverGoesWrong() {
        var bytes: [UInt8] = []
        for number in 0..<40 { bytes += Dialogue.encode(["/ip/hotspot/user/add", "=name=n\(number)"]) }
        bytes += Dialogue.encode(["/ip/hotspot/user/print"])
        func hash(pieces: Int) -> (UInt64, [UInt8]) {
            var dialogue = Self.dialogue(
                .latency(median: .milliseconds(3), longest: .seconds(1)),
                .requestKnee(after: 20, delay: .milliseconds(9)),
                .trap(atCommand: 9, "no"),
                .wrongByte(afterBytes: 3),
                .humanEdits(every: .milliseconds(50))
            )
            for start in stride(from: 0, to: bytes.count, by: pieces) {
                dialogue.router.receive(bytes[start..<min(start + pieces, bytes.count)], on: dialogue.connection)
            }
            dialogue.advance(by: .seconds(60))
            return (dialogue.router.transcript.hash.value, dialogue.router.takeOutgoing().flatMap(\.bytes))
        }
        let whole = hash(pieces: bytes.count)
        for size in [1, 2, 7, 64] {
            let parts = hash(pieces: size)
            #expect(parts.0 == whole.0)
            #expect(parts.1 == whole.1)
        }
    }

    @Test func aFaultThatWasTakenBackDoesNotEndTheNextOne() {
        var dialogue = Dialogue()
        dialogue.router.inject(.refuseLogin, after: .zero, lasting: .seconds(10))
        dialogue.advance(by: .seconds(5))
        dialogue.router.clear(.refuseLogin)
        dialogue.router.inject(.refuseLogin)
        dialogue.advance(by: .seconds(60))
        #expect(dialogue.router.faults.faults == [.refuseLogin])
    }
}

extension Dialogue {
    fileprivate func name(of id: UInt64) -> String? {
        router.value("name", of: id, in: "/ip/hotspot/user")?.description
    }

    @Test func whatIsPlannedIsListedAndTakenBack() {
        var dialogue = Dialogue()
        dialogue.router.inject(.reboot(), after: .seconds(60), lasting: nil)
        dialogue.router.inject(.stall, after: .seconds(10), lasting: .seconds(5))
        dialogue.router.inject(.stall, after: .seconds(30), lasting: nil)
        let first = PlannedFault(fault: .stall, after: .seconds(10), duration: .seconds(5))
        let second = PlannedFault(fault: .stall, after: .seconds(30), duration: nil)
        let third = PlannedFault(fault: .reboot(), after: .seconds(60), duration: nil)
        #expect(dialogue.router.plannedFaults == [first, second, third])
        dialogue.advance(by: .seconds(16))
        // The end of the first is not the end of the second.
        #expect(dialogue.router.plannedFaults.map(\.fault) == [.stall, .reboot()])
        dialogue.router.clear(.stall)
        #expect(dialogue.router.plannedFaults.map(\.fault) == [.reboot()])
        dialogue.router.clearFaults()
        #expect(dialogue.router.plannedFaults.isEmpty)
        dialogue.advance(by: .seconds(3_600))
        #expect(dialogue.router.bootedAt == .zero && dialogue.router.faults.faults.isEmpty)
    }
}
