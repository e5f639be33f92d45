import RouterOSClient
import RouterOSProtocol
import Synchronization
import Testing

@testable import RouterOSTesting

/// What happens on ports and in memory by itself, in time.
@Suite(.timeLimit(.minutes(1)))
struct TimeTests {
    private static let credentials = Credentials.user("api", password: "secret")

    @Test(arguments: [RouterOSSimulator.Clock.live, .scaled(by: 7)])
    func aClockThatIsMovedByHandIsLateForNothing(clock: RouterOSSimulator.Clock) async throws {
        let router = RouterOSSimulator(credentials: Self.credentials, clock: clock)
        try await router.connect { connection in
            router.inject(.latency(.seconds(36_000)))
            let count = router.transcript.count
            async let name = connection.get(SystemIdentity.self).name
            while router.transcript.count == count { await Task.yield() }
            // The rest passes by itself: nobody asks the simulator anything until the answer is there.
            router.advance(by: .milliseconds(35_999_700))
            let heard = try await name
            #expect(heard == "MikroTik")
            router.clearFaults()
        }
    }

    @Test func everyRoundOfAClockThatRunsComesByItself() async throws {
        let router = RouterOSSimulator(credentials: Self.credentials, clock: .scaled(by: 997))
        try await router.connect { connection in
            var rows = connection.stream(Command("/system/identity/print") { $0["interval"] = "1s" })
                .makeAsyncIterator()
            for _ in 0..<200 {
                let row = try await rows.next()
                #expect(row?["name"] == "MikroTik")
            }
        }
    }

    @Test func listenersHearThatTrafficEndedASession() async throws {
        let router = RouterOSSimulator(credentials: Self.credentials)
        try router.run("/ip/hotspot/user/add", ["name": "a", "limit-bytes-total": "1000"])
        try router.logIn("a", address: "10.5.50.2")
        try await router.connect { connection in
            var rows = connection.stream(Command("/ip/hotspot/active/listen")).makeAsyncIterator()
            let count = router.transcript.count
            let traffic = Task {
                while router.transcript.count == count { await Task.yield() }
                try router.addTraffic(user: "a", in: 2_000)
            }
            let row = try await rows.next()
            try await traffic.value
            #expect(row?[".dead"] == "true")
        }
    }

    @Test func aStolenPortIsTriedAgainByOneTimerAndComesBack() async throws {
        let router = RouterOSSimulator(credentials: Self.credentials)
        let port = try router.listen()
        defer { router.stop() }
        router.inject(.refuseConnections)
        let thief = RouterOSSimulator(credentials: Self.credentials)
        try thief.listen(port: port)
        router.clear(.refuseConnections)
        var timers: Set<EventLoop.Timer> = []
        let asked = 2_000
        for _ in 0..<asked {
            _ = router.faults
            if let timer = router.state.withLock({ $0.reopening }) { timers.insert(timer) }
        }
        // One in each tenth of a second.
        #expect(!timers.isEmpty && timers.count < asked / 2)
        thief.stop()
        var client = try RawClient(port)
        client.send(["/login", "=name=api", "=password=secret"])
        while client.received.isEmpty {
            if client.end != nil {
                client = try RawClient(port)
                client.send(["/login", "=name=api", "=password=secret"])
            }
            await Task.yield()
        }
        #expect(router.state.withLock { $0.reopening } == nil)
    }
}
