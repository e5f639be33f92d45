public import BillingDomain
import Foundation

/// The business days of an IANA zone, as Foundation knows its clocks.
public struct ZoneCalendar: ZoneOffsetCalendar {
    private let zone: TimeZone

    /// The zone of a name; UTC where this machine does not know it.
    public init(_ name: String) { zone = TimeZone(identifier: name) ?? .gmt }

    /// Whether this machine knows a zone.
    public static func isKnown(_ name: String) -> Bool { TimeZone(identifier: name) != nil }

    /// How far the clocks of the zone are ahead of UTC, summer time included.
    public func secondsFromUTC(at instant: Timestamp) -> Int {
        zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(instant.secondsSince1970)))
    }
}
