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

    /// Refuses a subscription of which the customer or the service is out of reach.
    func require(_ subscription: Subscription, in store: any StoreReader) throws {
        guard !isEverywhere else { return }
        _ = try customer(subscription.customer, in: store)
        if let service = subscription.serviceAccount { _ = try account(service, in: store) }
    }

    /// Refuses whoever is assigned to a part of the business what is of the whole.
    func requireEverywhere(_ message: String) throws {
        guard isEverywhere else { throw BillingError(.forbidden, message) }
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

    /// A subscription of which the customer and the service are within reach.
    func subscription(_ id: Identifier<Subscription>, in store: any StoreReader) throws -> Subscription {
        let subscription = try store.require(id, "subscription")
        try require(subscription, in: store)
        return subscription
    }

    /// An invoice of a customer within reach; `locked` keeps it from other writers.
    func invoice(_ id: Identifier<Invoice>, in store: any StoreReader, locked: Bool = false) throws -> Invoice {
        let invoice = try store.require(id, "invoice", locked: locked)
        if !isEverywhere { _ = try customer(invoice.customer, in: store) }
        return invoice
    }

    /// A payment of which the customer and the voucher, where it has them, are within reach; `locked` keeps it from other
    /// writers.
    func payment(_ id: Identifier<Payment>, in store: any StoreReader, locked: Bool = false) throws -> Payment {
        let payment = try PaymentService.find(id, in: store, locked: locked)
        guard !isEverywhere else { return payment }
        if let payer = payment.customer { _ = try customer(payer, in: store) }
        if case .voucher(let id) = payment.purpose { try require([store.require(id, "voucher").router], in: store) }
        return payment
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
