import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("How routers are")
struct RouterHealthTests {
    private func record(_ shop: Shop, _ vitals: RouterVitals? = nil, drift: Duration? = nil) async throws {
        let reading = RouterReading(status: .online, vitals: vitals, clockDrift: drift)
        try await shop.billing.provisioning.recordStatus(shop.router.id, reading)
    }

    @Test("vitals are kept, written again when they differ noticeably or are old", arguments: Backing.allCases)
    func vitals(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        #expect(try await shop.owner.routers.health(of: shop.router.id) == nil)
        let start = shop.clock.now
        let full = RouterVitals(
            cpuLoad: 10,
            freeMemory: 900,
            totalMemory: 1_000,
            freeStorage: 5,
            totalStorage: 10,
            boardName: "RB951",
            architecture: "mipsbe",
            temperature: 41.5,
            voltage: 24.1
        )
        try await record(shop, full)
        var quick = RouterVitals(cpuLoad: 30, freeMemory: 850, totalMemory: 1_000, freeStorage: 5, totalStorage: 10)
        quick.boardName = "RB951"
        quick.architecture = "mipsbe"
        shop.clock.advance(by: .seconds(30))
        try await record(shop, quick)
        let routers = shop.owner.routers
        let first = try #require(try await routers.health(of: shop.router.id))
        #expect(first.vitals == full && first.readAt == start && first.revision == 1)
        quick.cpuLoad = 90
        try await record(shop, quick)
        let busy = try #require(try await routers.health(of: shop.router.id))
        #expect(busy.vitals.cpuLoad == 90 && busy.vitals.temperature == 41.5 && busy.readAt == shop.clock.now)
        shop.clock.advance(by: .seconds(300))
        try await record(shop, quick)
        #expect(try await routers.health(of: shop.router.id)?.readAt == shop.clock.now)
    }

    @Test("a clock that goes wrong is told of once, and again after it was right", arguments: Backing.allCases)
    func clock(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        for drift: Int64 in [0, 120, 121, 500, 3, -121] {
            try await record(shop, drift: .seconds(drift))
            shop.clock.advance(by: .seconds(300))
        }
        let told = try await shop.alerts()
        #expect(told.map(\.template) == ["alert.router-clock", "alert.router-clock"])
        #expect(told.map { $0.variables["seconds"] } == ["121", "-121"])
        let health = try #require(try await shop.owner.routers.health(of: shop.router.id))
        #expect(health.clockDrift == .seconds(-121) && health.clockWrongSince == shop.clock.now - .seconds(300))
    }
}
