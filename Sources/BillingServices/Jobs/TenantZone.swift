import BillingDomain
import Foundation

/// A tenant's business calendar: its zone with all changes of clocks; UTC should this machine not know the zone.
struct TenantZone: ZoneOffsetCalendar {
    private let zone: TimeZone

    init(_ tenant: Tenant) { zone = TimeZone(identifier: tenant.timeZone) ?? .gmt }

    func secondsFromUTC(at instant: Timestamp) -> Int {
        zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(instant.secondsSince1970)))
    }
}
