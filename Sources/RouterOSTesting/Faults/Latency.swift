/// How late answers are.
enum Latency: Sendable, Hashable {
    case fixed(Duration)
    case uniform(Duration, Duration)
    case heavyTail(median: Duration, longest: Duration)

    /// How late the next answer is.
    func sample(_ random: inout SeededRandom) -> Duration {
        switch self {
        case .fixed(let delay): return delay
        case .uniform(let least, let most):
            return .nanoseconds(Int64.random(in: least.nanoseconds...max(least, most).nanoseconds, using: &random))
        case .heavyTail(let median, let longest):
            // Half the median divided by a number from 0 to 1: a Pareto distribution with the exponent 1.
            let divisor = Double(random.next() >> 32 | 1) / Double(1 << 32 as UInt64)
            let delay = Double(median.nanoseconds) / 2 / divisor
            return delay < Double(longest.nanoseconds) ? .nanoseconds(Int64(delay)) : longest
        }
    }
}
