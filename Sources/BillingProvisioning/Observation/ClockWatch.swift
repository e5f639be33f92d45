import BillingDomain
import Synchronization

/// Notices that somebody set the machine's clock, and holds back for a while what cannot be taken back: a clock that is a
/// year ahead for a minute would end every voucher in use.
///
/// The wall clock is compared with one that only counts the time that passes. When the two part by more than the tolerance,
/// the wall clock is doubted until it is back where it was, or until it has kept its new course for the whole hold.
struct ClockWatch: Sendable {
    /// What to make of the wall clock now.
    enum Verdict: Sendable, Hashable {
        /// It may be acted upon.
        case trusted
        /// It was set just now, by this much.
        case jumped(by: Duration)
        /// It was set some time ago and is not trusted yet.
        case doubted
    }

    /// How far the clocks may part between two looks: more than any slewing, less than any time step that matters.
    static let tolerance = Duration.seconds(120)

    private let hold: Duration
    /// The instant at which the counting clock was at zero, as the trusted wall clock has it.
    private var course: Timestamp?
    private var doubt: (course: Timestamp, since: Duration)?

    init(hold: Duration) { self.hold = hold }

    /// Looks at both clocks.
    mutating func look(wall: Timestamp, elapsed: Duration) -> Verdict {
        let present = wall - elapsed
        guard let trusted = course, Self.parts(present, trusted) else {
            course = present
            doubt = nil
            return .trusted
        }
        guard let doubt, !Self.parts(present, doubt.course) else {
            self.doubt = (present, elapsed)
            return .jumped(by: present - trusted)
        }
        guard elapsed - doubt.since >= hold else { return .doubted }
        course = present
        self.doubt = nil
        return .trusted
    }

    private static func parts(_ one: Timestamp, _ other: Timestamp) -> Bool {
        let difference = one - other
        return difference > tolerance || difference < .zero - tolerance
    }
}

/// A ``ClockWatch`` that several tasks look at.
final class SharedClockWatch: Sendable {
    private struct State {
        var watch: ClockWatch
        var untold: Duration?
    }

    private let state: Mutex<State>

    init(hold: Duration) { state = Mutex(State(watch: ClockWatch(hold: hold))) }

    func look(wall: Timestamp, elapsed: Duration) -> ClockWatch.Verdict {
        state.withLock { state in
            let verdict = state.watch.look(wall: wall, elapsed: elapsed)
            if case .jumped(let step) = verdict { state.untold = step }
            return verdict
        }
    }

    /// By how much the clock was set, while nobody was told of it.
    var untold: Duration? { state.withLock { $0.untold } }

    /// Notes that somebody was told of a step, unless there was another since.
    func told(_ step: Duration) {
        state.withLock { state in
            if state.untold == step { state.untold = nil }
        }
    }
}
