import BillingDomain
import Testing

@Suite("Sites")
struct SiteTests {
    private func router(_ number: UInt64, site: UInt64?, tenant: UInt64 = 1, isRemoved: Bool = false) -> Router {
        Router(
            id: Samples.id(number),
            tenant: Samples.id(tenant),
            name: "r\(number)",
            host: "10.0.0.\(number)",
            username: "api",
            sealedPassword: [],
            site: site.map { Samples.id($0) },
            createdAt: Samples.start,
            removedAt: isRemoved ? Samples.start : nil
        )
    }

    private func site(primary: UInt64? = nil) -> Site {
        Site(
            id: Samples.id(1),
            tenant: Samples.id(1),
            name: "Hill",
            primaryRouter: primary.map { Samples.id($0) },
            createdAt: Samples.start
        )
    }

    @Test func theOnlyRouterOfASiteServesIt() throws {
        let others = [router(1, site: 2), router(2, site: nil), router(3, site: 1, isRemoved: true)]
        #expect(try site().router(among: others + [router(4, site: 1)]).id == Samples.id(4))
    }

    @Test func thePrimaryRouterServesASiteThatHasSeveral() throws {
        let routers = [router(1, site: 1), router(2, site: 1)]
        #expect(try site(primary: 2).router(among: routers).id == Samples.id(2))
    }

    @Test func whereThereIsNoOneRouterAnErrorSaysSo() {
        let several = [router(1, site: 1), router(2, site: 1)]
        let foreign = [router(1, site: 1, tenant: 2), router(2, site: 1, isRemoved: true)]
        for routers in [[], several, foreign] {
            let error = #expect(throws: DomainError.self) { try site(primary: 7).router(among: routers) }
            #expect(error?.code == .noRouter)
            #expect(error?.message.contains("Hill") == true)
        }
    }
}
