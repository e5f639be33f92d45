import BillingDomain
import BillingServices
import Testing

/// One of everything that calls name by an identity, all of one tenant.
struct Possessions: Sendable {
    let till: Till
    let router: Identifier<Router>
    let site: Identifier<Site>
    let package: Identifier<Package>
    let monthly: Identifier<Package>
    let customer: Identifier<Customer>
    let service: ServiceAccount
    let subscription: Identifier<Subscription>
    let invoice: Identifier<Invoice>
    let voucher: Voucher
    let staff: Identifier<Staff>
    let role: Identifier<RoleDefinition>
    let agent: Identifier<Agent>
    /// What one of their vouchers is reserved for.
    static let order = "their order"

    /// The possessions of a shop, made there.
    init(of shop: Shop) async throws {
        till = try await Till.open(shop)
        let owner = shop.owner
        router = shop.router.id
        package = shop.package.id
        customer = till.customer.id
        site = try await owner.sites.add(SiteDraft(name: "Hill")).id
        monthly = try await owner.packages.create(till.monthly(), key: .new()).id
        try await till.topUp(5_000)
        let ordered = try await till.order()
        service = ordered.serviceAccount
        subscription = ordered.subscription.id
        invoice = try await till.issued(1_000).id
        let vouchers = try await shop.generate(2).vouchers
        voucher = vouchers[0]
        _ = try await owner.vouchers.reserve(codes: [vouchers[1].code], for: Self.order, key: .new())
        staff = try await shop.colleague().id
        role = try await owner.roles.define("Night desk", [.viewVouchers]).id
        let draft = AgentDraft(name: "Kiosk", terms: .consignment(ceiling: till.ugx(5_000)))
        agent = try await owner.agents.add(draft, key: .new()).id
    }
}

extension Shop {
    /// Another tenant's shop in the same installation.
    func neighbour() async throws -> Shop {
        let tenant = try await billing.createTenant("Other", currency: .ugx, timeZone: "UTC", key: .new())
        let owner = try await Shop.session(.superAdministrator, of: tenant, in: billing)
        return Shop(
            clock: clock,
            random: random,
            store: store,
            secrets: secrets,
            environment: environment,
            billing: billing,
            tenant: tenant,
            owner: owner,
            router: try await owner.routers.add(.fixture("Lobby"), key: .new()),
            package: try await owner.packages.create(.fixture("3 Hours"), key: .new())
        )
    }
}
