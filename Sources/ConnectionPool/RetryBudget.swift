/// How much of the traffic may be retries: a share of the calls of the last seconds, and a few for those who call rarely.
///
/// Keeps a fault from being multiplied: when everything fails, the load grows by the share and not by the number of
/// attempts that each caller would make.
package struct RetryBudget: Sendable {
    private struct Slice {
        var number: Int64 = .min
        var calls = 0
        var retries = 0
    }

    /// Retries for each call.
    package let ratio: Double
    /// Retries in a window that need no calls to earn them.
    package let floor: Int
    /// What counts: the time up to now.
    package let window: Duration

    private let sliceLength: Int64
    private var slices: [Slice]

    /// Makes a budget; the defaults are 10 % and 10 retries over 10 s.
    package init(ratio: Double = 0.1, floor: Int = 10, window: Duration = .seconds(10), slices: Int = 10) {
        self.ratio = ratio.isFinite ? max(0, ratio) : 0
        self.floor = max(0, floor)
        self.window = window
        let count = max(1, min(slices, 1_000))
        sliceLength = max(1, window.wholeNanoseconds / Int64(count))
        self.slices = Array(repeating: Slice(), count: count)
    }

    /// Notes a call that somebody made; its retries do not count as calls.
    package mutating func noteCall(at now: Moment) {
        slices[slice(at: now)].calls += 1
    }

    /// Whether one more retry may be made now; it is counted when it may.
    package mutating func takeRetry(at now: Moment) -> Bool {
        let current = slice(at: now)
        let oldest = slices[current].number.subtractingSaturated(Int64(slices.count))
        let (calls, retries) = slices.reduce((0, 0)) { sums, slice in
            guard slice.number > oldest else { return sums }
            return (sums.0 + slice.calls, sums.1 + slice.retries)
        }
        guard Double(retries) + 1 <= Double(floor) + ratio * Double(calls) else { return false }
        slices[current].retries += 1
        return true
    }

    /// Gives back what ``takeRetry(at:)`` took, when the retry was not made.
    package mutating func returnRetry(at now: Moment) {
        let current = slice(at: now)
        slices[current].retries = max(0, slices[current].retries - 1)
    }

    private mutating func slice(at now: Moment) -> Int {
        let number = max(0, now.nanoseconds) / sliceLength
        let index = Int(number % Int64(slices.count))
        if slices[index].number != number { slices[index] = Slice(number: number) }
        return index
    }
}
