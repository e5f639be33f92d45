/// Stops asking somebody who fails, and asks again, one question at a time, after a while that grows.
///
/// It opens when `failures` in a row lie at least `span` apart from first to last: a crowd of calls that one event fails
/// together is one event. Open, it turns calls away without any work. When its time is up one call is let through as a
/// probe: its success closes the breaker, its failure opens it for twice as long, and when it takes longer than `probeLimit`
/// another call takes its place.
package struct CircuitBreaker: Sendable {
    /// Whether calls are let through.
    package enum State: String, Sendable, Hashable {
        /// They are.
        case closed
        /// They are not.
        case open
        /// One is, to see.
        case halfOpen
    }

    /// Leave to make one call; its end is told to the breaker together with it.
    package struct Permit: Sendable, Hashable {
        fileprivate let period: UInt64
        /// Whether this call decides about all others.
        package let isProbe: Bool
    }

    /// The answer to whoever wants to call.
    package enum Admission: Sendable, Hashable {
        /// It may.
        case admitted(Permit)
        /// It may not; whether it may at that moment depends on who comes first.
        case rejected(until: Moment)
    }

    /// How a call ended, as far as the breaker cares.
    package enum Outcome: Sendable, Hashable {
        /// The other side answered, whatever it said.
        case success
        /// It did not.
        case failure
        /// The caller gave up before anybody could know.
        case unknown
    }

    /// The rule.
    package struct Rule: Sendable, Hashable {
        /// Failures in a row that open it.
        package var failures: Int
        /// The least time from the first to the last of them.
        package var span: Duration
        /// How long it is open the first time, and the most.
        package var pause: Duration
        package var longestPause: Duration
        /// How long a probe may take before another call is let through in its place.
        package var probeLimit: Duration

        /// Makes a rule; the defaults are 3 failures over at least 5 s, pauses of 2 s to 60 s, and 30 s for a probe.
        package init(
            failures: Int = 3,
            span: Duration = .seconds(5),
            pause: Duration = .seconds(2),
            longestPause: Duration = .seconds(60),
            probeLimit: Duration = .seconds(30)
        ) {
            self.failures = max(1, failures)
            self.span = span
            self.pause = pause
            self.longestPause = longestPause
            self.probeLimit = probeLimit
        }
    }

    private let rule: Rule
    /// Whether calls are let through.
    package private(set) var state = State.closed
    private var failures = 0
    private var firstFailure: Moment?
    private var openUntil = Moment(nanoseconds: .min)
    private var probeUntil = Moment(nanoseconds: .min)
    private var openings = 0
    /// Counts changes of state: what belongs to an earlier one is old news.
    private var period: UInt64 = 0

    package init(_ rule: Rule = Rule()) { self.rule = rule }

    /// Asks to make a call.
    package mutating func admit(at now: Moment) -> Admission {
        if let until = rejection(at: now) { return .rejected(until: until) }
        if state == .closed { return .admitted(Permit(period: period, isProbe: false)) }
        // What the probe before this one says, if it ever does, is old news.
        enter(.halfOpen)
        probeUntil = now + rule.probeLimit
        return .admitted(Permit(period: period, isProbe: true))
    }

    /// Until when calls are turned away; nil when one would be let through now.
    package func rejection(at now: Moment) -> Moment? {
        switch state {
        case .closed: nil
        case .open: now < openUntil ? openUntil : nil
        case .halfOpen: now < probeUntil ? probeUntil : nil
        }
    }

    /// Tells how a call ended; one that began before the last change of state changes nothing.
    package mutating func record(_ outcome: Outcome, of permit: Permit, at now: Moment) {
        guard permit.period == period else { return }
        switch (state, outcome) {
        case (.closed, .success):
            (failures, firstFailure) = (0, nil)
        case (.closed, .failure):
            failures += 1
            let first = firstFailure ?? now
            firstFailure = first
            if failures >= rule.failures, now - first >= rule.span { open(at: now) }
        case (.halfOpen, .success):
            enter(.closed)
            openings = 0
        case (.halfOpen, .failure):
            open(at: now)
        case (.halfOpen, .unknown):
            // Nothing was learnt: the next caller may probe at once.
            openUntil = now
            enter(.open)
        case (.closed, .unknown), (.open, _):
            break
        }
    }

    private mutating func open(at now: Moment) {
        let pause = Backoff(base: rule.pause, cap: rule.longestPause)
        openings = min(openings + 1, 64)
        openUntil = now + pause.ceiling(afterFailures: openings)
        enter(.open)
    }

    private mutating func enter(_ state: State) {
        self.state = state
        period &+= 1
        (failures, firstFailure) = (0, nil)
    }
}
