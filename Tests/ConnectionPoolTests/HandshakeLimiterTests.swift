import ConnectionPool
import TestSupport
import Testing

@Suite("Handshake limiter")
struct HandshakeLimiterTests {
    private typealias Ticket = HandshakeLimiter.Ticket

    private let start = Moment(nanoseconds: 0)

    private func numbers(_ tickets: [HandshakeLimiter.Ticket]) -> [UInt64] { tickets.map(\.number) }

    @Test("as many as the limit begin at once, and each that ends lets one more begin, first come, first served")
    func limit() {
        var limiter = HandshakeLimiter(limit: 4)
        let begun = (1...9).flatMap { limiter.handle(.arrive(.init($0), .good), at: start) }
        // One of four turns is kept for those in doubt.
        #expect(numbers(begun) == [1, 2, 3])
        #expect(numbers(limiter.handle(.leave(.init(2)), at: start)) == [4])
        #expect(numbers(limiter.handle(.leave(.init(6)), at: start)) == [])
        #expect(numbers(limiter.handle(.leave(.init(1)), at: start)) == [5])
        #expect(numbers(limiter.handle(.leave(.init(1)), at: start)) == [])
        #expect(numbers(limiter.handle(.leave(.init(3)), at: start)) == [7])
        #expect(limiter.waiting == 2 && limiter.taken == 3)
    }

    @Test("a turn ends after its time, though the handshake goes on")
    func turnLimit() {
        var limiter = HandshakeLimiter(limit: 1, turnLimit: .seconds(1))
        #expect(numbers(limiter.handle(.arrive(.init(1), .good), at: start)) == [1])
        #expect(limiter.nextDeadline == nil)
        #expect(numbers(limiter.handle(.arrive(.init(2), .good), at: start)) == [])
        #expect(limiter.nextDeadline == start + .seconds(1))
        #expect(numbers(limiter.handle(.tick, at: start + .milliseconds(999))) == [])
        #expect(numbers(limiter.handle(.tick, at: start + .seconds(1))) == [2])
        #expect(numbers(limiter.handle(.leave(.init(1)), at: start + .seconds(1))) == [])
        #expect(limiter.taken == 1)
    }

    @Test(
        "any number of doubtful ones leaves turns to those in good standing, and the other way round",
        arguments: [
            (HandshakeLimiter.Standing.doubtful, HandshakeLimiter.Standing.good), (.good, .doubtful),
        ]
    )
    func reserve(crowd: HandshakeLimiter.Standing, few: HandshakeLimiter.Standing) {
        var limiter = HandshakeLimiter()
        let begun = (1...1_000).flatMap { limiter.handle(.arrive(.init($0), crowd), at: start) }
        #expect(begun.count == 48)
        let others = (2_001...2_100).flatMap { limiter.handle(.arrive(.init($0), few), at: start) }
        #expect(numbers(others) == Array(2_001...2_016))
    }

    @Test("with a single turn the standings take it by turns")
    func byTurns() {
        var limiter = HandshakeLimiter(limit: 1)
        for number in 1...6 {
            _ = limiter.handle(.arrive(.init(UInt64(number)), number < 4 ? .doubtful : .good), at: start)
        }
        let order = (1...6).map { limiter.handle(.tick, at: start + .seconds($0)) }.flatMap { numbers($0) }
        #expect(order == [4, 2, 5, 3, 6])
    }

    @Test("a configuration out of range is no trap", arguments: [Int.min, 0, 1, Int.max])
    func extremes(limit: Int) {
        var limiter = HandshakeLimiter(limit: limit, turnLimit: .seconds(Int64.min))
        #expect(numbers(limiter.handle(.arrive(.init(1), .doubtful), at: Moment(nanoseconds: .max))) == [1])
        _ = limiter.handle(.tick, at: Moment(nanoseconds: .min))
    }

    // MARK: Against the plain rules

    /// The rules once more, in the plainest words.
    private struct Reference {
        struct Peer {
            let number: UInt64
            let standing: HandshakeLimiter.Standing
            var end = 0
        }

        let limit: Int
        var turns: [Peer] = []
        var waiting: [Peer] = []
        var next = HandshakeLimiter.Standing.good

        mutating func handle(_ event: HandshakeLimiter.Event, _ now: Int) -> [UInt64] {
            turns.removeAll { $0.end <= now }
            switch event {
            case .arrive(let ticket, let standing):
                if !(turns + waiting).contains(where: { $0.number == ticket.number }) {
                    waiting.append(Peer(number: ticket.number, standing: standing))
                }
            case .leave(let ticket):
                turns.removeAll { $0.number == ticket.number }
                waiting.removeAll { $0.number == ticket.number }
            case .tick: break
            }
            var begun: [UInt64] = []
            let reserve = limit == 1 ? 0 : max(1, limit / 4)
            func first(_ standing: HandshakeLimiter.Standing) -> Int? {
                guard turns.count < limit, turns.count(where: { $0.standing == standing }) < limit - reserve else {
                    return nil
                }
                return waiting.firstIndex { $0.standing == standing }
            }
            while let index = first(next) ?? first(next == .good ? .doubtful : .good) {
                var peer = waiting.remove(at: index)
                peer.end = now + 3
                turns.append(peer)
                next = peer.standing == .good ? .doubtful : .good
                begun.append(peer.number)
            }
            return begun
        }
    }

    /// What happens next: a peer of either standing comes, the oldest or the youngest goes, time passes.
    private enum Input: CaseIterable { case good, doubtful, oldestLeaves, youngestLeaves, wait }

    private struct Run {
        var limiter: HandshakeLimiter
        var reference: Reference
        var now = 0
        var last: UInt64 = 0
        var present: [UInt64] = []

        init(limit: Int) {
            limiter = HandshakeLimiter(limit: limit, turnLimit: .seconds(3))
            reference = Reference(limit: limit)
        }

        /// Whether the limiter did as the reference.
        mutating func agrees(after input: Input) -> Bool {
            let event: HandshakeLimiter.Event
            switch input {
            case .good, .doubtful:
                last += 1
                present.append(last)
                event = .arrive(.init(last), input == .good ? .good : .doubtful)
            case .oldestLeaves:
                event = .leave(.init(present.isEmpty ? 99 : present.removeFirst()))
            case .youngestLeaves:
                event = .leave(.init(present.popLast() ?? 99))
            case .wait:
                now += 1
                event = .tick
            }
            let moment = Moment(nanoseconds: Int64(now) * 1_000_000_000)
            let begun = limiter.handle(event, at: moment).map(\.number)
            guard begun == reference.handle(event, now), limiter.waiting == reference.waiting.count,
                limiter.taken == reference.turns.count, limiter.bookkeeping <= 3 * 64 + 2 * (present.count + 64)
            else { return false }
            let due = reference.waiting.isEmpty ? nil : reference.turns.map(\.end).min()
            return limiter.nextDeadline == due.map { Moment(nanoseconds: Int64($0) * 1_000_000_000) }
        }
    }

    @Test("every short sequence of inputs goes as the plain rules say", arguments: 1...4)
    func allSequences(limit: Int) {
        var sequences = 0
        /// Every sequence that begins like `run`, depth first.
        func explore(_ run: Run, _ left: Int) -> Bool {
            guard left > 0 else { return true }
            for input in Input.allCases {
                var next = run
                sequences += 1
                guard next.agrees(after: input), explore(next, left - 1) else { return false }
            }
            return true
        }
        #expect(explore(Run(limit: limit), Environment.count("HANDSHAKE_LENGTH", usually: 6)))
        #expect(sequences >= 5 + 25 + 125)
    }

    @Test("random sequences go as the plain rules say, whatever the limit")
    func randomSequences() {
        for seed in 0..<UInt64(Environment.count("HANDSHAKE_SEQUENCES", usually: 500)) {
            var random = JitterSource(seed: seed)
            var run = Run(limit: Int.random(in: 1...20, using: &random))
            for step in 0..<200 {
                // Some crowd in, so that many wait.
                let input = Input.allCases[Int.random(in: 0..<7, using: &random) % 5]
                guard run.agrees(after: input) else {
                    Issue.record("seed \(seed), step \(step)")
                    return
                }
            }
        }
    }

    @Test("whoever is in good standing waits no longer than the rule says, whatever the doubtful do", arguments: 1...16)
    func boundedWait(limit: Int) {
        for seed in 0..<UInt64(Environment.count("HANDSHAKE_CROWDS", usually: 5)) {
            var random = JitterSource(seed: seed)
            var limiter = HandshakeLimiter(limit: limit)
            var number: UInt64 = 0
            var now = start
            // Black holes, who never leave: before, among and after the good ones, as many as like.
            func crowd(_ most: Int) {
                for _ in 0..<Int.random(in: 0...most, using: &random) {
                    number += 1
                    _ = limiter.handle(.arrive(.init(number), .doubtful), at: now)
                }
            }
            crowd(3 * limit)
            var begun: Set<UInt64> = []
            let first = number + 1
            for _ in 0..<2 * limit + 5 {
                number += 1
                begun.formUnion(numbers(limiter.handle(.arrive(.init(number), .good), at: now)))
            }
            let last = number
            while !begun.isSuperset(of: first...last), now < start + .seconds(500) {
                crowd(limit)
                guard let next = limiter.nextDeadline else { break }
                now = max(now, next)
                for one in numbers(limiter.handle(.tick, at: now)) where (first...last).contains(one) {
                    begun.insert(one)
                    let before = Int(one - first)
                    let turns = limit == 1 ? 2 * (before + 1) : (before + limiter.reserve) / limiter.reserve
                    #expect(now <= start + .seconds(turns), "number \(before) of the good ones, limit \(limit)")
                }
            }
            #expect(begun.isSuperset(of: first...last))
        }
    }

    @Test("a storm of those that come and give up leaves nothing behind")
    func storm() {
        var limiter = HandshakeLimiter(limit: 1)
        _ = limiter.handle(.arrive(.init(0), .good), at: start)
        for number in 1...UInt64(Environment.count("HANDSHAKE_STORM", usually: 100_000)) {
            _ = limiter.handle(.arrive(.init(number), number % 2 == 0 ? .good : .doubtful), at: start)
            _ = limiter.handle(.leave(.init(number)), at: start)
            if limiter.bookkeeping > 200 { break }
        }
        #expect(limiter.bookkeeping <= 200 && limiter.waiting == 0 && limiter.taken == 1)
    }
}
