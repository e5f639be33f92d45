import RouterOSClient
import Testing

@Suite("A histogram of latencies")
struct LatencyHistogramTests {
    @Test(
        "puts a time into the first step that is not shorter",
        arguments: [
            (.zero, 0), (.milliseconds(1), 0), (.microseconds(1_001), 1), (.milliseconds(10), 3), (.seconds(60), 14),
            (.milliseconds(60_001), 15), (.seconds(-5), 0), (.seconds(Int64.max / 2), 15),
        ] as [(Duration, Int)]
    )
    func steps(time: Duration, step: Int) {
        var histogram = LatencyHistogram()
        histogram.record(time)
        #expect(histogram.counts[step] == 1 && histogram.count == 1)
        #expect(histogram.counts.reduce(0, +) == 1)
    }

    @Test("adds times up, and never beyond what a duration holds")
    func sum() {
        var histogram = LatencyHistogram()
        histogram.record(.milliseconds(3))
        histogram.record(.seconds(2))
        #expect(histogram.sum == .milliseconds(2_003))
        for _ in 0..<10 { histogram.record(.seconds(Int64.max)) }
        #expect(histogram.count == 12 && histogram.sum >= .seconds(4_000_000_000))
    }

    @Test("has rising bounds, and one step more than bounds")
    func bounds() {
        #expect(LatencyHistogram.bounds == LatencyHistogram.bounds.sorted())
        #expect(LatencyHistogram().counts.count == LatencyHistogram.bounds.count + 1)
    }
}
