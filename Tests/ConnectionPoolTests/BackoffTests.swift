import ConnectionPool
import Testing

@Suite("Back-off")
struct BackoffTests {
    @Test(
        "the longest wait doubles up to the cap, whatever the number of failures",
        arguments: [
            (1, 100), (2, 200), (5, 1_600), (6, 3_200), (7, 5_000), (63, 5_000), (64, 5_000), (.max, 5_000), (0, 100),
            (-9, 100),
        ] as [(Int, Int)]
    )
    func ceiling(failures: Int, milliseconds: Int) {
        let backoff = Backoff(base: .milliseconds(100), cap: .seconds(5))
        #expect(backoff.ceiling(afterFailures: failures) == .milliseconds(milliseconds))
    }

    @Test("a cap below the base wins, and times beyond all measure are no trap")
    func extremes() {
        #expect(Backoff(base: .seconds(9), cap: .seconds(1)).ceiling(afterFailures: 1) == .seconds(1))
        #expect(Backoff(base: .zero, cap: .seconds(1)).ceiling(afterFailures: 70) == .zero)
        #expect(Backoff(base: .seconds(-1), cap: .seconds(-1)).ceiling(afterFailures: 3) == .zero)
        let endless = Backoff(base: .seconds(Int64.max), cap: .seconds(Int64.max))
        #expect(endless.ceiling(afterFailures: 63) == .nanoseconds(Int64.max))
        var random = JitterSource(seed: 1)
        #expect(endless.delay(afterFailures: 63, using: &random) > .zero)
    }

    @Test("every part of the wait is as likely as any other", arguments: 0..<4 as Range<UInt64>)
    func uniform(seed: UInt64) {
        let backoff = Backoff(base: .seconds(1), cap: .seconds(60))
        var random = JitterSource(seed: seed)
        var bins = [Int](repeating: 0, count: 64)
        for _ in 0..<64_000 {
            let delay = backoff.delay(afterFailures: 3, using: &random).wholeNanoseconds
            bins[min(63, Int(delay * 64 / 4_000_000_000))] += 1
        }
        let chiSquare = bins.reduce(0) { $0 + Double(($1 - 1_000) * ($1 - 1_000)) / 1_000 }
        // 63 degrees of freedom: exceeded by chance once in a thousand.
        #expect(chiSquare < 103.4)
    }
}
