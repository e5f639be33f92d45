import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Testing

/// A client and a router in one process, without sockets.
@Suite(.timeLimit(.minutes(1)))
struct MemoryTransportTests {
    private static func simulator() -> RouterOSSimulator {
        RouterOSSimulator(credentials: .user("api", password: "secret"))
    }

    @Test func aThousandAddsGoThroughMemory() async throws {
        let router = Self.simulator()
        try await router.connect { connection in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<1_000 {
                    group.addTask { _ = try await connection.add(HotspotUser(name: "n\(number)")) }
                }
                try await group.waitForAll()
            }
            let count = try await connection.count(HotspotUser.self)
            #expect(count == 1_000)
        }
    }

    @Test func aDelayedAnswerArrivesWhenTimeIsAdvanced() async throws {
        let router = Self.simulator()
        try await router.connect { connection in
            router.inject(.latency(.seconds(3_600)))
            let count = router.transcript.count
            async let name = connection.get(SystemIdentity.self).name
            while router.transcript.count == count { await Task.yield() }
            router.advance(by: .seconds(3_600))
            let heard = try await name
            #expect(heard == "MikroTik")
            router.clearFaults()
        }
    }

    @Test func listenersHearOfWhatTheConsoleDoes() async throws {
        let router = Self.simulator()
        try await router.connect { connection in
            var rows = connection.stream(Command("/ip/hotspot/user/listen")).makeAsyncIterator()
            let count = router.transcript.count
            let editing = Task {
                while router.transcript.count == count { await Task.yield() }
                try router.run("/ip/hotspot/user/add", ["name": "a"])
            }
            let first = try await rows.next()
            try await editing.value
            #expect(first?["name"] == "a")
        }
    }

    @Test func aRouterThatIsDownRefusesConnections() async throws {
        let router = Self.simulator()
        router.inject(.reboot(downFor: .seconds(60)))
        let error = await #expect(throws: RouterOSError.self) { try await router.connect { _ in } }
        #expect(error?.code == .connectionRefused)
        router.advance(by: .seconds(60))
        try await router.connect { _ in }
    }

    @Test func aRebootEndsTheConnection() async throws {
        let router = Self.simulator()
        let error = await #expect(throws: RouterOSError.self) {
            try await router.connect { connection in
                router.inject(.reboot())
                _ = try await connection.get(SystemIdentity.self)
            }
        }
        #expect(error?.code == .connectionClosed)
    }

    @Test(arguments: [3, 12, 100])
    func aBrokenConnectionIsLost(bytes: Int) async throws {
        let router = Self.simulator()
        let error = await #expect(throws: RouterOSError.self) {
            try await router.connect { connection in
                router.inject(.resetConnection(afterBytes: bytes))
                for _ in 0..<2 { _ = try await connection.get(SystemIdentity.self) }
            }
        }
        #expect(error?.code == .connectionClosed)
    }
}
