import BillingDomain
import Testing

@testable import BillingProvisioning

@Suite("Watch over the clock")
struct ClockWatchTests {
    private static let start = Timestamp(secondsSince1970: 1_700_000_000)

    /// Looks at a clock that is `error` seconds off, at each of the given seconds.
    private func verdicts(hold: Int64 = 600, _ looks: [(elapsed: Int64, error: Int64)]) -> [ClockWatch.Verdict] {
        var watch = ClockWatch(hold: .seconds(hold))
        return looks.map { look in
            watch.look(wall: Self.start + .seconds(look.elapsed + look.error), elapsed: .seconds(look.elapsed))
        }
    }

    @Test("time that passes, and slewing, are trusted")
    func steady() {
        #expect(verdicts([(0, 0), (1, 0), (86_400, 60), (90_000, 170), (200_000, 100)]).allSatisfy { $0 == .trusted })
    }

    @Test("a step either way is doubted until it is undone", arguments: [3_600, -3_600] as [Int64])
    func undone(step: Int64) {
        #expect(
            verdicts([(0, 0), (10, step), (20, step), (30, 0), (40, 0)]) == [
                .trusted, .jumped(by: .seconds(step)), .doubted, .trusted, .trusted,
            ]
        )
    }

    @Test("a step that stays is trusted when the hold has passed, and a new step begins it anew")
    func stays() {
        #expect(
            verdicts(hold: 100, [(0, 0), (10, 3_600), (109, 3_600), (110, 3_600), (111, 3_600)]) == [
                .trusted, .jumped(by: .seconds(3_600)), .doubted, .trusted, .trusted,
            ]
        )
        #expect(
            verdicts(hold: 100, [(0, 0), (10, 3_600), (100, 7_200), (150, 7_200), (200, 7_200)]) == [
                .trusted, .jumped(by: .seconds(3_600)), .jumped(by: .seconds(7_200)), .doubted, .trusted,
            ]
        )
    }
}
