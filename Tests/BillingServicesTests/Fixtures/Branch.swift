import BillingDomain
import BillingServices
import TestSupport
import Testing

/// A shop with a second router at a site, and a manager who is assigned to that one alone.
struct Branch {
    let shop: Shop
    let site: Site
    let router: Router
    let manager: BillingSession

    static func open(_ backing: Backing, bySite: Bool = false) async throws -> Branch {
        let shop = try await Shop.open(backing)
        let site = try await shop.owner.sites.add(SiteDraft(name: "Hill"))
        let added = try await shop.owner.routers.add(.fixture("Hill"), key: .new())
        let router = try await shop.owner.sites.place(added.id, at: site.id)
        let assignment = bySite ? StaffAssignment(sites: [site.id]) : StaffAssignment(routers: [router.id])
        return Branch(shop: shop, site: site, router: router, manager: try await session(assignment, in: shop))
    }

    /// Somebody who may do everything there.
    static func session(_ assignment: StaffAssignment, in shop: Shop) async throws -> BillingSession {
        let draft = TokenDraft(name: "branch", role: .superAdministrator, assignment: assignment)
        return try await shop.billing.apiSession(token: shop.owner.tokens.create(draft, key: .new()).secret)
    }

    func generate(_ quantity: Int = 1, by session: BillingSession? = nil, elsewhere: Bool) async throws
        -> GeneratedBatch
    {
        let router = elsewhere ? shop.router.id : router.id
        return try await (session ?? shop.owner).vouchers.generate(
            quantity,
            of: shop.package.id,
            on: router,
            sold: false,
            key: .new()
        )
    }

    func account(_ customer: Identifier<Customer>, elsewhere: Bool) async throws -> ServiceAccount {
        try await shop.owner.serviceAccounts.create(
            try service(elsewhere: elsewhere),
            for: customer,
            key: .new()
        )
    }

    func service(elsewhere: Bool) throws -> ServiceAccountDraft {
        ServiceAccountDraft(
            kind: .pppoe,
            router: elsewhere ? shop.router.id : router.id,
            username: try #require(NumberPattern("net{0000}"))
        )
    }
}
