import SimulatedWorld
import Testing

@Suite("A world under a seed")
struct ReplayTests {
    @Test("a calm world comes to agree, and nothing is wrong in it", arguments: [1, 2] as [UInt64])
    func calm(seed: UInt64) async throws {
        let report = World(seed: seed, try await Templates(), isCalm: true, keepsLines: true).run()
        #expect(report.violation == nil, "\(report.lines.suffix(60).joined(separator: "\n"))")
        #expect(report.milestones[.firstUse, default: 0] > 0)
    }

    @Test("two runs of one seed are the same in every step")
    func replay() async throws {
        let templates = try await Templates()
        for seed in 1...4 as ClosedRange<UInt64> {
            let first = World(seed: seed, templates).run()
            let second = World(seed: seed, templates).run()
            #expect(first.hash == second.hash && first.steps == second.steps, "seed \(seed)")
            #expect(World(seed: seed + 100, templates).run().hash != first.hash)
        }
    }
}
