import RouterOSClient
import RouterOSProtocol
import RouterOSREST
import RouterOSTesting
import Testing

@Suite("Typed verbs over REST")
struct RESTVerbTests {
    private let simulator = RouterOSSimulator(.v7_18, credentials: .user("api", password: "secret"), identity: "Shop")

    private func client(_ service: WebService, password: String = "secret") throws -> RouterOSRESTClient {
        try RouterOSRESTClient(
            "127.0.0.1",
            port: service.port,
            security: .plaintext,
            as: .user("api", password: password),
            // The service answers when the concurrency pool has a thread for it, which other tests may keep busy.
            configuration: RESTConfiguration(
                requestTimeout: .seconds(3_600),
                callTimeout: .seconds(3_600),
                rateLimit: .unlimited
            )
        )
    }

    @Test("rows are added, read by query, changed and removed")
    func rows() async throws {
        let service = try WebService(simulator)
        defer { service.stop() }
        let router = try client(service)
        #expect(router.endpoint == "127.0.0.1:\(service.port)")
        #expect(try await router.get(SystemIdentity.self).name == "Shop")
        let id = try await router.add(HotspotUser(name: "A7K2", password: "A7K2", limitUptime: .seconds(10_800)))
        try await router.add(HotspotUser(name: "B3 ü \"漢\"", password: "B3"))
        #expect(try await router.count(HotspotUser.self) == 2)
        #expect(try await router.count(HotspotUser.self, where: .name == "A7K2" || .name == "x") == 1)
        try await router.set(id, of: HotspotUser.self) { $0["comment"] = "shelf = 4\n" }
        var found: [HotspotUser] = []
        for try await user in router.print(HotspotUser.self, where: .has(.comment)) { found.append(user) }
        #expect(found.map(\.name) == ["A7K2"] && found.map(\.comment) == ["shelf = 4\n"])
        #expect(found.map(\.limitUptime) == [.seconds(10_800)])
        try await router.remove(id, of: HotspotUser.self)
        try await router.remove(id, of: HotspotUser.self)
        #expect(simulator.rows(HotspotUser.self).map(\.name) == ["B3 ü \"漢\""])
    }

    @Test("a row is made as it should be, whatever is there")
    func ensure() async throws {
        let service = try WebService(simulator)
        defer { service.stop() }
        let router = try client(service)
        var user = HotspotUser(name: "A7K2", password: "A7K2", limitUptime: .seconds(10_800), comment: "ours")
        guard case .created(let id) = try await router.ensure(user) else { throw Unexpected() }
        guard case .unchanged(id) = try await router.ensure(user) else { throw Unexpected() }
        user.limitUptime = .seconds(7_200)
        guard case .updated(id, changed: ["limit-uptime"]) = try await router.ensure(user) else { throw Unexpected() }
        guard case .conflict = try await router.ensure(user, isOurs: { _ in false }) else { throw Unexpected() }
        #expect(simulator.rows(HotspotUser.self).map(\.limitUptime) == [.seconds(7_200)])
    }

    @Test("refusals are the errors of the API")
    func refusals() async throws {
        let service = try WebService(simulator)
        defer { service.stop() }
        let router = try client(service)
        try await router.add(HotspotUser(name: "A7K2"))
        let duplicate = await #expect(throws: RouterOSError.self) { try await router.add(HotspotUser(name: "A7K2")) }
        #expect(duplicate?.code == .duplicate && duplicate?.isSafeToRetry == true)
        #expect(duplicate?.endpoint == router.endpoint)
        let menu = await #expect(throws: RouterOSError.self) { try await router.run("/no/such/print") }
        #expect(menu?.code == .noSuchCommand)
        let wrong = try client(service, password: "canary")
        let login = await #expect(throws: RouterOSError.self) { try await wrong.run("/system/identity/print") }
        #expect(login?.code == .authentication && login?.message.contains("rest-api") == true)
    }

    @Test("many commands at once each get their own answer")
    func concurrent() async throws {
        let service = try WebService(simulator)
        defer { service.stop() }
        let router = try client(service)
        try await withThrowingDiscardingTaskGroup { group in
            for number in 0..<40 {
                group.addTask {
                    try await router.add(HotspotUser(name: "N\(number)"))
                    let query = Query.equal("name", "N\(number)")
                    #expect(
                        try await router.print(HotspotUser.self, where: RowQuery(query)).collect().map(\.name) == [
                            "N\(number)"
                        ]
                    )
                }
            }
        }
        #expect(simulator.rows(HotspotUser.self).count == 40)
    }
}
