/// How often something took how long, in fixed steps.
public struct LatencyHistogram: Sendable, Hashable {
    /// The longest time that belongs to each step, in microseconds: 1 ms to 60 s.
    static let boundsInMicroseconds: [Int64] = [
        1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000,
        10_000_000, 30_000_000, 60_000_000,
    ]

    /// The longest time that belongs to each step, rising; times beyond the last have a step of their own.
    public static let bounds: [Duration] = boundsInMicroseconds.map { .microseconds($0) }

    /// How many times fell into each step, one more than there are ``bounds``.
    public private(set) var counts = [UInt64](repeating: 0, count: LatencyHistogram.bounds.count + 1)
    /// How many times there were.
    public private(set) var count: UInt64 = 0
    /// All times together.
    public private(set) var sum = Duration.zero

    /// Makes an empty histogram.
    public init() {}

    /// Takes a time in; a negative one, which only a broken clock gives, counts as none.
    public mutating func record(_ duration: Duration) {
        let duration = max(duration, .zero)
        let step = Self.bounds.firstIndex { duration <= $0 } ?? Self.bounds.count
        counts[step] &+= 1
        count &+= 1
        // More than a century of waiting says nothing any more, and must not overflow.
        if sum < .seconds(4_000_000_000) { sum += min(duration, .seconds(4_000_000_000)) }
    }
}
