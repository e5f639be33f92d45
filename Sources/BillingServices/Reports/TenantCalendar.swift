import BillingDomain
import Foundation

/// A tenant's business days.
struct TenantCalendar: ZoneOffsetCalendar {
    private let calendar: Calendar

    /// The days of `tenant`; of UTC should this machine not know its zone.
    init(_ tenant: Tenant) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: tenant.timeZone) ?? .gmt
        self.calendar = calendar
    }

    /// How far the clocks of the zone are ahead of UTC, summer time included.
    func secondsFromUTC(at instant: Timestamp) -> Int {
        calendar.timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(instant.secondsSince1970)))
    }

    /// When the day of `instant` began, `days` days earlier: not a fixed number of hours where clocks are changed.
    func startOfDay(_ instant: Timestamp, daysEarlier days: Int = 0) -> Timestamp {
        let date = Date(timeIntervalSince1970: TimeInterval(instant.secondsSince1970))
        let day = calendar.date(byAdding: .day, value: -days, to: date) ?? date
        return Timestamp(secondsSince1970: Int64(calendar.startOfDay(for: day).timeIntervalSince1970))
    }

    static func check(_ timeZone: String) throws {
        guard timeZone.utf8.count <= 64, TimeZone(identifier: timeZone) != nil else {
            throw BillingError.invalid("timeZone", "Enter the name of a time zone, such as Africa/Kampala.")
        }
    }
}
