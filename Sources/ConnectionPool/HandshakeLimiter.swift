/// How many handshakes are under way at a time, and whose is next.
///
/// A handshake takes a turn, of which there are ``limit``. The rules:
/// - A turn lasts until the handshake ends, and ``turnLimit`` at the most: one that takes longer goes on and no longer counts.
///   A peer that says nothing costs nothing, and keeps a turn from others for that time only.
/// - Peers are of good standing or doubtful. Of the turns ``reserve`` are kept for each of the two, whether it needs them or
///   not, so that whoever comes finds some: peers of one standing alone take ``limit`` less ``reserve`` at a time.
/// - Within a standing it is first come, first served. When both wait and there is room for both, they go by turns.
///
/// So a peer of good standing, with `k` others of good standing before it, waits for `⌈(k + 1) / reserve⌉` turns' length at the
/// most, whatever the doubtful ones do; with a limit of 1, where nothing can be kept, `2(k + 1)`. Among the `k` are peers that
/// never answer as long as nobody knows that of them: those never tried before, and those whose last handshake succeeded.
package struct HandshakeLimiter: Sendable {
    /// What is known of a peer.
    package enum Standing: Sendable, Hashable, CaseIterable {
        /// Its last handshake succeeded, or this is its first.
        case good
        /// Its last one did not.
        case doubtful

        /// The one that this is not.
        package var other: Standing { self == .good ? .doubtful : .good }
    }

    /// One handshake, numbered by whoever makes it, never twice.
    package struct Ticket: Sendable, Hashable {
        package let number: UInt64

        package init(_ number: UInt64) { self.number = number }
    }

    /// What happened.
    package enum Event: Sendable, Hashable {
        /// A handshake could begin.
        case arrive(Ticket, Standing)
        /// One is over, or is no longer wanted; in any state, and more than once.
        case leave(Ticket)
        /// Time has passed.
        case tick
    }

    private struct Line: Sendable {
        var waiting: [UInt64: Standing] = [:]
        var order = LiveQueue()
    }

    private struct Turn: Sendable {
        let standing: Standing
        let end: Moment
    }

    /// The turns at a time, 1 or more.
    package let limit: Int
    /// How many of them are kept for each standing: a quarter, and one at least where there is more than one.
    package let reserve: Int
    /// How long a turn lasts at the most.
    package let turnLimit: Duration

    private var turns: [UInt64: Turn] = [:]
    /// All turns last equally long: the one that began first ends first.
    private var order = LiveQueue()
    private var good = Line()
    private var doubtful = Line()
    private var goodTurns = 0
    /// Who goes first when both may.
    private var next = Standing.good

    /// Makes a limiter.
    package init(limit: Int = 64, turnLimit: Duration = .seconds(1)) {
        self.limit = max(1, limit)
        reserve = self.limit == 1 ? 0 : max(1, self.limit / 4)
        self.turnLimit = max(turnLimit, .nanoseconds(1))
    }

    /// Takes in what happened; returns the handshakes that are to begin, in order.
    package mutating func handle(_ event: Event, at now: Moment) -> [Ticket] {
        while let number = order.first(of: turns), let turn = turns[number], turn.end <= now { endTurn(number) }
        switch event {
        case .arrive(let ticket, let standing):
            guard turns[ticket.number] == nil, !isWaiting(ticket) else { return [] }
            withLine(of: standing) { line in
                line.waiting[ticket.number] = standing
                line.order.append(ticket.number)
            }
        case .leave(let ticket):
            endTurn(ticket.number)
            for standing in Standing.allCases {
                withLine(of: standing) { line in
                    guard line.waiting.removeValue(forKey: ticket.number) != nil else { return }
                    line.order.compact(to: line.waiting)
                }
            }
        case .tick:
            break
        }
        return begin(now)
    }

    /// When the next `tick` is due, if nothing happens before; nil while nobody waits.
    package var nextDeadline: Moment? {
        mutating get {
            guard waiting > 0 else { return nil }
            return order.first(of: turns).flatMap { turns[$0]?.end }
        }
    }

    /// How many handshakes wait for their turn.
    package var waiting: Int { good.waiting.count + doubtful.waiting.count }

    /// How many turns are taken.
    package var taken: Int { turns.count }

    /// Whether a handshake waits for its turn.
    package func isWaiting(_ ticket: Ticket) -> Bool {
        good.waiting[ticket.number] != nil || doubtful.waiting[ticket.number] != nil
    }

    /// How many entries the queues hold: never more than twice the living and 64 for each.
    package var bookkeeping: Int { order.count + good.order.count + doubtful.order.count }

    private mutating func begin(_ now: Moment) -> [Ticket] {
        var begun: [Ticket] = []
        while turns.count < limit {
            let standing = canBegin(next) ? next : next.other
            guard canBegin(standing),
                let number = withLine(of: standing, { $0.order.first(of: $0.waiting) })
            else { return begun }
            withLine(of: standing) { line in
                line.waiting[number] = nil
                line.order.compact(to: line.waiting)
            }
            turns[number] = Turn(standing: standing, end: now + turnLimit)
            order.append(number)
            if standing == .good { goodTurns += 1 }
            next = standing.other
            begun.append(Ticket(number))
        }
        return begun
    }

    private func canBegin(_ standing: Standing) -> Bool {
        let line = standing == .good ? good : doubtful
        let taken = standing == .good ? goodTurns : turns.count - goodTurns
        return !line.waiting.isEmpty && taken < limit - reserve
    }

    private mutating func endTurn(_ number: UInt64) {
        guard let turn = turns.removeValue(forKey: number) else { return }
        if turn.standing == .good { goodTurns -= 1 }
        order.compact(to: turns)
    }

    @discardableResult
    private mutating func withLine<Result>(of standing: Standing, _ change: (inout Line) -> Result) -> Result {
        standing == .good ? change(&good) : change(&doubtful)
    }
}
