import BillingDomain
import Foundation

/// Instants as the clock on the tenant's wall shows them.
struct WallClock: Sendable {
    private let zone: TimeZone

    /// A clock in a zone of the IANA database; in UTC where the zone is unknown here.
    init(_ zone: String) {
        self.zone = TimeZone(identifier: zone) ?? .gmt
    }

    /// `2026-01-12 10:30`.
    func text(_ instant: Timestamp) -> String {
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.secondsSince1970)))
        let shifted = instant + .seconds(offset)
        return String(shifted.description.prefix(16)).replacingOccurrences(of: "T", with: " ")
    }

    /// An element with the local time, and the exact instant for programs.
    func html(_ instant: Timestamp?) -> HTML {
        guard let instant else { return "<span class=\"muted\">–</span>" }
        return "<time datetime=\"\(instant.description)\">\(text(instant))</time>"
    }
}
