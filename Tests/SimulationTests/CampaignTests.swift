import SimulatedWorld
import Testing

@Suite("Worlds under many seeds")
struct CampaignTests {
    @Test("nothing is lost, doubled, early, late or touched that is not ours, and all comes to agree")
    func safety() async throws {
        let result = try await Campaign().run(1..<151)
        #expect(
            result.violations.isEmpty,
            "\(result.violations.map { "Tests/simulate.sh --seed \($0.seed): \($0.violation ?? "")" })"
        )
        // Worlds in which these never happen prove nothing about them.
        for milestone in Milestone.allCases { #expect(result.milestones[milestone, default: 0] > 0, "\(milestone)") }
    }

    @Test("a safeguard that is switched off is noticed", arguments: Sabotage.allCases)
    func sabotage(_ sabotage: Sabotage) async throws {
        let result = try await Campaign(sabotage: sabotage).run(1..<1_001, workers: 1)
        #expect(!result.violations.isEmpty, "\(sabotage) was not noticed in \(result.worlds) worlds")
    }
}
