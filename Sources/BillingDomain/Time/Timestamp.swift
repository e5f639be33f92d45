/// An instant in UTC, to the microsecond.
///
/// Arithmetic saturates at the ends of the range (about ±292 000 years) instead of trapping.
public struct Timestamp: Hashable, Sendable, Comparable, LosslessStringConvertible {
    /// Microseconds since 1970-01-01T00:00:00Z, without leap seconds.
    public let microsecondsSince1970: Int64

    /// Creates an instant from microseconds since 1970-01-01T00:00:00Z.
    public init(microsecondsSince1970: Int64) {
        self.microsecondsSince1970 = microsecondsSince1970
    }

    /// Creates an instant from whole seconds since 1970-01-01T00:00:00Z; saturates.
    public init(secondsSince1970: Int64) {
        microsecondsSince1970 = secondsSince1970.saturatingMultiplied(by: 1_000_000)
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    public var secondsSince1970: Int64 {
        let (quotient, remainder) = microsecondsSince1970.quotientAndRemainder(dividingBy: 1_000_000)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// The time that passes from `earlier` to this instant; negative if this is the earlier one.
    ///
    /// Saturates.
    public func timeIntervalSince(_ earlier: Timestamp) -> Duration {
        .microseconds(microsecondsSince1970.saturatingSubtracting(earlier.microsecondsSince1970))
    }

    /// The instant `duration` later; saturates.
    public static func + (timestamp: Timestamp, duration: Duration) -> Timestamp {
        Timestamp(
            microsecondsSince1970: timestamp.microsecondsSince1970.saturatingAdding(duration.wholeMicroseconds)
        )
    }

    /// The instant `duration` earlier; saturates.
    public static func - (timestamp: Timestamp, duration: Duration) -> Timestamp {
        Timestamp(
            microsecondsSince1970: timestamp.microsecondsSince1970.saturatingSubtracting(duration.wholeMicroseconds)
        )
    }

    /// The time between two instants; saturates.
    public static func - (later: Timestamp, earlier: Timestamp) -> Duration {
        later.timeIntervalSince(earlier)
    }

    /// Orders instants by time.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microsecondsSince1970 < right.microsecondsSince1970
    }
}
