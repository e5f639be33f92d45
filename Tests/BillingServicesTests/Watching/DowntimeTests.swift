import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("When routers could not be used")
struct DowntimeTests {
    @Test("each time is kept, from the first look that failed to the first that did not", arguments: Backing.allCases)
    func kept(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let start = shop.clock.now
        func at(_ seconds: Int64, _ status: RouterStatus) async throws {
            shop.clock.advance(by: start + .seconds(seconds) - shop.clock.now)
            try await shop.look(status)
        }
        for (second, status): (Int64, RouterStatus) in [
            (0, .online), (100, .offline), (150, .offline), (160, .error), (200, .online), (300, .online),
            (900, .offline),
        ] {
            try await at(second, status)
        }
        let routers = shop.owner.routers
        let downtimes = try await routers.downtimes(of: shop.router.id).items
        #expect(downtimes.map { ($0.beganAt - start).components.seconds } == [900, 100])
        #expect(downtimes.map { $0.endedAt.map { ($0 - start).components.seconds } } == [nil, 200])
        #expect(downtimes.map(\.status) == [.offline, .error])
        try await at(1_000, .offline)
        let all = try await routers.availability(from: start, until: start + .seconds(86_400))
        #expect(all.map(\.away) == [.seconds(200)] && all.map(\.length) == [.seconds(1_000)])
        #expect(all.first?.basisPoints == 8_000 && all.first?.downtimes == 2)
        let part = try await routers.availability(from: start + .seconds(150), until: start + .seconds(250))
        #expect(part.first?.away == .seconds(50) && part.first?.basisPoints == 5_000)
        let within = try await routers.downtimes(of: shop.router.id, from: start, until: start + .seconds(500))
        #expect(within.items.map(\.id) == [downtimes[1].id])
    }

    @Test("those that ended long ago go with the log of routers; one that lasts stays", arguments: Backing.allCases)
    func retention(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        for status in [RouterStatus.offline, .online, .offline] {
            try await shop.look(status)
            shop.clock.advance(by: .seconds(60))
        }
        shop.clock.advance(by: .seconds(91 * 86_400))
        _ = try await shop.billing.applyRetention(of: shop.tenant.id)
        #expect(try await shop.owner.routers.downtimes(of: shop.router.id).items.map(\.endedAt) == [nil])
    }
}
