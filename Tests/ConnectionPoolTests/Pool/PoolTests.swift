import ConnectionPool
import Dispatch
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("Pool", .timeLimit(.minutes(2)))
struct PoolTests {
    private let site = CallSite(file: "x", line: 1)
    private let scheduler = ManualScheduler()

    private func configuration(_ change: (inout PoolConfiguration) -> Void = { _ in }) -> PoolConfiguration {
        var configuration = PoolConfiguration()
        change(&configuration)
        return configuration
    }

    @Test("a connection is opened for the first caller, kept, used again, and closed when it has rested")
    func reuse() async throws {
        let connections = TestConnections()
        let pool = Pool(configuration(), connections.driver(), on: scheduler)
        for _ in 0..<3 { #expect(try await pool.withLease(site: site) { $0 } == 1) }
        scheduler.advance(by: .seconds(299))
        #expect(connections.open == [1])
        scheduler.advance(by: .seconds(1))
        #expect(pool.figures.idle == 0)
        await pool.close()
        #expect(connections.open.isEmpty && scheduler.pending == 0)
    }

    @Test("a crowd of callers, three in ten of them cancelled, and connections that die: nobody is forgotten")
    func crowd() async throws {
        let count = Environment.count("POOL_CALLERS", usually: 10_000)
        let connections = TestConnections()
        let pool = Pool(configuration { $0.maximumConnections = 8 }, connections.driver(), on: scheduler)
        let served = Counter()
        let cancelled = Counter()
        let dice = Dice(seed: 11)
        struct Died: Error {}
        await withTaskGroup(of: Void.self) { group in
            var callers: [Task<Void, Never>] = []
            for _ in 0..<count {
                callers.append(
                    Task {
                        do {
                            try await pool.withLease(site: site, isClean: { !($0 is Died) }) { connection in
                                await Task.yield()
                                let roll = dice.roll(20)
                                if roll == 0 { connections.end(connection) }
                                if roll == 1 { throw Died() }
                            }
                            served.increment()
                        } catch is CancellationError {
                            cancelled.increment()
                        } catch {
                            served.increment()
                        }
                    }
                )
            }
            for (number, caller) in callers.enumerated() {
                if number % 10 < 3 { caller.cancel() }
                group.addTask { await caller.value }
            }
        }
        #expect(served.value + cancelled.value == count)
        #expect(served.value >= count / 10 * 7)
        #expect(pool.figures.waiting == 0 && pool.figures.leases == 0)
        #expect(connections.most <= 8)
        await pool.close()
        #expect(!connections.everClosedTwice && scheduler.pending == 0)
    }

    @Test("callers that come and give up while nothing is free are all told, and none is left, however many they are")
    func cancelStorm() async throws {
        let connections = TestConnections(isHeld: true)
        let pool = Pool(configuration(), connections.driver(), on: scheduler)
        let told = Counter()
        let count = Environment.count("POOL_CANCELS", usually: 100_000) / 10
        let deadline = scheduler.now + .seconds(3_600)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<count {
                let caller = Task {
                    do {
                        _ = try await pool.lease(deadline: deadline, site: site)
                    } catch is CancellationError {
                        told.increment()
                    } catch {}
                }
                // Some are cancelled before they ask, most while they wait.
                if number % 16 > 0 { await Task.yield() }
                caller.cancel()
                if number % 1_000 == 999 { await group.waitForAll() }
                group.addTask { await caller.value }
            }
        }
        #expect(told.value == count)
        #expect(pool.figures.waiting == 0 && pool.figures.leases == 0)
        let closing = Task { await pool.close() }
        while pool.figures.connecting > 0 { await Task.yield() }
        await closing.value
        #expect(scheduler.pending == 0)
    }

    @Test("a connection that ends by itself is out of the pool at once, at rest and in use")
    func endedByItself() async throws {
        let connections = TestConnections()
        let pool = Pool(configuration(), connections.driver(), on: scheduler)
        try await pool.withLease(site: site) { _ in }
        await connections.watched(1)
        connections.end(1)
        #expect(pool.figures == .init())
        let lease = try await pool.lease(site: site)
        await connections.watched(lease.connection)
        connections.end(lease.connection)
        #expect(pool.figures.leased == 0)
        #expect(try await pool.withLease(site: site) { $0 } == 3)
        lease.release()
        await pool.close()
    }

    @Test("a caller that is cancelled leaves at once, and the connection it asked for serves the next")
    func cancelledCaller() async throws {
        let connections = TestConnections(isHeld: true)
        let pool = Pool(configuration(), connections.driver(), on: scheduler)
        let caller = Task { try await pool.withLease(site: site) { $0 } }
        await connections.attempt()
        caller.cancel()
        await #expect(throws: CancellationError.self) { try await caller.value }
        connections.finishAttempts(.success(()))
        #expect(try await pool.withLease(site: site) { $0 } == 1)
        await pool.close()
    }

    @Test("a caller whose deadline passes is told why, and how busy the pool was")
    func deadline() async throws {
        let connections = TestConnections(isHeld: true)
        let pool = Pool(configuration { $0.maximumConnections = 1 }, connections.driver(), on: scheduler)
        let deadline = scheduler.now + .seconds(3)
        let caller = Task { try await pool.withLease(deadline: deadline, site: site) { $0 } }
        await connections.attempt()
        while scheduler.pending == 0 { await Task.yield() }
        scheduler.advance(by: .seconds(3))
        let error = await #expect(throws: PoolError.self) { try await caller.value }
        guard case .deadline(let figures, nil)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(figures.connecting == 1)
        await pool.close()
    }

    @Test("an error of connecting reaches those who wait as it is")
    func connectFailure() async throws {
        let connections = TestConnections(isHeld: true)
        let pool = Pool(configuration(), connections.driver(), on: scheduler)
        let caller = Task { try await pool.withLease(site: site) { $0 } }
        await connections.attempt()
        connections.finishAttempts(.failure(TestConnections.Failure(isPermanent: true)))
        await #expect(throws: TestConnections.Failure(isPermanent: true)) { try await caller.value }
        // Not asked again: nobody would answer.
        await #expect(throws: TestConnections.Failure(isPermanent: true)) {
            try await pool.withLease(site: site) { $0 }
        }
        await pool.close()
    }

    @Test("closing gives up what is being opened, waits for leases within the grace, and refuses everybody after")
    func closing() async throws {
        let connections = TestConnections()
        let pool = Pool(configuration(), connections.driver(), on: scheduler)
        let lease = try await pool.lease(site: site)
        let closer = Task { await pool.close(grace: .seconds(5)) }
        while pool.figures.closing == 0, !closer.isCancelled {
            do {
                // Each attempt either finds the pool open, or tells that it is closed.
                try await pool.withLease(site: site) { _ in }
            } catch PoolError.closed {
                break
            }
        }
        #expect(connections.open.contains(lease.connection))
        lease.release()
        await closer.value
        #expect(connections.open.isEmpty)
        await pool.close()
    }

    @Test("what is told last is how it is, however long it takes to be told")
    func toldInOrder() async throws {
        let connections = TestConnections()
        let told = Mutex<[PoolMachine.Figures]>([])
        let isHeld = Mutex(false)
        let (begun, end) = (Counter(), DispatchSemaphore(value: 0))
        let driver = connections.driver {
            $0.report = { report in
                guard case .figures(let figures) = report else { return }
                let holds = isHeld.withLock { isHeld in
                    defer { isHeld = false }
                    return isHeld
                }
                if holds {
                    begun.increment()
                    end.wait()
                }
                told.withLock { $0.append(figures) }
            }
        }
        let pool = Pool(configuration(), driver, on: scheduler)
        let first = try await pool.lease(site: site)
        isHeld.withLock { $0 = true }
        let over = Counter()
        // On a thread of its own: it is held up while it tells that the connection was given back.
        Thread.detachNewThread {
            first.release()
            over.increment()
        }
        while begun.value == 0 { await Task.yield() }
        let second = try await pool.lease(site: site)
        end.signal()
        while over.value == 0 { await Task.yield() }
        #expect(told.withLock { $0.last } == pool.figures && pool.figures.leased == 1)
        second.release()
        #expect(told.withLock { $0.last } == pool.figures && pool.figures.leased == 0)
        await pool.close()
    }

    @Test("a lease that is let go of, or given back twice, is reported, and its connection is not used again")
    func leaks() async throws {
        let connections = TestConnections()
        let reports = Mutex<[String]>([])
        let driver = connections.driver {
            $0.report = { report in
                switch report {
                case .dropped(let site): reports.withLock { $0.append("dropped at \(site)") }
                case .misuse: reports.withLock { $0.append("misuse") }
                case .leak(let held, let site): reports.withLock { $0.append("\(held) at \(site)") }
                case .figures: break
                }
            }
        }
        let pool = Pool(configuration { $0.leakThreshold = .seconds(60) }, driver, on: scheduler)
        _ = try await pool.lease(site: site)
        let lease = try await pool.lease(site: CallSite(file: "y", line: 2))
        #expect(lease.connection == 2)
        scheduler.advance(by: .seconds(61))
        lease.release()
        lease.release()
        #expect(reports.withLock { $0 } == ["dropped at x:1", "60.0 seconds at y:2", "misuse"])
        await pool.close()
    }

    @Test("a pool that is let go of closes its connections")
    func letGo() async throws {
        let closed = AsyncStream<Int>.makeStream()
        do {
            let driver = PoolDriver<Int>(connect: { 1 }, close: { closed.continuation.yield($0) })
            let pool = Pool(configuration(), driver, on: scheduler)
            try await pool.withLease(site: site) { _ in }
        }
        var iterator = closed.stream.makeAsyncIterator()
        #expect(await iterator.next() == 1)
        #expect(scheduler.pending == 0)
    }

    @Test("a pool is closed cleanly at every moment of its first steps", arguments: 0..<12)
    func closeAtEveryStep(step: Int) async throws {
        let connections = TestConnections()
        let pool = Pool(configuration { $0.maximumConnections = 2 }, connections.driver(), on: scheduler)
        let ended = Counter()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<12 {
                if number == step { group.addTask { await pool.close() } }
                group.addTask {
                    try? await pool.withLease(site: site) { _ in await Task.yield() }
                    ended.increment()
                }
            }
        }
        #expect(ended.value == 12)
        #expect(connections.open.isEmpty && !connections.everClosedTwice)
        #expect(scheduler.pending == 0)
    }
}
