/// A point on a clock that only goes forward, in nanoseconds since an arbitrary start.
///
/// Arithmetic saturates: a duration that someone configured never traps, it means "never".
package struct Moment: Sendable, Hashable, Comparable {
    /// Nanoseconds since the start of the clock.
    package let nanoseconds: Int64

    package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    package static func < (left: Moment, right: Moment) -> Bool { left.nanoseconds < right.nanoseconds }

    package static func + (moment: Moment, duration: Duration) -> Moment {
        Moment(nanoseconds: moment.nanoseconds.addingSaturated(duration.wholeNanoseconds))
    }

    package static func - (later: Moment, earlier: Moment) -> Duration {
        .nanoseconds(later.nanoseconds.subtractingSaturated(earlier.nanoseconds))
    }
}

extension Duration {
    /// The duration in nanoseconds, the nearest that an `Int64` holds.
    package var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        return product.addingSaturated(attoseconds / 1_000_000_000)
    }
}

extension FixedWidthInteger where Self: SignedInteger {
    /// The sum, or the limit that it would have passed.
    func addingSaturated(_ other: Self) -> Self {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }

    /// The difference, or the limit that it would have passed.
    func subtractingSaturated(_ other: Self) -> Self {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other < 0 ? .max : .min) : difference
    }

    /// The product, or the limit that it would have passed.
    func multipliedSaturated(by other: Self) -> Self {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? ((self < 0) != (other < 0) ? .min : .max) : product
    }
}
