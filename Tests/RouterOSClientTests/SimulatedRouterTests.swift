import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Testing

@Suite("Client and simulated router")
struct SimulatedRouterTests {
    private func router() -> RouterOSSimulator {
        RouterOSSimulator(.v7_18, credentials: .user("api", password: "secret"), identity: "Shop")
    }

    @Test("rows are added, read by query, changed and removed")
    func rows() async throws {
        let simulator = router()
        try await simulator.connect { router in
            let id = try await router.add(HotspotUser(name: "A7K2", password: "A7K2", limitUptime: .seconds(10_800)))
            try await router.add(HotspotUser(name: "B3", password: "B3"))
            #expect(try await router.count(HotspotUser.self) == 2)
            #expect(try await router.count(HotspotUser.self, where: .name == "B3") == 1)
            try await router.set(id, of: HotspotUser.self) { $0["comment"] = "shelf 4" }
            var names: [String] = []
            for try await user in router.print(HotspotUser.self, where: .has(.comment)) { names.append(user.name) }
            #expect(names == ["A7K2"])
            try await router.remove(id, of: HotspotUser.self)
            try await router.remove(id, of: HotspotUser.self)
            #expect(try await router.count(HotspotUser.self) == 1)
        }
        #expect(simulator.rows(HotspotUser.self).map(\.name) == ["B3"])
    }

    @Test("a row is made as it should be, whatever is there")
    func ensure() async throws {
        let simulator = router()
        try await simulator.connect { router in
            var user = HotspotUser(name: "A7K2", password: "A7K2", limitUptime: .seconds(10_800), comment: "ours")
            guard case .created(let id) = try await router.ensure(user) else { throw Unexpected() }
            guard case .unchanged(id) = try await router.ensure(user) else { throw Unexpected() }
            user.limitUptime = .seconds(7_200)
            guard case .updated(id, let changed) = try await router.ensure(user) else { throw Unexpected() }
            #expect(changed == ["limit-uptime"])
            guard case .conflict(let existing) = try await router.ensure(user, isOurs: { $0.comment == "theirs" })
            else {
                throw Unexpected()
            }
            #expect(existing.comment == "ours")
        }
        #expect(simulator.rows(HotspotUser.self).map(\.limitUptime) == [.seconds(7_200)])
    }

    @Test("a trap is an error with the router's words, and the connection goes on")
    func traps() async throws {
        try await router().connect { router in
            try await router.add(HotspotUser(name: "A7K2"))
            let duplicate = await #expect(throws: RouterOSError.self) {
                try await router.add(HotspotUser(name: "A7K2"))
            }
            #expect(duplicate?.code == .duplicate && duplicate?.routerMessage?.contains("already have user") == true)
            let profile = await #expect(throws: RouterOSError.self) {
                try await router.add(HotspotUser(name: "B", profile: "fast"))
            }
            #expect(profile?.code == .invalidValue)
            let menu = await #expect(throws: RouterOSError.self) { try await router.run("/no/such/menu/print") }
            #expect(menu?.code == .noSuchCommand)
            #expect(try await router.get(SystemIdentity.self).name == "Shop")
        }
    }

    @Test("the connection test passes its five steps on a router that is ready")
    func connectionTest() async throws {
        let simulator = router()
        let port = try simulator.listen()
        let test = await ConnectionTest.run(
            RouterEndpoint("127.0.0.1", port: port, as: .user("api", password: "secret"))
        )
        #expect(test.failure == nil && test.remedy == nil)
        #expect(test.steps.map(\.step) == ConnectionTest.Step.allCases)
        #expect(test.identity == "Shop" && test.version?.hasPrefix("7.18") == true)
        simulator.stop()
    }

    @Test(
        "the connection test names the step that fails, and what to do",
        arguments: [
            ("nobody listens", .reach, "/ip service"), ("nonsense", .handshake, "API port"),
            ("stall", .handshake, "answer"),
            ("wrong password", .login, "password"),
        ] as [(String, ConnectionTest.Step, String)]
    )
    func failingConnectionTest(trouble: String, step: ConnectionTest.Step, advice: String) async throws {
        let simulator = router()
        // A port that was given back may belong to another test by now; nothing ever listens on port 1.
        let port = trouble == "nobody listens" ? 1 : try simulator.listen()
        switch trouble {
        case "nonsense": simulator.inject(.garbage)
        case "stall": simulator.inject(.stall)
        default: break
        }
        let test = await ConnectionTest.run(
            RouterEndpoint(
                "127.0.0.1",
                port: port,
                as: .user("api", password: trouble == "wrong password" ? "canary" : "secret")
            ),
            configuration: ConnectionConfiguration(
                connectTimeout: trouble == "stall" ? .seconds(5) : .seconds(10)
            )
        )
        let failure = try #require(test.failure)
        #expect(failure.step == step)
        #expect(failure.error.message.contains(advice), "\(failure.error)")
        #expect(test.remedy?.contains("/ip service") == true || test.remedy?.contains("/user print") == true)
        #expect(!"\(test)".contains("canary"))
        let index = try #require(ConnectionTest.Step.allCases.firstIndex(of: step))
        for (position, entry) in test.steps.enumerated() {
            switch entry.outcome {
            case .passed: #expect(position < index)
            case .failed: #expect(position == index)
            case .skipped: #expect(position > index)
            }
        }
        simulator.stop()
    }

    private struct Unexpected: Error {}
}
