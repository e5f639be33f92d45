import ConnectionPool
import RouterOSClient
import RouterOSProtocol
import Synchronization
import TestSupport
import Testing

@Suite("Calls without a pool", .timeLimit(.minutes(1)))
struct OneShotCallsTests {
    private let clock = ManualScheduler()
    private let events = EventRecorder()

    private func calls(_ change: (inout ClientConfiguration) -> Void = { _ in }) -> OneShotCalls {
        var configuration = ClientConfiguration(
            connection: ConnectionConfiguration(requestTimeout: .seconds(10), observer: events),
            callTimeout: .seconds(30),
            rateLimit: .unlimited
        )
        change(&configuration)
        return OneShotCalls("10.0.0.7:443", configuration, scheduler: clock)
    }

    @Test(
        "have the time of a request for each attempt, and a deadline of their own whole",
        arguments: [(nil, 10), (.seconds(20), 20), (.seconds(5), 5)] as [(Duration?, Int)]
    )
    func time(deadline: Duration?, expected: Int) async throws {
        #expect(try await calls().run(Command("/x/print"), deadline: deadline) { $0 } == .seconds(expected))
    }

    @Test("wait for their turn in the rate limit, within their time")
    func turns() async throws {
        let calls = calls { $0.rateLimit = .perMinute(6, burst: 1) }
        _ = try await calls.run(Command("/x/print"), deadline: nil) { $0 }
        async let second = calls.run(Command("/x/print"), deadline: .seconds(12)) { $0 }
        await events.first { if case .rateLimited(_, "/x/print", .seconds(10)) = $0 { true } else { false } }
        clock.advance(by: .seconds(10))
        #expect(try await second == .seconds(2))
        let error = await #expect(throws: RouterOSError.self) {
            try await calls.run(Command("/x/print"), deadline: .seconds(9)) { $0 }
        }
        #expect(error?.code == .unavailable && error?.isSafeToRetry == true)
    }

    @Test("are made again as the policy says, each attempt within what is left of the time")
    func attempts() async throws {
        let calls = calls {
            $0.retry = RetryPolicy(maximumAttempts: 3, baseDelay: .seconds(4), maximumDelay: .seconds(4))
        }
        let times = Mutex<[Duration]>([])
        async let answer: Int = calls.run(Command("/x/add"), deadline: .seconds(30)) { time in
            let attempt = times.withLock { times in
                times.append(time)
                return times.count
            }
            guard attempt < 3 else { return attempt }
            throw RouterOSError(.connectionRefused, "no", isSafeToRetry: true)
        }
        for attempt in 1...2 {
            while events.retries < attempt || clock.pending == 0 { await Task.yield() }
            clock.advance(by: .seconds(4))
        }
        #expect(try await answer == 3)
        let seen = times.withLock { $0 }
        #expect(seen[0] == .seconds(30) && seen[1] < seen[0] && seen[2] < seen[1] && seen[2] >= .seconds(22))
    }

    @Test("of a write whose outcome is unknown are made once, and say what shows it")
    func unknown() async throws {
        let command = Command("/ip/hotspot/user/add") { $0["name"] = "A7K2" }
        let sent = Mutex(0)
        let error = await #expect(throws: RouterOSError.self) {
            try await calls().run(command, deadline: nil) { _ in
                sent.withLock { $0 += 1 }
                throw RouterOSError(.connectionClosed, "lost")
            }
        }
        #expect(error?.readBack == command.readBack && error?.readBack != nil)
        #expect(sent.withLock { $0 } == 1 && events.retries == 0)
    }

    @Test("are refused while the router is left alone, and tried after")
    func breaker() async throws {
        let calls = calls {
            $0.retry = .never
            $0.breaker = BreakerPolicy(failures: 1, span: .zero, pause: .seconds(2))
        }
        await #expect(throws: RouterOSError.self) {
            try await calls.run(Command("/x/print"), deadline: nil) { _ in throw RouterOSError(.connectTimeout, "no") }
        }
        let error = await #expect(throws: RouterOSError.self) {
            try await calls.run(Command("/x/print"), deadline: nil) { $0 }
        }
        #expect(error?.code == .unavailable)
        clock.advance(by: .seconds(2))
        _ = try await calls.run(Command("/x/print"), deadline: nil) { $0 }
        #expect(events.breaker == [.open, .halfOpen, .closed])
    }
}
