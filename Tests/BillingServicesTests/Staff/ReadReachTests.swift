import BillingDomain
import BillingPersistence
import BillingServices
import BillingTesting
import TestSupport
import Testing

/// One of everything that belongs to another site and its router, and somebody who is not assigned to them.
private struct Elsewhere: Sendable {
    let branch: Branch
    /// Paid for by customers there.
    let till: Till
    let order: OrderedSubscription
    let invoice: Invoice
    let payment: Payment
    /// Of nobody who is known, for a voucher there.
    let anonymous: Payment
    let voucher: Voucher
    let site: Site

    var manager: BillingSession { branch.manager }

    init(_ backing: Backing) async throws {
        branch = try await Branch.open(backing, bySite: true)
        let owner = branch.shop.owner
        site = try await owner.sites.add(SiteDraft(name: "Valley"))
        _ = try await owner.sites.place(branch.shop.router.id, at: site.id)
        let customer = try await owner.customers.create(CustomerDraft(name: "Cleo", site: site.id), key: .new())
        till = Till(shop: branch.shop, customer: customer)
        order = try await till.order()
        invoice = try await till.issued(100)
        payment = try await till.pay(100, for: .invoice(invoice.id))
        let vouchers = try await branch.generate(2, elsewhere: true).vouchers
        voucher = vouchers[0]
        let draft = PaymentDraft(
            customer: nil,
            method: .cash,
            price: vouchers[1].terms.price,
            purpose: .voucher(vouchers[1].id)
        )
        anonymous = try await owner.payments.take(draft, key: .new())
    }

    /// A read, and whether it is refused; one that is not shows nothing of what is elsewhere.
    struct Read: Sendable {
        let method: String
        /// How much it shows; `nil` where it is refused.
        let shown: (@Sendable (BillingSession, Elsewhere) async throws -> Int)?
        let refused: (@Sendable (BillingSession, Elsewhere) async throws -> Void)?

        static func shows(
            _ method: String,
            _ shown: @escaping @Sendable (BillingSession, Elsewhere) async throws -> Int
        ) -> Read {
            Read(method: method, shown: shown, refused: nil)
        }

        static func refuses(
            _ method: String,
            _ refused: @escaping @Sendable (BillingSession, Elsewhere) async throws -> Void
        ) -> Read {
            Read(method: method, shown: nil, refused: refused)
        }
    }

    static let reads: [Read] = customers + services + money + books + vouchers

    private static let customers: [Read] = [
        .shows("CustomerService.list(_:_:)") { session, _ in try await session.customers.list().items.count },
        .refuses("CustomerService.customer(_:)") { _ = try await $0.customers.customer($1.till.customer.id) },
        .refuses("CustomerService.customer(number:)") {
            _ = try await $0.customers.customer(number: $1.till.customer.number)
        },
        .refuses("CustomerService.history(_:)") { _ = try await $0.customers.history($1.till.customer.id) },
        .refuses("NotificationService.list(_:recipient:_:)") {
            _ = try await $0.notifications.list(recipient: "customer:\($1.till.customer.id)")
        },
        .refuses("NotificationService.list(_:recipient:_:)") { session, _ in
            _ = try await session.notifications.list(recipient: "phone:+256700123456")
        },
        .refuses("NotificationService.list(_:recipient:_:)") { session, here in
            let colleague = try await here.branch.shop.person(.cashier, "till-\(here.branch.shop.random.word())")
            _ = try await session.notifications.list(recipient: "staff:\(colleague.id)")
        },
        .refuses("WalletService.balance(of:in:)") { _ = try await $0.wallets.balance(of: $1.till.customer.id) },
    ]

    private static let services: [Read] = [
        .shows("ServiceAccountService.list(customer:router:_:)") { session, _ in
            try await session.serviceAccounts.list().items.count
        },
        .refuses("ServiceAccountService.account(_:)") {
            _ = try await $0.serviceAccounts.account($1.order.serviceAccount.id)
        },
        .shows("SubscriptionService.list(_:_:)") { session, _ in try await session.subscriptions.list().items.count },
        .refuses("SubscriptionService.subscription(_:)") {
            _ = try await $0.subscriptions.subscription($1.order.subscription.id)
        },
        .refuses("SubscriptionService.nextPrice(of:)") {
            _ = try await $0.subscriptions.nextPrice(of: $1.order.subscription.id)
        },
        .refuses("SubscriptionService.standing(of:basis:)") {
            _ = try await $0.subscriptions.standing(of: $1.order.subscription.id)
        },
        .shows("ReportService.expiringSubscriptions(within:_:)") { session, _ in
            try await session.reports.expiringSubscriptions(within: .seconds(60 * 86_400)).items.count
        },
        .refuses("NetworkSessionService.list(_:_:)") {
            _ = try await $0.networkSessions.list(NetworkSessionFilter(customer: $1.till.customer.id))
        },
    ]

    private static let money: [Read] = [
        .shows("PaymentService.list(_:_:)") { session, _ in try await session.payments.list().items.count },
        .refuses("MessageService.list(_:_:)") { session, _ in _ = try await session.messages.list() },
        .refuses("PaymentService.payment(_:)") { _ = try await $0.payments.payment($1.payment.id) },
        .refuses("PaymentService.payment(_:)") { _ = try await $0.payments.payment($1.anonymous.id) },
        .refuses("PaymentService.receipt(of:)") { _ = try await $0.payments.receipt(of: $1.payment.id) },
        .refuses("PaymentService.receipt(of:)") { _ = try await $0.payments.receipt(of: $1.anonymous.id) },
        .shows("InvoiceService.list(_:_:)") { session, _ in try await session.invoices.list().items.count },
        .refuses("InvoiceService.invoice(_:)") { _ = try await $0.invoices.invoice($1.invoice.id) },
        .refuses("InvoiceService.creditNotes(of:)") { _ = try await $0.invoices.creditNotes(of: $1.invoice.id) },
        .shows("InvoiceService.debtors(in:on:_:)") { session, here in
            _ = try await here.till.issued(50)
            return try await session.invoices.debtors().items.count
        },
    ]

    /// What names every customer with a balance.
    private static let books: [Read] = [
        .refuses("ReportService.balances()") { session, _ in _ = try await session.reports.balances() },
        .refuses("ReportService.ledger(_:)") { session, _ in _ = try await session.reports.ledger() },
        .refuses("ReportService.trialBalance()") { session, _ in _ = try await session.reports.trialBalance() },
    ]

    private static let vouchers: [Read] = [
        .shows("VoucherService.list(_:_:)") { session, _ in try await session.vouchers.list().items.count },
        .shows("VoucherService.batches(_:_:)") { session, _ in try await session.vouchers.batches().items.count },
        .refuses("VoucherService.voucher(code:)") { _ = try await $0.vouchers.voucher(code: $1.voucher.code) },
        .refuses("VoucherService.entitlements(code:)") {
            _ = try await $0.vouchers.entitlements(code: $1.voucher.code)
        },
        .refuses("VoucherService.devices(code:)") { _ = try await $0.vouchers.devices(code: $1.voucher.code) },
        .refuses("VoucherService.countdown(code:)") { _ = try await $0.vouchers.countdown(code: $1.voucher.code) },
        .refuses("VoucherService.batch(_:)") { _ = try await $0.vouchers.batch($1.voucher.batch) },
        .refuses("VoucherService.progress(batch:)") { _ = try await $0.vouchers.progress(batch: $1.voucher.batch) },
        .shows("RouterService.list(_:_:)") { session, here in
            try await session.routers.list().items.count { $0.id == here.branch.shop.router.id }
        },
        .refuses("RouterService.router(_:)") { _ = try await $0.routers.router($1.branch.shop.router.id) },
        .refuses("RouterService.question(_:)") { _ = try await $0.routers.question($1.branch.shop.router.id) },
        .refuses("RouterService.health(of:)") { _ = try await $0.routers.health(of: $1.branch.shop.router.id) },
        .refuses("RouterService.downtimes(of:from:until:_:)") {
            _ = try await $0.routers.downtimes(of: $1.branch.shop.router.id)
        },
        .shows("RouterService.availability(from:until:)") { session, here in
            let now = here.branch.shop.clock.now
            return try await session.routers.availability(from: now - .seconds(60), until: now)
                .count { $0.router == here.branch.shop.router.id }
        },
        .refuses("RouterService.profiles(of:)") { _ = try await $0.routers.profiles(of: $1.branch.shop.router.id) },
        .refuses("BackupService.list(_:_:)") { _ = try await $0.backups.list($1.branch.shop.router.id) },
        .shows("SiteService.list(includingArchived:)") { session, here in
            try await session.sites.list().count { $0.id == here.site.id }
        },
        .refuses("SiteService.site(_:)") { _ = try await $0.sites.site($1.site.id) },
        .refuses("SiteService.router(of:)") { _ = try await $0.sites.router(of: $1.site.id) },
        .refuses("AuditService.routerEvents(router:from:until:_:)") {
            _ = try await $0.audit.routerEvents(router: $1.branch.shop.router.id)
        },
    ]
}

@Suite("What whoever is assigned to a part of the business reads")
struct ReadReachTests {
    @Test("shows or tells of nothing that belongs to another site or router", arguments: Backing.everywhere)
    func nothingElsewhereIsRead(backing: Backing) async throws {
        let elsewhere = try await Elsewhere(backing)
        for read in Elsewhere.reads {
            if let shown = read.shown {
                #expect(try await shown(elsewhere.branch.shop.owner, elsewhere) > 0, "\(read.method)")
                #expect(try await shown(elsewhere.manager, elsewhere) == 0, "\(read.method)")
            }
            if let refused = read.refused {
                await #expect(throws: Never.self) { try await refused(elsewhere.branch.shop.owner, elsewhere) }
                await expectRefusal(.forbidden, read.method) { try await refused(elsewhere.manager, elsewhere) }
            }
        }
        let exports: [ExportedList] = [
            .customers(CustomerFilter()), .subscriptions(SubscriptionFilter()), .payments(PaymentFilter()),
            .invoices(InvoiceFilter()), .vouchers(VoucherFilter()), .debtors(.ugx),
        ]
        for list in exports {
            let owners = try await elsewhere.branch.shop.owner.reports.export(list).reduce(0) { count, _ in count + 1 }
            let managers = try await elsewhere.manager.reports.export(list).reduce(0) { count, _ in count + 1 }
            #expect(owners > 0 && managers == 0, "\(list)")
        }
        for list in [ExportedList.ledger, .trialBalance] {
            await expectRefusal(.forbidden, "\(list)") {
                try await elsewhere.manager.reports.export(list).reduce(0) { count, _ in count + 1 }
            }
        }
        await elsewhere.branch.shop.billing.close()
    }

    @Test("shows what is of the own site and router, and of no customer", arguments: Backing.allCases)
    func whatIsHereIsRead(backing: Backing) async throws {
        let elsewhere = try await Elsewhere(backing)
        let (branch, manager) = (elsewhere.branch, elsewhere.manager)
        let customer = try await manager.customers.create(
            CustomerDraft(name: "Ada", site: branch.site.id),
            key: .new()
        )
        let till = Till(shop: branch.shop, customer: customer)
        var order = try till.subscriptionOrder()
        order.service.router = branch.router.id
        let ordered = try await manager.subscriptions.order(order, key: .new())
        let invoice = try await till.issued(100)
        let voucher = try await branch.generate(elsewhere: false).vouchers[0]
        let draft = PaymentDraft(
            customer: nil,
            method: .cash,
            price: voucher.terms.price,
            purpose: .voucher(voucher.id)
        )
        let sold = try await manager.payments.take(draft, key: .new())
        #expect(try await manager.subscriptions.list().items.map(\.id) == [ordered.subscription.id])
        #expect(try await manager.invoices.list().items.map(\.id) == [invoice.id])
        let paid = try #require(ordered.payment)
        #expect(Set(try await manager.payments.list().items.map(\.id)) == [paid.id, sold.id])
        #expect(try await manager.payments.payment(sold.id) == sold)
        #expect(
            try await manager.subscriptions.nextPrice(of: ordered.subscription.id).asked
                == ordered.subscription.nextPrice
        )
        #expect(try await manager.invoices.creditNotes(of: invoice.id).isEmpty)
    }

    @Test("asks no gateway about a payment elsewhere", arguments: Backing.allCases)
    func gatewaysAreNotAsked(backing: Backing) async throws {
        let elsewhere = try await Elsewhere(backing)
        let till = elsewhere.till
        let payment = try await till.initiate()
        let key = IdempotencyKey.new()
        await expectRefusal(.forbidden, field: "customer") {
            try await elsewhere.manager.payments.cancel(payment.id, with: till.gateway)
        }
        try await till.receive(FakeGateway.callback(payment))
        _ = try await till.owner.payments.requestRefund(of: till.ugx(40), from: payment.id, key: key)
        let before = till.gateway.returned
        await expectRefusal(.forbidden, field: "customer") {
            try await elsewhere.manager.payments.sendRefund(key, of: payment.id, with: till.gateway)
        }
        #expect(till.gateway.returned == before)
        #expect(till.gateway.questions == 0)
    }

    @Test(
        "tries and calls off no notification to whom it cannot tell apart, but one's own",
        arguments: Backing.allCases
    )
    func notificationsElsewhereAreLeftAlone(backing: Backing) async throws {
        let branch = try await Branch.open(backing)
        let parked = try await branch.shop.notification(parked: true)
        let manager = branch.manager
        await expectRefusal(.forbidden, field: "recipient") { try await manager.notifications.retry(parked.id) }
        await expectRefusal(.forbidden, field: "recipient") { try await manager.notifications.cancel(parked.id) }
        let message = try await branch.shop.quarantined()
        await expectRefusal(.forbidden) { try await manager.messages.release(message.id) }
        await expectRefusal(.forbidden) { try await manager.messages.dismiss(message.id, reason: "not ours") }
        let person = try await branch.shop.person(.superAdministrator)
        _ = try await branch.shop.owner.staff.assign(person.id, to: StaffAssignment(routers: [branch.router.id]))
        let session = try await branch.shop.startSession(of: person.id)
        #expect(try await session.notifications.list(recipient: "staff:\(person.id)").items.isEmpty)
    }

    @Test("takes nothing back of a voucher elsewhere that a stranger paid", arguments: Backing.allCases)
    func strangersPaymentsStay(backing: Backing) async throws {
        let elsewhere = try await Elsewhere(backing)
        await expectRefusal(.forbidden, field: "router") {
            try await elsewhere.manager.payments.requestRefund(
                of: elsewhere.anonymous.amount,
                from: elsewhere.anonymous.id,
                bearingLoss: true,
                key: .new()
            )
        }
    }

    @Test("does nothing to a batch of which one voucher, on whatever page, is elsewhere", arguments: Backing.allCases)
    func batchesAreNotLeftHalfDone(backing: Backing) async throws {
        let branch = try await Branch.open(backing)
        let batch = try await branch.generate(1_050, elsewhere: false)
        try await branch.shop.provision(.failed(detail: "no such profile", retry: true))
        // Pages go by this order.
        let last = try #require(batch.vouchers.max { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) })
        _ = try await branch.shop.owner.vouchers.transfer(code: last.code, toRouter: branch.shop.router.id)
        let (vouchers, id) = (branch.manager.vouchers, batch.batch.id)
        await expectRefusal(.forbidden, field: "router") { try await vouchers.disable(batch: id) }
        await expectRefusal(.forbidden, field: "router") {
            try await vouchers.withdraw(batch: id, reason: "misprinted", key: .new())
        }
        let all = try await branch.shop.owner.vouchers.batch(id).vouchers
        #expect(all.allSatisfy { $0.access == .unused && $0.commercial == .generated })
    }

    /// What is of the whole business: prices, books, figures of money, people, settings, jobs.
    private static let ofTheWhole: Set<String> = [
        "AgentService.agent(_:)", "AgentService.balance(of:)", "AgentService.list()",
        "AuditService.activity(from:until:limit:)", "AuditService.entries(_:_:)", "AuditService.verify()",
        "CommissionService.accruals(of:_:)", "CommissionService.preview(of:in:before:)",
        "CommissionService.rules(includingEnded:)", "CommissionService.statements(of:_:)",
        "ImportService.planRouters(csv:)", "InvoiceService.ageing(in:on:)", "JobService.list()",
        "JobService.runs(of:_:)", "PackageService.list(includingArchived:)",
        "PackageService.offers()", "PackageService.package(_:)", "PackageService.popularity()",
        "PackageService.price(of:_:)", "PaymentService.quote(_:by:)", "PaymentService.rates(_:)",
        "PaymentService.terms()", "ReportService.day(_:)",
        "ReportService.reconciliation(_:stated:)", "ReportService.revenue(_:by:)", "ReportService.saved(_:)",
        "ReportService.saved(kind:_:)", "RetentionService.preview()",
        "RoleService.list(includingArchived:)", "SettingsService.current()", "SettingsService.list()",
        "SettingsService.sheet()", "SettingsService.tenant()", "ShiftService.current(_:)", "ShiftService.list(of:_:)",
        "ShiftService.shift(_:)", "StaffService.attempts(_:)", "StaffService.list(includingDisabled:)",
        "StaffService.person(_:)", "StaffService.sessions(of:)", "SubscriptionService.terms(of:)",
        "TaxService.list(includingEnded:)", "TokenService.list()",
    ]

    /// What is narrowed too, as ``ReachTests`` and ``NetworkSessionListTests`` show; an export by its list, above.
    private static let shownBeside: Set<String> = [
        "ExportedRows.makeAsyncIterator()", "ImportService.plan(_:on:)", "NetworkSessionService.online()",
        "NetworkSessionService.session(_:)", "ReportService.dashboard()", "ReportService.expiring(within:_:)",
    ]

    @Test("is shown for every read: it is of the whole business, or narrowed to what is within reach")
    func noReadIsForgotten() throws {
        let narrowed = Set(Elsewhere.reads.map(\.method)).union(Self.shownBeside)
        let reads = try readingMethods()
        #expect(reads.count > 50)
        #expect(reads.subtracting(narrowed).subtracting(Self.ofTheWhole).sorted() == [])
        #expect(narrowed.union(Self.ofTheWhole).subtracting(reads).sorted() == [])
    }
}
