import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("What another tenant has, in the filter of a list")
struct ForeignFilterTests {
    @Test("lets no row through, though its own tenant is shown some", arguments: Backing.everywhere)
    func foreignFiltersFindNothing(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        _ = try await Listed(of: shop)
        let theirs = try await Listed(of: shop.neighbour())
        for list in FilteredList.all {
            let shown = try await list.count(theirs.has.till.owner, theirs)
            #expect(shown > 0, "\(list.name) shows its own tenant nothing")
            do {
                #expect(try await list.count(shop.owner, theirs) == 0, "\(list.name)")
            } catch let error as BillingError {
                #expect(error.code == .notFound, "\(list.name): \(error)")
            }
        }
        await shop.billing.close()
    }

    @Test("is tried in every filter that names something of a tenant")
    func noFilterIsForgotten() throws {
        let filters: [any Sendable] = [
            AuditFilter(), BatchFilter(), CustomerFilter(), InvoiceFilter(), NetworkSessionFilter(), PaymentFilter(),
            SubscriptionFilter(), VoucherFilter(),
        ]
        #expect(Set(filters.map { "\(type(of: $0))" }) == (try publicFilters()))
        let parts = filters.flatMap { filter in
            Mirror(reflecting: filter).children.compactMap { part -> String? in
                let kind = String(reflecting: type(of: part.value))
                guard kind.contains(/Identifier<|Actor|SessionSubject/) else { return nil }
                return "\(type(of: filter)).\(part.label ?? "")"
            }
        }
        #expect(parts.count > 15)
        #expect(try narrowedMethods().union(parts).subtracting(FilteredList.all.map(\.name)).sorted() == [])
    }
}

/// Rows of one tenant in every list that has a filter.
private struct Listed: Sendable {
    let has: Possessions
    let sold: Voucher
    let batch: VoucherBatch
    let person: Shop.Person
    let job: Identifier<ScheduledJob>
    let actor: BillingDomain.Actor

    init(of shop: Shop) async throws {
        has = try await Possessions(of: shop)
        let earner = CommissionEarner.agent(has.agent)
        _ = try await shop.owner.commission.addRule(for: earner, .rate(basisPoints: 500), key: .new())
        let options = SaleOptions(method: .agent(has.agent), customerID: has.customer)
        sold = try await has.till.owner.vouchers.sell(codes: [has.voucher.code], options: options, key: .new())
            .vouchers[0]
        batch = try await has.till.owner.vouchers.batch(sold.batch).batch
        actor = batch.createdBy
        _ = try await has.till.owner.customers.create(CustomerDraft(name: "Bo", site: has.site), key: .new())
        _ = try await shop.owner.commission.issueStatement(to: earner, in: .ugx, key: .new())
        person = try await shop.person(.superAdministrator)
        _ = try await person.session.shifts.open(float: has.till.ugx(0), key: .new())
        let scheduled = try await shop.job()
        job = scheduled.id
        _ = try await shop.owner.jobs.runNow(scheduled.name)
        let event = RouterEvent(
            id: Identifier(timestamp: shop.clock.now, random: try shop.random.bytes(10)),
            tenant: shop.tenant.id,
            router: has.router,
            at: shop.clock.now,
            actor: actor,
            operation: "voucher.write",
            outcome: .succeeded
        )
        let sessions = try [SessionSubject.voucher(sold.id), .service(has.service.id)].map { subject in
            NetworkSession(
                id: Identifier(timestamp: shop.clock.now, random: try shop.random.bytes(10)),
                tenant: shop.tenant.id,
                subject: subject,
                kind: subject.voucher == nil ? .pppoe : .hotspot,
                router: shop.router.id,
                routerEpoch: 1,
                startedAt: shop.clock.now,
                lastSeenAt: shop.clock.now
            )
        }
        try await shop.store.write(.tenant(shop.tenant.id)) { store in
            try store.insert(event)
            for session in sessions { try store.insert(session) }
        }
    }
}

/// A list with something of a tenant in its filter.
private struct FilteredList: Sendable {
    /// The part of a filter, as in `VoucherFilter.batch`, or the method whose parameter it is.
    let name: String
    let count: @Sendable (BillingSession, Listed) async throws -> Int

    init(_ name: String, _ count: @escaping @Sendable (BillingSession, Listed) async throws -> Int) {
        self.name = name
        self.count = count
    }

    static let all = stock + customers + house

    private static let stock: [FilteredList] = [
        FilteredList("VoucherFilter.batch") {
            try await $0.vouchers.list(VoucherFilter(batch: $1.sold.batch)).items.count
        },
        FilteredList("VoucherFilter.router") {
            try await $0.vouchers.list(VoucherFilter(router: $1.has.router)).items.count
        },
        FilteredList("VoucherFilter.routers") {
            try await $0.vouchers.list(VoucherFilter(routers: [$1.has.router])).items.count
        },
        FilteredList("VoucherFilter.package") {
            try await $0.vouchers.list(VoucherFilter(package: $1.has.package)).items.count
        },
        FilteredList("VoucherFilter.seller") {
            try await $0.vouchers.list(VoucherFilter(seller: $1.actor)).items.count
        },
        FilteredList("VoucherFilter.agent") {
            try await $0.vouchers.list(VoucherFilter(agent: $1.has.agent)).items.count
        },
        FilteredList("VoucherFilter.customer") {
            try await $0.vouchers.list(VoucherFilter(customer: $1.has.customer)).items.count
        },
        FilteredList("BatchFilter.package") {
            try await $0.vouchers.batches(BatchFilter(package: $1.has.package)).items.count
        },
        FilteredList("BatchFilter.router") {
            try await $0.vouchers.batches(BatchFilter(router: $1.has.router)).items.count
        },
        FilteredList("BatchFilter.routers") {
            try await $0.vouchers.batches(BatchFilter(routers: [$1.has.router])).items.count
        },
        FilteredList("BatchFilter.creator") {
            try await $0.vouchers.batches(BatchFilter(creator: $1.actor)).items.count
        },
    ]

    private static let customers: [FilteredList] = [
        FilteredList("CustomerFilter.site") {
            try await $0.customers.list(CustomerFilter(site: $1.has.site)).items.count
        },
        FilteredList("ServiceAccountService.list(customer:router:_:)") {
            try await $0.serviceAccounts.list(customer: $1.has.customer).items.count
        },
        FilteredList("ServiceAccountService.list(customer:router:_:)") {
            try await $0.serviceAccounts.list(router: $1.has.router).items.count
        },
        FilteredList("SubscriptionFilter.customer") {
            try await $0.subscriptions.list(SubscriptionFilter(customer: $1.has.customer)).items.count
        },
        FilteredList("InvoiceFilter.customer") {
            try await $0.invoices.list(InvoiceFilter(customer: $1.has.customer)).items.count
        },
        FilteredList("PaymentFilter.customer") {
            try await $0.payments.list(PaymentFilter(customer: $1.has.customer)).items.count
        },
        FilteredList("NetworkSessionFilter.subject") {
            try await $0.networkSessions.list(NetworkSessionFilter(subject: .voucher($1.sold.id))).items.count
        },
        FilteredList("NetworkSessionFilter.subject") {
            try await $0.networkSessions.list(NetworkSessionFilter(subject: .service($1.has.service.id))).items.count
        },
        FilteredList("NetworkSessionFilter.customer") {
            try await $0.networkSessions.list(NetworkSessionFilter(customer: $1.has.customer)).items.count
        },
        FilteredList("NetworkSessionFilter.router") {
            try await $0.networkSessions.list(NetworkSessionFilter(router: $1.has.router)).items.count
        },
    ]

    private static let house: [FilteredList] = [
        FilteredList("AuditFilter.actor") { try await $0.audit.entries(AuditFilter(actor: $1.actor)).items.count },
        FilteredList("AuditFilter.subject") {
            try await $0.audit.entries(AuditFilter(subject: "router:\($1.has.router)")).items.count
        },
        FilteredList("AuditService.routerEvents(router:from:until:_:)") {
            try await $0.audit.routerEvents(router: $1.has.router).items.count
        },
        FilteredList("ShiftService.list(of:_:)") { try await $0.shifts.list(of: $1.person.id).items.count },
        FilteredList("CommissionService.statements(of:_:)") {
            try await $0.commission.statements(of: .agent($1.has.agent)).items.count
        },
        FilteredList("JobService.runs(of:_:)") { try await $0.jobs.runs(of: $1.job).items.count },
    ]
}
