import BillingDomain
import BillingPersistence

/// What whoever acts may act on.
extension Change {
    /// Refuses to act on vouchers of a router that is out of reach.
    func requireReach(of vouchers: [Voucher]) throws {
        try assignment.require(Set(vouchers.map(\.router)), in: store)
    }

    /// Refuses to act on a subscription of which the customer or the service is out of reach.
    func requireReach(of subscription: Subscription) throws {
        try assignment.require(subscription, in: store)
    }

    /// A router that is in use and within reach.
    func reachableRouter(_ id: Identifier<Router>) throws -> Router { try assignment.router(id, in: store) }

    /// A site within reach.
    func reachableSite(_ id: Identifier<Site>) throws -> Site {
        let site = try SiteService.find(id, in: store)
        try assignment.require(site)
        return site
    }

    /// A voucher of a router that is within reach.
    func reachableVoucher(_ code: String) throws -> Voucher { try assignment.voucher(code, in: store) }

    /// A service account on a router that is within reach.
    func reachableAccount(_ id: Identifier<ServiceAccount>) throws -> ServiceAccount {
        try assignment.account(id, in: store)
    }

    /// A customer of no site, or of one within reach.
    func reachableCustomer(_ id: Identifier<Customer>) throws -> Customer { try assignment.customer(id, in: store) }

    /// An invoice of a customer within reach, kept from other writers.
    func reachableInvoice(_ id: Identifier<Invoice>) throws -> Invoice {
        try assignment.invoice(id, in: store, locked: true)
    }

    /// Refuses to let somebody act on what the tenant does not have, or where whoever decides it may not.
    func requireGrantable(_ granted: StaffAssignment) throws {
        for router in granted.routers.sorted() { _ = try RouterService.find(router, in: store) }
        for site in granted.sites.sorted() { _ = try SiteService.find(site, in: store) }
        try requireReach(of: granted)
    }

    /// Refuses an assignment that reaches farther than that of whoever acts.
    func requireReach(of granted: StaffAssignment) throws {
        guard !assignment.isEverywhere else { return }
        let isWithin =
            try !granted.isEverywhere && granted.sites.isSubset(of: assignment.sites)
            && store.find(granted.routers).allSatisfy { assignment.allows($0.id, at: $0.site) }
        guard isWithin else {
            throw BillingError(
                .forbidden,
                field: "assignment",
                "This reaches farther than the routers and sites that you are assigned to yourself."
            )
        }
    }
}
