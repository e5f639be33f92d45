import ConnectionPool
import Testing

@Suite("Retry budget")
struct RetryBudgetTests {
    private let start = Moment(nanoseconds: 0)

    @Test("a tenth of the calls of the last ten seconds may be retried, and ten more")
    func share() {
        var budget = RetryBudget()
        for _ in 0..<100 { budget.noteCall(at: start) }
        #expect(taken(from: &budget, at: start + .seconds(9)) == 20)
        #expect(taken(from: &budget, at: start + .seconds(10)) == 0)
        #expect(taken(from: &budget, at: start + .seconds(19)) == 10)
    }

    /// How many of 30 retries the budget allows.
    private func taken(from budget: inout RetryBudget, at now: Moment) -> Int {
        var taken = 0
        for _ in 0..<30 where budget.takeRetry(at: now) { taken += 1 }
        return taken
    }

    @Test("retries stay within the share when everything fails for long")
    func amplification() {
        var budget = RetryBudget()
        var retries = 0
        for call in 0..<100_000 {
            let now = start + .milliseconds(call)
            budget.noteCall(at: now)
            while budget.takeRetry(at: now) { retries += 1 }
        }
        // 10 % of 100 000, and 10 for each of the ten windows and the one that ends them.
        #expect(retries <= 10_000 + 11 * 10)
        #expect(retries >= 10_000)
    }

    @Test("a retry that was not made is given back")
    func giveBack() {
        var budget = RetryBudget(ratio: 0, floor: 1)
        #expect(taken(from: &budget, at: start) == 1)
        budget.returnRetry(at: start)
        #expect(taken(from: &budget, at: start) == 1)
    }

    @Test("no budget is a trap", arguments: [Double.nan, .infinity, -1])
    func extremes(ratio: Double) {
        var budget = RetryBudget(ratio: ratio, floor: -4, window: .zero, slices: 0)
        budget.noteCall(at: Moment(nanoseconds: .max))
        #expect(taken(from: &budget, at: Moment(nanoseconds: .min)) == 0)
    }
}
