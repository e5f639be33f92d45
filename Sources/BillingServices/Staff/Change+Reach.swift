import BillingDomain
import BillingPersistence

/// Staff who are assigned to routers and sites may act there alone.
extension StaffAssignment {
    /// Refuses to act on a router that is out of reach.
    func require(_ router: Router) throws {
        guard allows(router.id, at: router.site) else {
            throw BillingError(.forbidden, field: "router", "You are not assigned to “\(router.name)”.")
        }
    }

    /// Refuses to act on any router that is out of reach.
    func require(_ routers: Set<Identifier<Router>>, in store: any StoreReader) throws {
        guard !isEverywhere else { return }
        for router in try store.find(routers) { try require(router) }
    }
}

extension Change {
    /// Refuses to act on a router that is out of reach.
    func requireReach(of router: Router) throws { try assignment.require(router) }

    /// Refuses to act on vouchers of a router that is out of reach.
    func requireReach(of vouchers: [Voucher]) throws {
        try assignment.require(Set(vouchers.map(\.router)), in: store)
    }

    /// A router that is in use and within reach.
    func reachableRouter(_ id: Identifier<Router>) throws -> Router {
        let router = try RouterService.find(id, in: store)
        try requireReach(of: router)
        return router
    }

    /// A voucher of a router that is within reach.
    func reachableVoucher(_ code: String) throws -> Voucher {
        let voucher = try VoucherService.find(code, in: store)
        try requireReach(of: [voucher])
        return voucher
    }
}
