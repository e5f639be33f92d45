import ConnectionPool
import Testing

@Suite("Pool machine")
struct PoolMachineTests {
    private typealias Machine = PoolMachine

    private let site = CallSite(file: "x", line: 1)
    private let start = Moment(nanoseconds: 0)

    private func id(_ number: UInt64) -> PoolMachine.ConnectionID { .init(number) }

    private func acquire(
        _ number: UInt64,
        shares: Int = 1,
        within: Duration? = nil
    ) -> PoolMachine.Event {
        .acquire(.init(number), shares: shares, deadline: within.map { start + $0 }, site: site)
    }

    private func machine(_ change: (inout PoolConfiguration) -> Void = { _ in }) -> PoolMachine {
        var configuration = PoolConfiguration()
        change(&configuration)
        return PoolMachine(configuration)
    }

    @Test("the connection used last is used next, and what rests for the idle timeout is closed")
    func lastInFirstOut() {
        var pool = machine()
        #expect(pool.handle(acquire(1), at: start) == [.connect(id(1))])
        #expect(pool.handle(acquire(2), at: start) == [.connect(id(2))])
        #expect(pool.handle(.connected(id(1)), at: start) == [.lease(.init(1), id(1))])
        #expect(pool.handle(.connected(id(2)), at: start) == [.lease(.init(2), id(2))])
        #expect(pool.handle(.release(.init(2), isClean: true), at: start) == [])
        #expect(pool.handle(.release(.init(1), isClean: true), at: start + .seconds(1)) == [])
        #expect(pool.handle(acquire(3), at: start + .seconds(2)) == [.lease(.init(3), id(1))])
        #expect(pool.nextDeadline == start + .seconds(300))
        #expect(pool.handle(.tick, at: start + .seconds(300)) == [.close(id(2))])
        #expect(pool.handle(.closed(id(2)), at: start + .seconds(300)) == [])
        #expect(pool.figures.leased == 1 && pool.figures.idle == 0)
    }

    @Test("callers share a connection up to its shares, and nobody is overtaken by one who asks for less")
    func shares() {
        var pool = machine {
            $0.sharesPerConnection = 4
            $0.maximumConnections = 1
        }
        #expect(pool.handle(acquire(1, shares: 3), at: start) == [.connect(id(1))])
        #expect(pool.handle(.connected(id(1)), at: start) == [.lease(.init(1), id(1))])
        #expect(pool.handle(acquire(2, shares: 2), at: start) == [])
        #expect(pool.handle(acquire(3, shares: 1), at: start) == [])
        #expect(
            pool.handle(.release(.init(1), isClean: true), at: start) == [
                .lease(.init(2), id(1)), .lease(.init(3), id(1)),
            ]
        )
        #expect(pool.handle(acquire(4, shares: 5), at: start) == [.fail(.init(4), .tooManyShares)])
    }

    @Test("one connection is opened for as many callers as can share it")
    func sharedOpening() {
        var pool = machine { $0.sharesPerConnection = 4 }
        let opened = (1...9).flatMap { pool.handle(acquire($0), at: start) }
        #expect(opened == [.connect(id(1)), .connect(id(2)), .connect(id(3))])
    }

    @Test("a caller that gives up does not stop the opening of a connection, which serves the next one")
    func constructionGoesOn() {
        var pool = machine()
        #expect(pool.handle(acquire(1), at: start) == [.connect(id(1))])
        #expect(pool.handle(.cancel(.init(1)), at: start) == [.fail(.init(1), .cancelled)])
        #expect(pool.handle(.connected(id(1)), at: start) == [])
        #expect(pool.handle(acquire(2), at: start) == [.lease(.init(2), id(1))])
    }

    @Test("callers wait until their deadline and no longer")
    func deadline() {
        var pool = machine()
        _ = pool.handle(acquire(1, within: .seconds(2)), at: start)
        _ = pool.handle(acquire(2, within: .seconds(1)), at: start)
        #expect(pool.nextDeadline == start + .seconds(1))
        #expect(pool.handle(.tick, at: start + .seconds(1)) == [.fail(.init(2), .deadline)])
        #expect(pool.handle(.connected(id(1)), at: start + .seconds(2)) == [.fail(.init(1), .deadline)])
        #expect(pool.handle(acquire(3, within: .zero), at: start + .seconds(2)) == [.lease(.init(3), id(1))])
        #expect(pool.handle(acquire(4, within: .zero), at: start + .seconds(2)) == [.fail(.init(4), .deadline)])
    }

    @Test("with nothing open a failure fails everybody; later callers wait for the back-off, which one attempt ends")
    func failing() throws {
        var pool = machine()
        #expect(pool.handle(acquire(1), at: start) == [.connect(id(1))])
        #expect(pool.handle(acquire(2), at: start) == [.connect(id(2))])
        #expect(pool.handle(.connectFailed(id(1), isPermanent: false), at: start) == [])
        #expect(
            pool.handle(.connectFailed(id(2), isPermanent: false), at: start) == [
                .fail(.init(1), .connectFailed), .fail(.init(2), .connectFailed),
            ]
        )
        #expect(pool.nextDeadline == nil)
        #expect(pool.handle(acquire(3), at: start) == [])
        let due = pool.nextDeadline
        let retry = try #require(due)
        #expect(retry <= start + .milliseconds(200))
        #expect(pool.handle(.tick, at: retry) == [.connect(id(3))])
        #expect(pool.handle(acquire(4), at: retry) == [])
        #expect(
            pool.handle(.connected(id(3)), at: retry) == [.lease(.init(3), id(3)), .connect(id(4))]
        )
    }

    @Test("a refusal for good fails everybody, and whoever comes soon after, without another attempt")
    func refused() {
        var pool = machine()
        _ = pool.handle(acquire(1), at: start)
        _ = pool.handle(acquire(2), at: start)
        #expect(
            pool.handle(.connectFailed(id(1), isPermanent: true), at: start) == [
                .fail(.init(1), .connectFailed), .fail(.init(2), .connectFailed),
            ]
        )
        _ = pool.handle(.connectFailed(id(2), isPermanent: true), at: start)
        #expect(pool.nextDeadline == nil)
        #expect(pool.handle(acquire(3), at: start + .seconds(9)) == [.fail(.init(3), .connectFailed)])
        #expect(pool.handle(acquire(4), at: start + .seconds(10)) == [.connect(id(3))])
    }

    @Test("a connection whose lifetime is over ends when it comes back, each at a time of its own")
    func lifetime() {
        var ends: Set<Int64> = []
        for seed in 0..<20 {
            var pool = machine {
                $0.maximumLifetime = .seconds(100)
                $0.lifetimeJitter = .seconds(20)
                $0.seed = UInt64(seed)
            }
            _ = pool.handle(acquire(1), at: start)
            _ = pool.handle(.connected(id(1)), at: start)
            #expect(pool.handle(.tick, at: start + .seconds(79)) == [])
            let end = pool.nextDeadline?.nanoseconds ?? 0
            #expect((80_000_000_000...100_000_000_000).contains(end))
            ends.insert(end)
            #expect(pool.handle(.tick, at: start + .seconds(100)) == [])
            #expect(pool.handle(acquire(2), at: start + .seconds(100)) == [.connect(id(2))])
            #expect(pool.handle(.release(.init(1), isClean: true), at: start + .seconds(101)) == [.close(id(1))])
        }
        #expect(ends.count > 10)
    }

    @Test("a lease that lasts is reported once, with who asked for it")
    func leaks() {
        var pool = machine { $0.leakThreshold = .seconds(60) }
        _ = pool.handle(acquire(1), at: start)
        _ = pool.handle(.connected(id(1)), at: start)
        #expect(pool.nextDeadline == start + .seconds(60))
        #expect(
            pool.handle(.tick, at: start + .seconds(60)) == [.reportLeak(.init(1), held: .seconds(60), site: site)]
        )
        #expect(pool.handle(.tick, at: start + .seconds(301)) == [])
        #expect(pool.nextDeadline == nil)
    }

    @Test("a connection that came back unclean serves nobody, and ends when the last who shares it is done")
    func unclean() {
        var pool = machine { $0.sharesPerConnection = 2 }
        _ = pool.handle(acquire(1), at: start)
        _ = pool.handle(acquire(2), at: start)
        _ = pool.handle(.connected(id(1)), at: start)
        #expect(pool.handle(.release(.init(1), isClean: false), at: start) == [])
        #expect(pool.handle(acquire(3), at: start) == [.connect(id(2))])
        #expect(pool.handle(.release(.init(2), isClean: true), at: start) == [.close(id(1))])
        #expect(pool.handle(.release(.init(2), isClean: true), at: start) == [.reportMisuse(.init(2))])
    }

    @Test("a caller beyond the limit of those who wait is turned away")
    func waitersLimit() {
        var pool = machine {
            $0.maximumConnections = 1
            $0.maximumWaiters = 1
        }
        _ = pool.handle(acquire(1), at: start)
        #expect(pool.handle(acquire(2), at: start) == [.fail(.init(2), .tooManyWaiters)])
    }

    @Test("closing fails those who wait, gives leases their grace, and finishes once")
    func closing() {
        var pool = machine { $0.maximumConnections = 2 }
        for number in 1...3 { _ = pool.handle(acquire(UInt64(number)), at: start) }
        _ = pool.handle(.connected(id(1)), at: start)
        #expect(
            pool.handle(.close(deadline: start + .seconds(5)), at: start) == [
                .fail(.init(2), .closed), .fail(.init(3), .closed), .cancelConnect(id(2)),
            ]
        )
        #expect(pool.handle(acquire(4), at: start) == [.fail(.init(4), .closed)])
        #expect(pool.handle(.connectFailed(id(2), isPermanent: false), at: start) == [])
        #expect(pool.nextDeadline == start + .seconds(5))
        #expect(pool.handle(.tick, at: start + .seconds(5)) == [.close(id(1))])
        #expect(pool.nextDeadline == nil)
        #expect(pool.handle(.closed(id(1)), at: start + .seconds(6)) == [.finished])
        #expect(pool.handle(.release(.init(1), isClean: true), at: start + .seconds(6)) == [])
        #expect(pool.handle(.close(deadline: start), at: start + .seconds(6)) == [])
    }

    @Test("a configuration out of range, or with times beyond all measure, is no trap")
    func extremes() {
        var pool = machine {
            $0.maximumConnections = 0
            $0.maximumConnecting = -1
            $0.sharesPerConnection = .max
            $0.idleTimeout = .seconds(Int64.max)
            $0.maximumLifetime = .seconds(Int64.min)
            $0.lifetimeJitter = .seconds(Int64.max)
            $0.leakThreshold = .seconds(Int64.max)
        }
        let late = Moment(nanoseconds: .max)
        #expect(pool.handle(acquire(1, shares: -3, within: .seconds(Int64.max)), at: start) == [.connect(id(1))])
        _ = pool.handle(.connected(id(1)), at: late)
        _ = pool.handle(.tick, at: late)
        _ = pool.handle(.close(deadline: late), at: late)
    }
}
