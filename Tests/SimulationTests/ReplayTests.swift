import SimulatedWorld
import Testing

@Suite("A world under a seed")
struct ReplayTests {
    @Test("a calm world comes to agree, and nothing is wrong in it", arguments: [1, 2, 3] as [UInt64])
    func calm(seed: UInt64) async throws {
        let report = World(seed: seed, try await Template.all(), isCalm: true, keepsLines: true).run()
        #expect(report.violation == nil, "\(report.lines.suffix(60).joined(separator: "\n"))")
        #expect(report.milestones[.firstUse, default: 0] > 0)
    }

    @Test("two runs of one seed are the same in every step", arguments: [1, 2, 3, 4, 5] as [UInt64])
    func replay(seed: UInt64) async throws {
        let templates = try await Template.all()
        let first = World(seed: seed, templates).run()
        let second = World(seed: seed, templates).run()
        #expect(first.hash == second.hash && first.steps == second.steps)
        #expect(World(seed: seed + 100, templates).run().hash != first.hash)
    }
}
