import RouterOSProtocol
import Testing

@testable import RouterOSTesting

/// What a router keeps for a client that does not read, in memory and in patience.
@Suite struct SlowReaderTests {
    private static let limit = 2_000

    /// A router whose answers are late, with little room for them, and a client that has sent much at once.
    private static func flooded(_ fault: SimulatorFault) -> Dialogue {
        var dialogue = Dialogue()
        dialogue.router.limits.unreadBytes = limit
        dialogue.router.inject(fault)
        let commands = (0..<1_000).flatMap { Dialogue.encode(["/system/identity/print", ".tag=\($0)"]) }
        dialogue.router.receive(commands, on: dialogue.connection)
        return dialogue
    }

    private static func waitingBytes(_ dialogue: Dialogue) -> Int {
        dialogue.router.connections[dialogue.connection]?.waiting.reduce(0) { $0 + $1.bytes.count } ?? 0
    }

    @Test(arguments: [SimulatorFault.latency(.seconds(1)), .oneByteAtATime(every: .milliseconds(1))])
    func commandsWaitWhileAnswersDoAndAllAreAnswered(fault: SimulatorFault) {
        var dialogue = Self.flooded(fault)
        var tags: [String?] = []
        var rounds = 0
        var bytes: [UInt8] = []
        while tags.count < 1_000, rounds < 100_000 {
            // One more answer may have been begun before the limit was reached.
            #expect(Self.waitingBytes(dialogue) <= Self.limit + 100)
            dialogue.advance(by: .seconds(1))
            bytes += dialogue.router.takeOutgoing().flatMap(\.bytes)
            dialogue.router.serveHeldUp()
            tags = Dialogue.decode(bytes).filter { $0.first == "!done" }.map(\.last)
            rounds += 1
        }
        #expect(tags == (0..<1_000).map { ".tag=\($0)" })
        #expect(dialogue.isOpen)
    }

    @Test func theWindowOfAClientThatWaitsCloses() {
        var dialogue = Self.flooded(.latency(.seconds(1)))
        #expect(dialogue.router.reads(dialogue.connection))
        let more = [UInt8](repeating: 0, count: 300_000)
        dialogue.router.receive(more, on: dialogue.connection)
        #expect(!dialogue.router.reads(dialogue.connection))
        for _ in 0..<100 {
            dialogue.advance(by: .seconds(1))
            _ = dialogue.router.takeOutgoing()
            dialogue.router.serveHeldUp()
        }
        #expect(dialogue.router.reads(dialogue.connection))
    }

    @Test func aCongestedNetworkIsGivenNothingMoreUntilItHasRoom() {
        var dialogue = Dialogue()
        dialogue.router.setCongested(true, on: dialogue.connection)
        #expect(dialogue.say("/system/identity/print").isEmpty)
        dialogue.advance(by: .seconds(3_600))
        #expect(dialogue.hear().isEmpty)
        dialogue.router.setCongested(false, on: dialogue.connection)
        #expect(dialogue.hear() == [["!re", "=name=Test"], ["!done"]])
    }

    @Test(arguments: [SimulatorFault.latency(.seconds(5)), .oneByteAtATime(every: .milliseconds(1))])
    func congestionThatComesAndGoesMultipliesNothing(fault: SimulatorFault) {
        var dialogue = Dialogue()
        dialogue.router.inject(fault)
        dialogue.router.receive(Dialogue.encode(["/system/identity/print"]), on: dialogue.connection)
        for _ in 0..<100 {
            dialogue.router.setCongested(true, on: dialogue.connection)
            dialogue.router.setCongested(false, on: dialogue.connection)
        }
        #expect(dialogue.router.agenda.count <= 1)
        dialogue.advance(by: .seconds(60))
        #expect(dialogue.hear() == [["!re", "=name=Test"], ["!done"]])
    }

    @Test func aConnectionThatEndsLeavesItsLastWordsToTheNetwork() {
        var dialogue = Dialogue()
        dialogue.router.setCongested(true, on: dialogue.connection)
        #expect(dialogue.say("/quit") == [["!fatal", "session terminated on request"]])
        #expect(!dialogue.isOpen)
    }

    @Test func roundsThatNobodyReadsAreLeftOut() {
        var dialogue = Dialogue()
        dialogue.router.limits.unreadBytes = Self.limit
        dialogue.say("/system/identity/print", "=interval=1s", ".tag=r")
        dialogue.router.setCongested(true, on: dialogue.connection)
        dialogue.advance(by: .seconds(100_000))
        #expect(Self.waitingBytes(dialogue) <= Self.limit + 100)
        dialogue.router.setCongested(false, on: dialogue.connection)
        let missed = dialogue.hear().count
        #expect((10...200).contains(missed))
        dialogue.advance(by: .seconds(3))
        #expect(dialogue.hear() == Array(repeating: ["!re", ".tag=r", "=name=Test"], count: 3))
    }

    @Test func newsForAClientThatDoesNotReadEndsItsConnection() {
        var dialogue = Dialogue()
        dialogue.router.limits.unreadBytes = Self.limit
        dialogue.say("/ip/hotspot/user/listen", ".tag=l")
        dialogue.router.setCongested(true, on: dialogue.connection)
        for number in 0..<1_000 {
            _ = try? dialogue.router.add("/ip/hotspot/user", ["name": WireText("u\(number)")])
            dialogue.router.tellListeners()
            #expect(Self.waitingBytes(dialogue) <= Self.limit + 1_000)
        }
        let end = dialogue.router.takeOutgoing().last
        #expect(end?.closes == true && end?.resets == true)
    }

    @Test func oneAnswerIsNeverCut() {
        var dialogue = Dialogue()
        dialogue.router.limits.unreadBytes = 0
        for number in 0..<500 { dialogue.add("u\(number)") }
        #expect(dialogue.values("name", "/ip/hotspot/user/print").count == 500)
    }

    @Test(arguments: [1 << 16, 1 << 20])
    func aSentenceOfManyMegabytesMayComeInPieces(piece: Int) {
        var dialogue = Dialogue()
        let value = [UInt8](repeating: UInt8(ascii: "x"), count: 3 << 20)
        var encoder = SentenceEncoder()
        encoder.append(
            Command("/ip/hotspot/user/add") {
                $0["name"] = "a"
                for name in ["password", "comment", "email"] { $0.set(name, bytes: value) }
            }
        )
        let bytes = encoder.take()
        #expect(bytes.count > 9 << 20)
        for start in stride(from: 0, to: bytes.count, by: piece) {
            dialogue.router.receive(bytes[start..<min(start + piece, bytes.count)], on: dialogue.connection)
        }
        #expect(dialogue.hear() == [["!done", "=ret=*1"]])
        #expect(dialogue.router.value("comment", of: 1, in: "/ip/hotspot/user")?.bytes == value)
    }

    @Test func aSentenceThatIsTooLongEndsTheConnection() {
        var dialogue = Dialogue()
        let word = Dialogue.encode(["=comment=" + String(repeating: "x", count: 10_000)]).dropLast()
        dialogue.router.receive(Dialogue.encode(["/ip/hotspot/user/add"]).dropLast(), on: dialogue.connection)
        for _ in 0..<2_000 { dialogue.router.receive(word, on: dialogue.connection) }
        #expect(dialogue.hear().isEmpty)
        #expect(!dialogue.isOpen)
    }

    @Test func asManyCommandsGoOnByThemselvesAsMay() {
        var dialogue = Dialogue()
        dialogue.router.limits.activities = 3
        let traps = (1...5).map { number in
            dialogue.trap(["/ip/hotspot/user/print", "=interval=1d", ".tag=\(number)"])
        }
        let refused = "failure: too many commands at once"
        #expect(traps == [nil, nil, nil, refused, refused])
        #expect(dialogue.say("/ip/hotspot/user/listen", ".tag=6").map(\.first) == ["!trap", "!done"])
        dialogue.say("/cancel", "=tag=1")
        #expect(dialogue.trap(["/ip/hotspot/user/listen", ".tag=7"]) == nil)
        #expect(dialogue.router.connections[dialogue.connection]?.activities.count == 3)
    }
}
