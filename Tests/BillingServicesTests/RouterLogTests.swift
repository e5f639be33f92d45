import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("The log of a router")
struct RouterLogTests {
    private func operations(_ shop: Shop) async throws -> [String] {
        try await shop.owner.audit.routerEvents(router: shop.router.id).items.map(\.operation).reversed()
    }

    @Test("everything done to a router's record is in its log", arguments: Backing.allCases)
    func editsAreLogged(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let routers = shop.owner.routers
        func pass() { shop.clock.advance(by: .seconds(1)) }
        pass()
        _ = try await routers.update(shop.router.id, .fixture("Hall"))
        pass()
        _ = try await routers.access(shop.router.id)
        pass()
        _ = try await routers.retry(shop.router.id)
        let site = try await shop.owner.sites.add(SiteDraft(name: "Hill"))
        pass()
        _ = try await shop.owner.sites.place(shop.router.id, at: site.id)
        let events = try await shop.owner.audit.routerEvents(router: shop.router.id).items
        #expect(
            events.reversed().map(\.operation) == [
                "router.add", "router.update", "router.access", "router.retry", "router.place",
            ]
        )
        #expect(events.allSatisfy { $0.actor == shop.owner.actor && $0.outcome == .succeeded })
        #expect(events.allSatisfy { !$0.detail.contains(Shop.routerPassword) })
    }

    @Test(
        "a router moves as its table says",
        arguments: RouterStatus.allCases,
        [RouterStatus.online, .error, .offline]
    )
    func routersMoveAsTheTableSays(before: RouterStatus, found: RouterStatus) async throws {
        let shop = try await Shop.open(.memory)
        let provisioning = shop.billing.provisioning
        if before != .unknown { try await provisioning.recordStatus(shop.router.id, RouterReading(status: before)) }
        try await provisioning.recordStatus(shop.router.id, RouterReading(status: found, detail: "seen"))
        #expect(try await shop.owner.routers.router(shop.router.id).status == found)
        try await shop.owner.routers.remove(shop.router.id)
        let removed = try await shop.store.read(.tenant(shop.tenant.id)) { try $0.router(shop.router.id) }
        try await provisioning.recordStatus(shop.router.id, RouterReading(status: .online, identity: "other"))
        try await shop.owner.routers.remove(shop.router.id)
        await expectRefusal(.notFound) { try await shop.owner.routers.update(shop.router.id, .fixture("Lobby")) }
        #expect(try await shop.store.read(.tenant(shop.tenant.id)) { try $0.router(shop.router.id) } == removed)
        _ = try await shop.owner.routers.add(.fixture("Lobby"), key: .new())
    }

    @Test("what provisioning does and meets is in the log, with how it ended", arguments: Backing.allCases)
    func provisioningIsLogged(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let batch = try await shop.generate(2)
        let provisioning = shop.billing.provisioning
        func pass(_ seconds: Int64 = 1) { shop.clock.advance(by: .seconds(seconds)) }
        pass()
        for _ in 0..<2 { try await provisioning.recordStatus(shop.router.id, RouterReading(status: .online)) }
        pass()
        try await shop.provision(.present)
        pass()
        try await shop.see(batch.vouchers[0].code)
        pass()
        let intent = try #require(try await provisioning.intent(for: shop.router.id))
        try await provisioning.putRight(shop.router.id, intent.entries.map { RouterDeviation($0, "It is missing.") })
        pass()
        try await shop.provision(.failed(detail: "no such profile", retry: true))
        for seconds in [100, 4_000] as [Int64] {
            pass(seconds)
            let group: RouterGroup = seconds == 100 ? .working : .away
            let claim = try #require(try await provisioning.claim(owner: "w", of: group))
            try await provisioning.release(claim, retryAfter: .seconds(60), error: "no answer within 10 s")
        }
        pass()
        try await provisioning.record(
            "session.end",
            on: shop.router.id,
            .unknown,
            took: .seconds(10),
            detail: "no answer"
        )
        let events = try await shop.owner.audit.routerEvents(router: shop.router.id).items.reversed().dropFirst()
        #expect(
            events.map { "\($0.operation) \($0.outcome.rawValue): \($0.detail)" } == [
                "router.status succeeded: unknown → online",
                "users.write succeeded: 2 rows written",
                "users.read succeeded: 1 users, 1 on line",
                "router.deviation succeeded: 1 row is being put right",
                "users.write failed: 0 rows written, 2 not",
                "router.status failed: online → offline: no answer within 10 s",
                "router.connect failed: no answer within 10 s",
                "session.end unknown: no answer",
            ]
        )
        #expect(events.last?.duration == .seconds(10))
        #expect(events.allSatisfy { $0.actor == .system("provisioning") })
    }

    @Test(
        "a router whose claim was given back with an error is offline in the audit trail too",
        arguments: Backing.allCases
    )
    func lostRoutersAreAudited(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        _ = try await shop.generate(1)
        let claim = try #require(try await shop.billing.provisioning.claim(owner: "w"))
        try await shop.billing.provisioning.release(claim, error: "no answer")
        #expect(try await shop.owner.routers.router(shop.router.id).status == .offline)
        let lines = try await shop.owner.audit.entries(AuditFilter(action: "router.status")).items
        #expect(lines.map(\.detail) == ["unknown → offline"])
    }

    @Test("the activity log tells what was done to a router once, and how it ended", arguments: Backing.allCases)
    func activityTellsOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        shop.clock.advance(by: .seconds(60))
        let from = shop.clock.now
        try await shop.billing.provisioning.recordStatus(
            shop.router.id,
            RouterReading(status: .offline, detail: "no route to host")
        )
        shop.clock.advance(by: .seconds(1))
        _ = try await shop.owner.routers.update(shop.router.id, .fixture("Hall"))
        shop.clock.advance(by: .seconds(1))
        _ = try await shop.generate(1)
        let lines = try await shop.owner.audit.activity(from: from)
        #expect(lines.map(\.action) == ["voucher.generate", "router.update", "router.status"])
        #expect(lines.map(\.outcome) == [.succeeded, .succeeded, .failed])
        #expect(lines.last?.detail == "unknown → offline: no route to host")
    }
}
