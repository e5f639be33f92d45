import BillingDomain
import BillingPersistence

/// Staff who are assigned to routers and sites act there alone, and see there alone what stands on routers.
///
/// What is of no router – prices, books, figures of money – is of the whole business.
extension StaffAssignment {
    /// Refuses a router that is out of reach.
    func require(_ router: Router) throws {
        guard allows(router.id, at: router.site) else {
            throw BillingError(.forbidden, field: "router", "You are not assigned to “\(router.name)”.")
        }
    }

    /// Refuses routers of which any is out of reach.
    func require(_ routers: Set<Identifier<Router>>, in store: any StoreReader) throws {
        guard !isEverywhere else { return }
        for router in try store.find(routers) { try require(router) }
    }

    /// Refuses a site that is out of reach.
    func require(_ site: Site) throws {
        guard allows(site: site.id) else {
            throw BillingError(.forbidden, field: "site", "You are not assigned to “\(site.name)”.")
        }
    }

    /// Refuses a customer of a site that is out of reach; those of no site are everybody's.
    func require(_ customer: Customer, in store: any StoreReader) throws {
        guard let site = customer.site, let reach = try sites(in: store) else { return }
        guard reach.contains(site) else {
            throw BillingError(
                .forbidden,
                field: "customer",
                "You are not assigned to the site of customer \(customer.number)."
            )
        }
    }

    /// Refuses whoever is assigned to a part of the business what is of the whole.
    func requireEverywhere(_ message: String) throws {
        guard isEverywhere else { throw BillingError(.forbidden, message) }
    }

    /// Of some customers those within reach.
    func customers(
        among ids: some Collection<Identifier<Customer>>,
        in store: any StoreReader
    ) throws -> [Identifier<Customer>: Customer] {
        let sites = try sites(in: store)
        let within = try store.find(Set(ids)).filter { customer in
            sites.map { reach in customer.site.map(reach.contains) ?? true } ?? true
        }
        return Dictionary(within.map { ($0.id, $0) }) { first, _ in first }
    }

    /// Of some subscriptions those whose customer and service are within reach.
    func subscriptions(_ all: [Subscription], in store: any StoreReader) throws -> [Subscription] {
        guard let routers = try routers(in: store) else { return all }
        let customers = try customers(among: all.map(\.customer), in: store)
        let accounts = try store.find(Set(all.compactMap(\.serviceAccount))).filter { routers.contains($0.router) }
        let served = Set(accounts.map(\.id))
        return all.filter { subscription in
            customers[subscription.customer] != nil && subscription.serviceAccount.map(served.contains) ?? true
        }
    }

    /// The routers within reach, removed ones too; `nil` for all.
    func routers(in store: any StoreReader) throws -> Set<Identifier<Router>>? {
        guard !isEverywhere else { return nil }
        let within =
            Field<Router, Identifier<Router>>("id").isOne(of: routers)
            || Router.Columns.site.isOne(of: sites.map(Optional.some))
        return Set(try store.records(Query(within)).map(\.id))
    }

    /// The sites of customers within reach: those that are assigned, and those of routers that are; `nil` for all.
    func sites(in store: any StoreReader) throws -> Set<Identifier<Site>>? {
        guard !isEverywhere else { return nil }
        return sites.union(try store.find(routers).compactMap(\.site))
    }

    /// A router that is in use and within reach.
    func router(_ id: Identifier<Router>, in store: any StoreReader) throws -> Router {
        let router = try RouterService.find(id, in: store)
        try require(router)
        return router
    }

    /// A voucher of a router that is within reach.
    func voucher(_ code: String, in store: any StoreReader) throws -> Voucher {
        let voucher = try VoucherService.find(code, in: store)
        try require([voucher.router], in: store)
        return voucher
    }

    /// A batch for a router that is within reach.
    func batch(_ id: Identifier<VoucherBatch>, in store: any StoreReader) throws -> VoucherBatch {
        guard let batch = try store.batch(id) else { throw BillingError.notFound("batch", field: "batch") }
        try require([batch.router], in: store)
        return batch
    }

    /// A service account on a router that is within reach.
    func account(_ id: Identifier<ServiceAccount>, in store: any StoreReader) throws -> ServiceAccount {
        let account = try store.require(id, "service account")
        try require([account.router], in: store)
        return account
    }

    /// A customer of no site, or of one within reach.
    func customer(_ id: Identifier<Customer>, in store: any StoreReader) throws -> Customer {
        let customer = try store.require(id, "customer")
        try require(customer, in: store)
        return customer
    }
}

extension VoucherFilter {
    /// The same, of routers within reach alone.
    func within(_ assignment: StaffAssignment, in store: any StoreReader) throws -> VoucherFilter {
        guard let reach = try assignment.routers(in: store) else { return self }
        var filter = self
        filter.routers = routers.map(reach.intersection) ?? reach
        return filter
    }
}

extension BatchFilter {
    /// The same, for routers within reach alone.
    func within(_ assignment: StaffAssignment, in store: any StoreReader) throws -> BatchFilter {
        guard let reach = try assignment.routers(in: store) else { return self }
        var filter = self
        filter.routers = routers.map(reach.intersection) ?? reach
        return filter
    }
}

extension CustomerFilter {
    /// What finds the same customers, those of no site and of sites within reach alone.
    func query(within assignment: StaffAssignment, in store: any StoreReader) throws -> Query<Customer> {
        guard let sites = try assignment.sites(in: store) else { return query }
        let site = Customer.Columns.site
        return query.where(site.isAbsent || site.isOne(of: sites.map(Optional.some)))
    }
}
