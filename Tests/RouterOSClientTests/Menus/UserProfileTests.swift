import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Testing

@Suite("User profiles")
struct UserProfileTests {
    private let simulator = RouterOSSimulator(.v7_18, credentials: .user("api", password: "secret"))

    @Test("one of the hotspot has speed, length of sessions and devices; it is found, changed and removed")
    func hotspot() async throws {
        let simulator = simulator
        try await simulator.connect { router in
            let day = HotspotUserProfile(
                name: "1GB-DAILY",
                sharedUsers: .value(1),
                rateLimit: "2M/2M",
                sessionTimeout: .value(.seconds(86_400))
            )
            #expect(outcome(try await router.ensure(day)) == "created")
            #expect(outcome(try await router.ensure(day)) == "unchanged")
            let found = try await router.print(HotspotUserProfile.self, where: .name == "1GB-DAILY").collect()
            #expect(found.map(\.rateLimit) == ["2M/2M"] && found.map(\.sharedUsers) == [.value(1)])
            #expect(found.map(\.sessionTimeout) == [.value(.seconds(86_400))])
            let faster = HotspotUserProfile(name: "1GB-DAILY", rateLimit: "4M/4M")
            #expect(outcome(try await router.ensure(faster)) == "updated rate-limit")
            try await router.remove(found.compactMap(\.id), of: HotspotUserProfile.self)
            #expect(outcome(try await router.ensure(HotspotUserProfile(name: "default"))) == "unchanged")
        }
        #expect(simulator.rows(HotspotUserProfile.self).map(\.name) == ["default"])
    }

    @Test("one of PPP has a speed and timeouts; it is found, changed and removed")
    func ppp() async throws {
        let simulator = simulator
        let before = simulator.rows(PPPProfile.self).map(\.name)
        try await simulator.connect { router in
            let home = PPPProfile {
                $0.name = "home"
                $0.rateLimit = "10M/10M"
                $0.sessionTimeout = .value(.seconds(86_400))
                $0.idleTimeout = .value(.seconds(600))
            }
            #expect(outcome(try await router.ensure(home)) == "created")
            let found = try await router.print(PPPProfile.self, where: .name == "home").collect()
            #expect(found.map(\.rateLimit) == ["10M/10M"])
            #expect(found.map(\.sessionTimeout) == [home.sessionTimeout])
            #expect(found.map(\.idleTimeout) == [home.idleTimeout])
            let faster = PPPProfile {
                $0.name = "home"
                $0.rateLimit = "20M/20M"
            }
            #expect(outcome(try await router.ensure(faster)) == "updated rate-limit")
            try await router.remove(found.compactMap(\.id), of: PPPProfile.self)
        }
        #expect(simulator.rows(PPPProfile.self).map(\.name) == before)
    }
}
