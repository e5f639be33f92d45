import ConnectionPool
import TestSupport
import Testing

@Suite("Pool machine, random sequences")
struct PoolMachineSequenceTests {
    /// How many sequences a run tries: 4 000, or what the environment says.
    static let sequences = Environment.count("POOL_SEQUENCES", usually: 4_000)

    @Test("no sequence of 200 events breaks a law of the pool, and every pool can be closed after it")
    func laws() {
        for seed in 0..<UInt64(Self.sequences) {
            var run = PoolRun(seed: seed)
            run.walk(steps: 200)
            run.shutDown()
            guard run.auditor.breaches.isEmpty else {
                Issue.record("seed \(seed): \(run.auditor.breaches.prefix(3))")
                return
            }
        }
    }

    @Test("a pool can be closed after every step of a long run, at once or with grace", arguments: [0, 30])
    func closeAnywhere(grace: Int) {
        var run = PoolRun(seed: 7)
        for _ in 0..<Environment.count("POOL_CLOSINGS", usually: 1_000) {
            run.walk(steps: 1)
            var copy = run
            copy.shutDown(grace: .seconds(grace))
            #expect(copy.auditor.breaches.isEmpty && copy.auditor.finishes == 1)
        }
    }

    @Test("callers that give up leave nothing behind, however many they are")
    func cancelStorm() {
        var machine = PoolMachine()
        let site = CallSite(file: "x", line: 1)
        let now = Moment(nanoseconds: 0)
        for number in 0..<UInt64(10) {
            _ = machine.handle(.acquire(.init(number), shares: 1, deadline: nil, site: site), at: now)
        }
        for number in 10..<UInt64(10 + Environment.count("POOL_CANCELS", usually: 100_000)) {
            let deadline = now + .seconds(3_600) + .nanoseconds(Int64(number))
            _ = machine.handle(.acquire(.init(number), shares: 1, deadline: deadline, site: site), at: now)
            _ = machine.handle(.cancel(.init(number)), at: now)
            if machine.bookkeeping > 200 { break }
        }
        #expect(machine.figures.waiting == 10)
        #expect(machine.bookkeeping <= 200)
    }
}
