import SimulatedWorld
import Testing

@Suite("Worlds under many seeds")
struct CampaignTests {
    @Test("nothing is lost, doubled, early, late or touched that is not ours, and all comes to agree")
    func safety() async throws {
        let result = try await Campaign().run(1..<101)
        #expect(
            result.violations.isEmpty,
            "\(result.violations.map { "Tests/simulate.sh --seed \($0.seed)   # \($0.violation ?? "")" })"
        )
        // Worlds in which these never happen prove nothing about them.
        for milestone in Milestone.allCases { #expect(result.milestones[milestone, default: 0] > 0, "\(milestone)") }
    }

    /// Where to begin, so as not to take long: another seed notices as well, a little later.
    private static let seeds: [Sabotage: UInt64] = [
        .ignoreEpoch: 39, .noLeaseTrust: 39, .trustWrites: 9, .blindResend: 5, .noBudget: 9, .noHalving: 225,
        .newKeyOnRetry: 3, .expireOnAbsence: 33, .expireOnStatus: 28, .trustClock: 2, .forgetCommits: 8,
        .staleSessions: 30, .keepSessions: 11, .forgetUnset: 10, .noMassChangeGuard: 64,
    ]

    @Test("a safeguard that is switched off is noticed", arguments: Sabotage.allCases)
    func sabotage(_ sabotage: Sabotage) async throws {
        let first = Self.seeds[sabotage] ?? 1
        let result = try await Campaign(sabotage: sabotage).run(first..<first + 1_000, workers: 1)
        #expect(!result.violations.isEmpty, "\(sabotage) was not noticed in \(result.worlds) worlds")
    }
}
