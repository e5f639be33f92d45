import BillingDomain
import Testing

/// The calendar of a real zone in a few years, as a table of its transitions.
struct TransitionCalendar: ZoneOffsetCalendar, CustomTestStringConvertible {
    struct Transition {
        let at: Int64
        let seconds: Int
    }

    let name: String
    let initialSeconds: Int
    let transitions: [Transition]

    init(_ name: String, hours: Double, _ transitions: [(at: String, hours: Double)] = []) {
        self.name = name
        initialSeconds = Int(hours * 3600)
        self.transitions = transitions.map { entry in
            Transition(at: Timestamp(entry.at)?.secondsSince1970 ?? .max, seconds: Int(entry.hours * 3600))
        }
    }

    var testDescription: String { name }

    func secondsFromUTC(at instant: Timestamp) -> Int {
        transitions.last { $0.at <= instant.secondsSince1970 }?.seconds ?? initialSeconds
    }

    static let london = TransitionCalendar(
        "Europe/London",
        hours: 0,
        [
            ("2023-03-26T01:00:00Z", 1), ("2023-10-29T01:00:00Z", 0),
            ("2024-03-31T01:00:00Z", 1), ("2024-10-27T01:00:00Z", 0),
            ("2025-03-30T01:00:00Z", 1), ("2025-10-26T01:00:00Z", 0),
            ("2026-03-29T01:00:00Z", 1), ("2026-10-25T01:00:00Z", 0),
        ]
    )

    static let newYork = TransitionCalendar(
        "America/New_York",
        hours: -5,
        [
            ("2023-03-12T07:00:00Z", -4), ("2023-11-05T06:00:00Z", -5),
            ("2024-03-10T07:00:00Z", -4), ("2024-11-03T06:00:00Z", -5),
            ("2025-03-09T07:00:00Z", -4), ("2025-11-02T06:00:00Z", -5),
            ("2026-03-08T07:00:00Z", -4), ("2026-11-01T06:00:00Z", -5),
        ]
    )

    static let lordHowe = TransitionCalendar(
        "Australia/Lord_Howe",
        hours: 11,
        [
            ("2023-04-01T15:00:00Z", 10.5), ("2023-09-30T15:30:00Z", 11),
            ("2024-04-06T15:00:00Z", 10.5), ("2024-10-05T15:30:00Z", 11),
            ("2025-04-05T15:00:00Z", 10.5), ("2025-10-04T15:30:00Z", 11),
            ("2026-04-04T15:00:00Z", 10.5), ("2026-10-03T15:30:00Z", 11),
        ]
    )

    /// Clocks go forward at midnight, so that these days begin at 01:00.
    static let cairo = TransitionCalendar(
        "Africa/Cairo",
        hours: 2,
        [
            ("2023-04-27T22:00:00Z", 3), ("2023-10-26T21:00:00Z", 2),
            ("2024-04-25T22:00:00Z", 3), ("2024-10-31T21:00:00Z", 2),
            ("2025-04-24T22:00:00Z", 3), ("2025-10-30T21:00:00Z", 2),
            ("2026-04-23T22:00:00Z", 3), ("2026-10-29T21:00:00Z", 2),
        ]
    )

    /// Skipped 30 December 2011 altogether.
    static let apia = TransitionCalendar("Pacific/Apia", hours: -10, [("2011-12-30T10:00:00Z", 14)])

    static let kathmandu = TransitionCalendar("Asia/Kathmandu", hours: 5.75)
    static let kampala = TransitionCalendar("Africa/Kampala", hours: 3)
    static let jakarta = TransitionCalendar("Asia/Jakarta", hours: 7)
    static let honolulu = TransitionCalendar("Pacific/Honolulu", hours: -10)

    /// The zones of the billing matrix.
    static let all = [london, newYork, lordHowe, cairo, kathmandu, kampala, jakarta, honolulu]
}
