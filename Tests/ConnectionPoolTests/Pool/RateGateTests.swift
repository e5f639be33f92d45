import ConnectionPool
import TestSupport
import Testing

@Suite("Rate gate", .timeLimit(.minutes(2)))
struct RateGateTests {
    private let scheduler = ManualScheduler()

    /// One a second, and two at once after a rest.
    private func gate(burst: Int = 2) -> RateGate {
        RateGate(RateLimiter(60, per: .seconds(60), burst: burst), on: scheduler)
    }

    /// Somebody who waits at the gate, and how long at most by what it said; the task tells when it was let through.
    private func waiter(
        at gate: RateGate,
        cost: Int = 1,
        within: Duration? = nil
    ) async -> (task: Task<Moment, any Error>, wait: Duration?) {
        let heard = AsyncStream<Duration>.makeStream()
        let task = Task { [scheduler] in
            try await gate.pass(cost: cost, deadline: within.map { scheduler.now + $0 }) {
                heard.continuation.yield($0)
            }
            return scheduler.now
        }
        var iterator = heard.stream.makeAsyncIterator()
        return (task, await iterator.next())
    }

    private func second(_ number: Int) -> Moment { Moment(nanoseconds: Int64(number) * 1_000_000_000) }

    @Test("a burst goes at once, the rest at the rate, each told how long it takes")
    func rate() async throws {
        let gate = gate()
        for _ in 0..<2 { try await gate.pass { _ in Issue.record("waits") } }
        for number in 1...5 {
            let (task, wait) = await waiter(at: gate)
            #expect(wait == .seconds(1))
            scheduler.advance(by: .seconds(1))
            #expect(try await task.value == second(number))
        }
        scheduler.advance(by: .seconds(10))
        #expect(scheduler.pending == 0)
    }

    @Test("who came first goes first, also before one that costs less and could go at once")
    func fairness() async throws {
        let gate = gate(burst: 4)
        try await gate.pass(cost: 3)
        // One unit is left: enough for the cheap ones, which came later.
        let costs = [4, 1, 2, 1, 1]
        var waiters: [Task<Moment, any Error>] = []
        for cost in costs { waiters.append(await waiter(at: gate, cost: cost).task) }
        var due = 3
        for (index, task) in waiters.enumerated() {
            scheduler.advance(by: second(due) - scheduler.now)
            #expect(try await task.value == second(due))
            if index + 1 < costs.count { due += costs[index + 1] }
        }
    }

    @Test("things that are sent together count one by one", arguments: [16, 50, 200])
    func bulk(count: Int) async throws {
        let gate = gate(burst: 16)
        let passed = Counter()
        let waiting = AsyncStream<Void>.makeStream()
        let tasks = (0..<count).map { _ in
            Task {
                try await gate.pass { _ in waiting.continuation.yield() }
                passed.increment()
            }
        }
        var iterator = waiting.stream.makeAsyncIterator()
        for _ in 16..<max(16, count) { _ = await iterator.next() }
        while passed.value < 16 { await Task.yield() }
        #expect(passed.value == 16)
        // One second, one more.
        for number in 17..<max(17, min(count, 40)) {
            scheduler.advance(by: .seconds(1))
            while passed.value < number { await Task.yield() }
            #expect(passed.value == number)
        }
        scheduler.advance(by: .seconds(count))
        for task in tasks { try await task.value }
    }

    @Test("what costs more than a burst is refused at once, also while others wait")
    func impossible() async throws {
        let gate = gate()
        await #expect(throws: RateGate.Refusal.impossible(burst: 2)) { try await gate.pass(cost: 3) }
        try await gate.pass(cost: 2)
        let (task, _) = await waiter(at: gate)
        await #expect(throws: RateGate.Refusal.impossible(burst: 2)) { try await gate.pass(cost: 3) }
        scheduler.advance(by: .seconds(1))
        #expect(try await task.value == second(1))
    }

    @Test("whose turn would come after its deadline is told so at once, and takes nobody's turn")
    func deadline() async throws {
        let gate = gate()
        try await gate.pass(cost: 2)
        let first = await waiter(at: gate, within: .seconds(1))
        #expect(first.wait == .seconds(1))
        await #expect(throws: RateGate.Refusal.tooLate(wait: .seconds(2))) {
            try await gate.pass(deadline: scheduler.now + .milliseconds(1_999))
        }
        let second = await waiter(at: gate, within: .seconds(2))
        #expect(second.wait == .seconds(2))
        scheduler.advance(by: .seconds(1))
        #expect(try await first.task.value == self.second(1))
        scheduler.advance(by: .seconds(1))
        #expect(try await second.task.value == self.second(2))
    }

    @Test("one that is cancelled while it waits leaves at once, and those behind it move up")
    func cancelled() async throws {
        let gate = gate()
        try await gate.pass(cost: 2)
        let first = await waiter(at: gate, cost: 2)
        let second = await waiter(at: gate)
        #expect(second.wait == .seconds(3))
        first.task.cancel()
        await #expect(throws: CancellationError.self) { try await first.task.value }
        scheduler.advance(by: .seconds(1))
        #expect(try await second.task.value == self.second(1))
        // What the first would have cost was not counted: one that comes now waits for a second.
        let third = await waiter(at: gate)
        #expect(third.wait == .seconds(1))
        third.task.cancel()
        await #expect(throws: CancellationError.self) { try await third.task.value }
    }

    @Test("one that was cancelled before it asks is not let through, and not counted")
    func cancelledBefore() async throws {
        let gate = gate(burst: 1)
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            try await gate.pass()
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await gate.pass { _ in Issue.record("its turn was counted") }
    }

    @Test("a crowd of which a third is cancelled at random goes through at the rate, nobody forgotten")
    func crowd() async throws {
        let gate = gate(burst: 10)
        let dice = Dice(seed: 5)
        let passed = Counter()
        let tasks = (0..<3_000).map { number in
            Task {
                try await gate.pass()
                passed.increment()
            }
        }
        var cancelled = 0
        for task in tasks where dice.roll(3) == 0 {
            task.cancel()
            cancelled += 1
        }
        let over = Counter()
        let watching = Task {
            for task in tasks {
                _ = await task.result
                over.increment()
            }
        }
        var seconds = 0
        while over.value < tasks.count {
            #expect(passed.value <= 10 + seconds)
            scheduler.advance(by: .seconds(1))
            seconds += 1
            await Task.yield()
        }
        await watching.value
        #expect(passed.value >= 3_000 - cancelled)
        scheduler.advance(by: .seconds(10))
        #expect(scheduler.pending == 0)
    }
}
