import ConnectionPool
import TestSupport
import Testing

@Suite("Circuit breaker")
struct CircuitBreakerTests {
    enum Input: CaseIterable { case ask, succeed, fail, giveUp, wait }

    /// The rule once more, in the plainest words.
    private struct Reference {
        var state = CircuitBreaker.State.closed
        var failures: [Int] = []
        var until = 0
        var pause = 2
        var probeUntil = 0
        /// Counts changes of state, a probe in the place of another included.
        var changes = 0

        mutating func ask(_ now: Int) -> Bool {
            if state == .closed { return true }
            guard now >= (state == .open ? until : probeUntil) else { return false }
            (state, probeUntil) = (.halfOpen, now + 3)
            changes += 1
            return true
        }

        mutating func end(_ outcome: CircuitBreaker.Outcome, _ now: Int) {
            let before = state
            defer { if state != before { changes += 1 } }
            switch (state, outcome) {
            case (.closed, .success): failures = []
            case (.closed, .failure):
                failures.append(now)
                if failures.count >= 2, now - failures[0] >= 1 { trip(now) }
            case (.halfOpen, .success): (state, failures, pause) = (.closed, [], 2)
            case (.halfOpen, .failure): trip(now)
            case (.halfOpen, .unknown): (state, until) = (.open, now)
            default: break
            }
        }

        private mutating func trip(_ now: Int) {
            (state, failures, until) = (.open, [], now + pause)
            pause = min(pause * 2, 4)
        }
    }

    @Test("every sequence of up to seven inputs, or more if asked for, goes as the plain rule says")
    func allSequences() {
        var tried = 0
        let longest = max(1, Environment.count("BREAKER_LENGTH", usually: 7))
        for length in 1...longest {
            for code in 0..<power(Input.allCases.count, length) {
                tried += 1
                guard agrees(code, length) else {
                    Issue.record("sequence \(code) of length \(length)")
                    return
                }
            }
        }
        #expect(tried == (power(Input.allCases.count, longest + 1) - 5) / 4)
    }

    @Test("random sequences of 27 inputs go as the plain rule says")
    func randomSequences() {
        var random = JitterSource(seed: 41)
        for _ in 0..<Environment.count("BREAKER_SEQUENCES", usually: 20_000) {
            let code = Int.random(in: 0..<power(Input.allCases.count, 27), using: &random)
            guard agrees(code, 27) else {
                Issue.record("sequence \(code)")
                return
            }
        }
    }

    private func power(_ base: Int, _ exponent: Int) -> Int {
        (0..<exponent).reduce(1) { product, _ in product * base }
    }

    private func agrees(_ code: Int, _ length: Int) -> Bool {
        let rule = CircuitBreaker.Rule(
            failures: 2,
            span: .seconds(1),
            pause: .seconds(2),
            longestPause: .seconds(4),
            probeLimit: .seconds(3)
        )
        var breaker = CircuitBreaker(rule)
        var reference = Reference()
        // The oldest call ends first; calls that the reference has let go of stay in both.
        var calls: [(permit: CircuitBreaker.Permit, counts: Bool)] = []
        var (now, rest, probes) = (0, code, 0)
        for _ in 0..<length {
            let moment = Moment(nanoseconds: Int64(now) * 1_000_000_000)
            let before = reference.changes
            switch Input.allCases[rest % Input.allCases.count] {
            case .wait: now += 1
            case .ask:
                let admission = breaker.admit(at: moment)
                let isAdmitted = reference.ask(now)
                if reference.changes != before { calls = calls.map { ($0.permit, false) } }
                guard case .admitted(let permit) = admission else {
                    if isAdmitted { return false }
                    break
                }
                if !isAdmitted { return false }
                if permit.isProbe != (reference.state == .halfOpen) { return false }
                // One in the place of another leaves one that counts.
                if permit.isProbe { probes = 1 }
                calls.append((permit, true))
            case let input where !calls.isEmpty:
                let call = calls.removeFirst()
                let outcome: CircuitBreaker.Outcome =
                    input == .succeed ? .success : input == .fail ? .failure : .unknown
                breaker.record(outcome, of: call.permit, at: moment)
                if call.permit.isProbe, call.counts { probes -= 1 }
                if call.counts { reference.end(outcome, now) }
                if reference.changes != before { calls = calls.map { ($0.permit, false) } }
            default: break
            }
            rest /= Input.allCases.count
            if breaker.state != reference.state || probes > 1 { return false }
        }
        return true
    }

    @Test("a probe that takes too long is followed by another, and what it says later counts for nothing")
    func slowProbe() throws {
        var breaker = CircuitBreaker(.init(failures: 1, span: .zero, probeLimit: .seconds(30)))
        let start = Moment(nanoseconds: 0)
        fail(&breaker, start)
        guard case .admitted(let slow) = breaker.admit(at: start + .seconds(2)) else {
            Issue.record("no probe")
            return
        }
        #expect(breaker.admit(at: start + .seconds(31)) == .rejected(until: start + .seconds(32)))
        guard case .admitted(let second) = breaker.admit(at: start + .seconds(32)) else {
            Issue.record("no second probe")
            return
        }
        #expect(second.isProbe)
        breaker.record(.failure, of: slow, at: start + .seconds(33))
        #expect(breaker.state == .halfOpen)
        breaker.record(.success, of: second, at: start + .seconds(34))
        #expect(breaker.state == .closed)
    }

    @Test("a crowd that fails at once is one event, and does not open it")
    func crowd() {
        var breaker = CircuitBreaker()
        let start = Moment(nanoseconds: 0)
        for _ in 0..<1_000 { fail(&breaker, start) }
        #expect(breaker.state == .closed)
        fail(&breaker, start + .seconds(5))
        #expect(breaker.state == .open)
        #expect(breaker.admit(at: start + .seconds(6)) == .rejected(until: start + .seconds(7)))
    }

    @Test("each failed probe doubles the pause up to the longest, and a success begins anew")
    func pauses() {
        var breaker = CircuitBreaker(.init(failures: 1, span: .zero))
        var now = Moment(nanoseconds: 0)
        var pauses: [Duration] = []
        for _ in 0..<80 {
            fail(&breaker, now)
            guard case .rejected(let until) = breaker.admit(at: now) else {
                Issue.record("is not open")
                return
            }
            pauses.append(until - now)
            now = until
        }
        #expect(Array(pauses.prefix(7)) == [2, 4, 8, 16, 32, 60, 60].map { Duration.seconds($0) })
        #expect(pauses.last == .seconds(60))
        if case .admitted(let permit) = breaker.admit(at: now) { breaker.record(.success, of: permit, at: now) }
        fail(&breaker, now)
        #expect(breaker.admit(at: now) == .rejected(until: now + .seconds(2)))
    }

    private func fail(_ breaker: inout CircuitBreaker, _ now: Moment) {
        guard case .admitted(let permit) = breaker.admit(at: now) else { return }
        breaker.record(.failure, of: permit, at: now)
    }
}
