import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RouterOSSimulatorTests {
    private static func simulator(_ release: RouterOSVersion = .v7_18) -> RouterOSSimulator {
        RouterOSSimulator(release, credentials: .user("api", password: "secret"))
    }

    @Test func aSoldVoucherReachesTheRouter() async throws {
        let router = Self.simulator()
        try await router.connect { connection in
            _ = try await connection.ensure(HotspotUser(name: "A7K2", password: "A7K2"))
        }
        #expect(router.rows(HotspotUser.self).map(\.name) == ["A7K2"])
        #expect(router.transcript.first?.path == "/login")
    }

    @Test(arguments: [RouterOSVersion.v6_49, .v7_9, .v7_18, .v7_24])
    func theClientUnderstandsEveryRelease(release: RouterOSVersion) async throws {
        let router = Self.simulator(release)
        try await router.connect { connection in
            #expect(try await connection.get(SystemIdentity.self).name == "MikroTik")
            #expect(try await connection.print(HotspotUser.self).collect().isEmpty)
            let id = try await connection.add(HotspotUser(name: "a", limitUptime: .seconds(10_800)))
            #expect(try await connection.print(HotspotUser.self).collect().map(\.limitUptime) == [.seconds(10_800)])
            #expect(try await connection.count(HotspotUser.self) == 1)
            try await connection.remove(id, of: HotspotUser.self)
        }
        #expect(router.rows("/ip/hotspot/user") == [])
    }

    @Test func aWrongPasswordIsAnAuthenticationError() async throws {
        let router = Self.simulator()
        let port = try router.listen()
        let error = await #expect(throws: RouterOSError.self) {
            try await RouterOSConnection.with("127.0.0.1", port: port, as: .user("api", password: "x")) { _ in }
        }
        #expect(error?.code == .authentication)
        router.stop()
    }

    @Test func manyClientsAtOnceGetTheirOwnAnswers() async throws {
        let router = Self.simulator()
        let port = try router.listen()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for client in 0..<20 {
                group.addTask {
                    try await RouterOSConnection.with("127.0.0.1", port: port, as: .user("api", password: "secret")) {
                        for number in 0..<20 {
                            _ = try await $0.add(HotspotUser(name: "\(client)-\(number)"))
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(Set(router.rows("/ip/hotspot/user").map { $0["name"] }).count == 400)
        router.stop()
    }

    @Test func aDroppedConnectionHasDoneItsWorkAndDoesNotSaySo() async throws {
        let router = Self.simulator()
        router.inject(.dropConnection(afterCommand: 3))
        let error = await #expect(throws: RouterOSError.self) {
            try await router.connect { connection in
                for name in ["a", "b", "c", "d"] { _ = try await connection.add(HotspotUser(name: name)) }
            }
        }
        #expect(error?.code == .connectionClosed)
        #expect(router.rows("/ip/hotspot/user").map { $0["name"] } == ["a", "b", "c"])
        // It happens once.
        try await router.connect { connection in
            for name in ["d", "e", "f", "g"] { _ = try await connection.add(HotspotUser(name: name)) }
        }
    }

    @Test func aStallingRouterIsSilentAndGoesOnLater() async throws {
        let router = Self.simulator()
        let patience = ConnectionConfiguration(connectTimeout: .seconds(60), requestTimeout: .seconds(60))
        try await router.connect(configuration: patience) { connection in
            router.inject(.stall)
            let add = Command("/ip/hotspot/user/add") { $0["name"] = "late" }
            let error = await #expect(throws: RouterOSError.self) {
                try await connection.run(add, deadline: .milliseconds(50))
            }
            #expect(error?.code == .deadlineExceeded)
            #expect(router.rows("/ip/hotspot/user") == [])
            router.clearFaults()
            let count = try await connection.count(HotspotUser.self)
            #expect(count == 1)
        }
    }

    @Test func nonsenseIsNoRouterOS() async throws {
        let router = Self.simulator()
        router.inject(.garbage)
        let error = await #expect(throws: RouterOSError.self) { try await router.connect { _ in } }
        #expect(error?.code == .notRouterOS)
        router.clearFaults()
        try await router.connect { _ in }
    }

    @Test func refusedLoginsLookLikeAWrongPassword() async throws {
        let router = Self.simulator()
        router.inject(.refuseLogin)
        let error = await #expect(throws: RouterOSError.self) { try await router.connect { _ in } }
        #expect(error?.code == .authentication)
    }

    @Test func aPowerCutLosesSessionsAndKeepsTables() async throws {
        let router = Self.simulator()
        try router.run("/ip/hotspot/user/add", ["name": "a"])
        try router.run("/ip/hotspot/active/login", ["user": "a", "ip": "10.0.0.1"])
        router.advance(by: .seconds(3_600))
        #expect(router.rows(HotspotActive.self).map(\.uptime) == [.seconds(3_600)])
        let error = await #expect(throws: RouterOSError.self) {
            try await router.connect { connection in
                router.inject(.powerCut)
                _ = try await connection.get(SystemIdentity.self)
            }
        }
        #expect(error?.code == .connectionClosed)
        #expect(router.rows(HotspotActive.self).isEmpty)
        #expect(router.rows(HotspotUser.self).map(\.uptime) == [.zero])
        #expect(router.rows("/system/resource").map { $0["uptime"] } == ["0s"])
    }

    @Test func stoppingSettlesWhatSessionsHaveUsed() throws {
        let router = Self.simulator()
        try router.listen()
        try router.run("/ip/hotspot/user/add", ["name": "a"])
        try router.run("/ip/hotspot/active/login", ["user": "a", "ip": "10.0.0.1"])
        router.advance(by: .seconds(60))
        try router.addTraffic(user: "a", in: 10, out: 20)
        router.stop()
        #expect(router.rows(HotspotUser.self).map(\.uptime) == [.seconds(60)])
        #expect(router.rows(HotspotUser.self).map(\.bytesOut) == [20])
        #expect(throws: SimulatorError.self) { try router.addTraffic(user: "a", in: 1) }
    }

    @Test func aTakenPortIsReported() throws {
        let first = Self.simulator()
        let port = try first.listen()
        let error = #expect(throws: SimulatorError.self) { try Self.simulator().listen(port: port) }
        #expect(error?.code == .network)
        first.stop()
        let second = Self.simulator()
        try second.listen(port: port)
        second.stop()
    }

    @Test func theConsoleReportsRefusals() {
        let error = #expect(throws: SimulatorError.self) {
            try Self.simulator().run("/ip/hotspot/user/add", ["name": "a", "profile": "none"])
        }
        #expect(error?.code == .refused)
        #expect(error?.description.contains("input does not match any value of profile") == true)
    }
}
