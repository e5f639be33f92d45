import RouterOSProtocol
import Testing

@testable import RouterOSTesting

@Suite struct FaultPlanTests {
    @Test("what a client sends of its own accord does not count", arguments: ["/login", "/cancel", "/quit"])
    func ownCommands(path: String) throws {
        var plan = FaultPlan(seed: 1)
        plan.add(.dropConnection(afterCommand: 2))
        let own = try sentence(path)
        let print = try sentence("/ip/hotspot/user/print")
        #expect(!plan.verdict(on: print, at: .zero).dropsAnswer)
        #expect(!plan.verdict(on: own, at: .zero).dropsAnswer)
        #expect(plan.verdict(on: print, at: .zero).dropsAnswer)
        #expect(!plan.verdict(on: print, at: .zero).dropsAnswer, "it happens once")
    }

    @Test("a count below 1 is 1", arguments: [-1, 0, 1])
    func smallCounts(count: Int) throws {
        var plan = FaultPlan(seed: 1)
        plan.add(.dropConnection(afterCommand: count))
        #expect(plan.verdict(on: try sentence("/ip/hotspot/user/print"), at: .zero).dropsAnswer)
    }

    private func sentence(_ path: String) throws -> Sentence {
        var encoder = SentenceEncoder()
        encoder.append(Command(path))
        var decoder = SentenceDecoder()
        decoder.feed(encoder.bytes)
        return try #require(try decoder.next())
    }
}
