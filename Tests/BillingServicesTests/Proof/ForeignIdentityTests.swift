import BillingDomain
import BillingPersistence
import BillingServices
import BillingTesting
import Testing

@Suite("An identity of another tenant beside one's own")
struct ForeignIdentityTests {
    @Test("is found by no call, which then changes nothing", arguments: Backing.everywhere)
    func foreignIdentitiesAreNotFound(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let mine = try await Possessions(of: shop)
        let theirs = try await Possessions(of: shop.neighbour())
        let clerk = try await shop.person(.superAdministrator).session
        _ = try await clerk.shifts.open(float: UseCase.shillings(1_000), key: .new())
        #expect(Set(ForeignCall.all.map(\.name)).count == ForeignCall.all.count)
        for call in ForeignCall.all {
            let before = try await StoreState(of: shop.store)
            await expectRefusal(.notFound, call.name) { try await call.run(clerk, mine, theirs) }
            let after = try await StoreState(of: shop.store)
            #expect(after == before, "\(call.name): \(after.difference(from: before))")
        }
        await shop.billing.close()
    }

    @Test("is told of among many, of which the others are made", arguments: Backing.allCases)
    func foreignIdentitiesAmongManyAreTold(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let mine = try await Possessions(of: shop)
        let theirs = try await Possessions(of: shop.neighbour())
        let own = try mine.till.serviceDraft()
        var (elsewhere, priced) = (own, own)
        elsewhere.router = theirs.router
        priced.package = theirs.package
        let drafts = [
            (theirs.customer, own), (mine.customer, elsewhere), (mine.customer, priced), (mine.customer, own),
        ]
        let before = try await theirs.till.owner.serviceAccounts.list().items
        let done = try await shop.owner.serviceAccounts.create(drafts, key: .new())
        #expect(done.failures.map(\.index) == [0, 1, 2])
        #expect(done.failures.map(\.error.code) == [.notFound, .notFound, .notFound])
        #expect(done.created.map(\.customer) == [mine.customer])
        #expect(try await theirs.till.owner.serviceAccounts.list().items == before)
    }

    @Test("is refused at once where nothing may be named yet", arguments: Backing.everywhere)
    func newSitesNameNoRouter(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let theirs = try await shop.neighbour().router
        for router in [theirs.id, shop.router.id] {
            await expectRefusal(.invalidInput, field: "primaryRouter") {
                try await shop.owner.sites.add(SiteDraft(name: "Hill", primaryRouter: router))
            }
        }
        #expect(try await shop.owner.sites.list().isEmpty)
        await shop.billing.close()
    }

    /// What names several things, or one beside its own, and is refused none of them as not found.
    private static let others: Set<String> = [
        // It touches no store.
        "AccountService.isCurrent(_:)",
        // It answers with what is both the customer's and the router's: nothing.
        "ServiceAccountService.list(customer:router:_:)",
        // It tells of each that could not be made, as is shown above.
        "ServiceAccountService.create(_:key:)",
        // The customer must be the one that the invoice has.
        "InvoiceService.rewrite(_:_:)",
        // It takes no router at all, as is shown above.
        "SiteService.add(_:)",
        // They list, and the filters of lists are tried by themselves.
        "CommissionService.statements(of:_:)", "JobService.runs(of:_:)", "ShiftService.list(of:_:)",
        // They are about the person who is signed in; the code is none of a voucher.
        "AccountService.confirmSecondFactor(code:)", "AccountService.endSession(_:)",
    ]

    @Test("is tried with every method that names several things, or one that the walls between tenants do not try")
    func noMethodIsForgotten() throws {
        let ofPeople = Set(UseCase.ofPeople.map(\.method))
        let walled = Set(UseCase.ofPeople.filter(\.namesThings).map(\.method))
        let several = try thingsNamed().filter { $1 > 1 || ($1 == 1 && !walled.contains($0)) }
        let tried = Set(several.keys).intersection(ofPeople)
        #expect(tried.count > 40)
        #expect(
            tried.subtracting(ForeignCall.all.map(\.method)).sorted() == Self.others.sorted().filter(tried.contains)
        )
        #expect(Self.others.subtracting(try thingsNamed().keys).sorted() == [])
    }
}

/// A call that names two things, one of them another tenant's.
private struct ForeignCall: Sendable {
    /// The method that is called, as in the table of use cases.
    let method: String
    let name: String
    let run: @Sendable (BillingSession, Possessions, Possessions) async throws -> Void

    init(
        _ method: String,
        _ name: String,
        _ run: @escaping @Sendable (BillingSession, Possessions, Possessions) async throws -> Void
    ) {
        self.method = method
        self.name = name
        self.run = run
    }

    static let all = selling + vouchers + people + customers + money

    private static let selling: [ForeignCall] = [
        ForeignCall("VoucherService.generate(_:of:on:codePrefix:sold:options:key:)", "generate of a package") {
            _ = try await $0.vouchers.generate(1, of: $2.package, on: $1.router, key: .new())
        },
        ForeignCall("VoucherService.generate(_:of:on:codePrefix:sold:options:key:)", "generate on a router") {
            _ = try await $0.vouchers.generate(1, of: $1.package, on: $2.router, key: .new())
        },
        ForeignCall("VoucherService.generate(_:terms:on:codePrefix:sold:options:key:)", "generate of terms on a router")
        {
            _ = try await $0.vouchers.generate(1, terms: $1.voucher.terms, on: $2.router, key: .new())
        },
        ForeignCall(
            "VoucherService.generate(_:profile:inline:on:codePrefix:sold:options:key:)",
            "generate of a profile on a router"
        ) {
            _ = try await $0.vouchers.generate(1, profile: "3 Hours", on: $2.router, key: .new())
        },
        ForeignCall("VoucherService.generate(_:of:on:codePrefix:sold:options:key:)", "generate for a customer") {
            let options = GenerationOptions(sale: SaleOptions(customerID: $2.customer))
            _ = try await $0.vouchers.generate(
                1,
                of: $1.package,
                on: $1.router,
                sold: true,
                options: options,
                key: .new()
            )
        },
        ForeignCall("VoucherService.quickSale(_:of:on:options:key:)", "sell at once of a package") {
            _ = try await $0.vouchers.quickSale(of: $2.package, on: $1.router, key: .new())
        },
        ForeignCall("VoucherService.quickSale(_:of:on:options:key:)", "sell at once on a router") {
            _ = try await $0.vouchers.quickSale(of: $1.package, on: $2.router, key: .new())
        },
        ForeignCall("VoucherService.reserve(_:of:on:for:lasting:key:)", "reserve of a package") {
            _ = try await $0.vouchers.reserve(of: $2.package, on: $1.router, for: "a", key: .new())
        },
        ForeignCall("VoucherService.reserve(_:of:on:for:lasting:key:)", "reserve on a router") {
            _ = try await $0.vouchers.reserve(of: $1.package, on: $2.router, for: "b", key: .new())
        },
    ]

    private static let vouchers: [ForeignCall] = [
        ForeignCall("VoucherService.sell(codes:options:key:)", "sell to a customer") {
            let options = SaleOptions(customerID: $2.customer)
            _ = try await $0.vouchers.sell(codes: [$1.voucher.code], options: options, key: .new())
        },
        ForeignCall("VoucherService.sell(codes:options:key:)", "sell for a colleague") {
            let options = SaleOptions(seller: $2.staff)
            _ = try await $0.vouchers.sell(codes: [$1.voucher.code], options: options, key: .new())
        },
        ForeignCall("VoucherService.sell(codes:options:key:)", "sell by an agent") {
            let options = SaleOptions(method: .agent($2.agent))
            _ = try await $0.vouchers.sell(codes: [$1.voucher.code], options: options, key: .new())
        },
        ForeignCall("VoucherService.sell(codes:options:key:)", "sell one of theirs with one's own") {
            _ = try await $0.vouchers.sell(codes: [$1.voucher.code, $2.voucher.code], key: .new())
        },
        ForeignCall("VoucherService.sell(batch:options:key:)", "sell a batch to a customer") {
            let options = SaleOptions(customerID: $2.customer)
            _ = try await $0.vouchers.sell(batch: $1.voucher.batch, options: options, key: .new())
        },
        ForeignCall("VoucherService.sell(reservedFor:options:key:)", "sell what is reserved to a customer") {
            let options = SaleOptions(customerID: $2.customer)
            _ = try await $0.vouchers.sell(reservedFor: Possessions.order, options: options, key: .new())
        },
        ForeignCall("VoucherService.redeem(code:for:key:)", "redeem for a customer") {
            _ = try await $0.vouchers.redeem(code: $1.voucher.code, for: $2.customer, key: .new())
        },
        ForeignCall("VoucherService.redeemToBalance(code:of:key:)", "redeem to a balance") {
            _ = try await $0.vouchers.redeemToBalance(code: $1.voucher.code, of: $2.customer, key: .new())
        },
        ForeignCall("VoucherService.transfer(code:toCustomer:)", "hand to a customer") {
            _ = try await $0.vouchers.transfer(code: $1.voucher.code, toCustomer: $2.customer)
        },
        ForeignCall("VoucherService.transfer(code:toRouter:)", "move to a router") {
            _ = try await $0.vouchers.transfer(code: $1.voucher.code, toRouter: $2.router)
        },
    ]

    private static let people: [ForeignCall] = [
        ForeignCall("SiteService.update(_:_:)", "give a site a router") {
            _ = try await $0.sites.update($1.site, SiteDraft(name: "Hill", primaryRouter: $2.router))
        },
        ForeignCall("SiteService.place(_:at:)", "place a router at a site") {
            try await $0.sites.place($1.router, at: $2.site).discard()
        },
        ForeignCall("SiteService.place(_:at:)", "place their router at a site") {
            try await $0.sites.place($2.router, at: $1.site).discard()
        },
        ForeignCall("StaffService.assign(_:to:)", "assign somebody to a router") {
            _ = try await $0.staff.assign($1.staff, to: StaffAssignment(routers: [$2.router]))
        },
        ForeignCall("StaffService.assign(_:to:)", "assign somebody to a site") {
            _ = try await $0.staff.assign($1.staff, to: StaffAssignment(sites: [$2.site]))
        },
        ForeignCall("StaffService.update(_:_:)", "give somebody a role") {
            let draft = StaffDraft(username: "colleague", role: .cashier, customRole: $2.role)
            _ = try await $0.staff.update($1.staff, draft)
        },
        ForeignCall("StaffService.add(_:key:)", "add somebody with a role") {
            _ = try await $0.staff.add(StaffDraft(username: "new", role: .cashier, customRole: $2.role), key: .new())
        },
        ForeignCall("TokenService.create(_:key:)", "make a token for a router") {
            let assignment = StaffAssignment(routers: [$1.router, $2.router])
            _ = try await $0.tokens.create(TokenDraft(name: "t", role: .cashier, assignment: assignment), key: .new())
        },
        ForeignCall("ShiftService.handOver(_:to:key:)", "hand cash to a colleague") {
            _ = try await $0.shifts.handOver(UseCase.shillings(1), to: .colleague($2.staff), key: .new())
        },
        ForeignCall("AgentService.update(_:_:)", "let somebody sign in for an agent") {
            let draft = AgentDraft(name: "Kiosk", staff: $2.staff, terms: .prepaid)
            _ = try await $0.agents.update($1.agent, draft)
        },
        ForeignCall("AgentService.add(_:key:)", "add an agent for whom somebody signs in") {
            _ = try await $0.agents.add(AgentDraft(name: "Stall", staff: $2.staff, terms: .prepaid), key: .new())
        },
        ForeignCall("ShiftService.open(float:at:key:)", "open a shift at a site") {
            _ = try await $0.shifts.open(float: UseCase.shillings(1), at: $2.site, key: .new())
        },
        ForeignCall("CommissionService.addRule(for:package:_:moment:key:)", "pay commission of a package") {
            _ = try await $0.commission.addRule(
                for: .staff($1.staff),
                package: $2.package,
                .rate(basisPoints: 100),
                key: .new()
            )
        },
        ForeignCall("CommissionService.addRule(for:package:_:moment:key:)", "pay commission to somebody") {
            _ = try await $0.commission.addRule(
                for: .staff($2.staff),
                package: $1.package,
                .rate(basisPoints: 100),
                key: .new()
            )
        },
        ForeignCall("CommissionService.addRule(for:package:_:moment:key:)", "pay commission to an agent") {
            _ = try await $0.commission.addRule(
                for: .agent($2.agent),
                package: $1.package,
                .rate(basisPoints: 100),
                key: .new()
            )
        },
    ]

    private static let customers: [ForeignCall] = [
        ForeignCall("ServiceAccountService.create(_:for:key:)", "make a service on a router") {
            var draft = try $1.till.serviceDraft()
            draft.router = $2.router
            _ = try await $0.serviceAccounts.create(draft, for: $1.customer, key: .new())
        },
        ForeignCall("ServiceAccountService.create(_:for:key:)", "make a service of a package") {
            var draft = try $1.till.serviceDraft()
            draft.package = $2.package
            _ = try await $0.serviceAccounts.create(draft, for: $1.customer, key: .new())
        },
        ForeignCall("ServiceAccountService.create(_:for:key:)", "make a service for a customer") {
            _ = try await $0.serviceAccounts.create($1.till.serviceDraft(), for: $2.customer, key: .new())
        },
        ForeignCall("CustomerService.create(_:with:key:)", "enter a customer with a service on a router") {
            var draft = try $1.till.serviceDraft()
            draft.router = $2.router
            _ = try await $0.customers.create(CustomerDraft(name: "Ben"), with: draft, key: .new())
        },
        ForeignCall("ServiceAccountService.assign(profile:package:to:)", "assign a package") {
            _ = try await $0.serviceAccounts.assign(profile: "home", package: $2.package, to: $1.service.id)
        },
        ForeignCall("CustomerService.create(_:key:)", "enter a customer at a site") {
            _ = try await $0.customers.create(CustomerDraft(name: "Ben", site: $2.site), key: .new())
        },
        ForeignCall("CustomerService.update(_:_:)", "move a customer to a site") {
            _ = try await $0.customers.update($1.customer, CustomerDraft(name: "Ada", site: $2.site))
        },
        ForeignCall("SubscriptionService.order(_:key:)", "order for a customer") {
            var order = try $1.till.subscriptionOrder()
            order.customer = .known($2.customer)
            _ = try await $0.subscriptions.order(order, key: .new())
        },
        ForeignCall("SubscriptionService.order(_:key:)", "order on a router") {
            var order = try $1.till.subscriptionOrder()
            order.service.router = $2.router
            _ = try await $0.subscriptions.order(order, key: .new())
        },
        ForeignCall("SubscriptionService.order(_:key:)", "order a package") {
            var order = try $1.till.subscriptionOrder()
            order.choice = .package($2.monthly)
            _ = try await $0.subscriptions.order(order, key: .new())
        },
        ForeignCall("SubscriptionService.change(_:to:policy:basis:key:)", "change to a package") {
            _ = try await $0.subscriptions.change($1.subscription, to: .package($2.monthly), key: .new())
        },
    ]

    private static let money: [ForeignCall] = [
        ForeignCall("PaymentService.take(_:key:)", "pay an invoice") {
            _ = try await $0.payments.take($1.till.payment(.cash, .invoice($2.invoice)), key: .new())
        },
        ForeignCall("PaymentService.take(_:key:)", "pay a subscription") {
            _ = try await $0.payments.take($1.till.payment(.cash, .subscription($2.subscription)), key: .new())
        },
        ForeignCall("PaymentService.take(_:key:)", "pay a voucher") {
            _ = try await $0.payments.take($1.till.payment(.cash, .voucher($2.voucher.id)), key: .new())
        },
        ForeignCall("PaymentService.take(_:key:)", "pay for a customer") {
            var draft = $1.till.payment(.cash, .invoice($1.invoice))
            draft.customer = $2.customer
            _ = try await $0.payments.take(draft, key: .new())
        },
        ForeignCall("PaymentService.initiate(_:with:text:payer:expiresAt:key:)", "ask a gateway for an invoice") {
            let draft = $1.till.payment(.gateway("fake"), .invoice($2.invoice))
            _ = try await $0.payments.initiate(draft, with: $1.till.gateway, text: "Internet", key: .new())
        },
        ForeignCall("InvoiceService.payFromBalance(_:of:directedTo:key:)", "pay an invoice from a balance") {
            _ = try await $0.invoices.payFromBalance(
                UseCase.shillings(10),
                of: $1.customer,
                directedTo: [$2.invoice],
                key: .new()
            )
        },
        ForeignCall("InvoiceService.payFromBalance(_:of:directedTo:key:)", "pay an invoice from their balance") {
            _ = try await $0.invoices.payFromBalance(
                UseCase.shillings(10),
                of: $2.customer,
                directedTo: [$1.invoice],
                key: .new()
            )
        },
        ForeignCall("WalletService.transfer(_:from:to:key:)", "give from a balance") {
            _ = try await $0.wallets.transfer(UseCase.shillings(10), from: $1.customer, to: $2.customer, key: .new())
        },
        ForeignCall("WalletService.transfer(_:from:to:key:)", "take from a balance") {
            _ = try await $0.wallets.transfer(UseCase.shillings(10), from: $2.customer, to: $1.customer, key: .new())
        },
        ForeignCall("InvoiceService.draft(_:key:)", "write an invoice to a customer") {
            var draft = try $1.till.invoiceDraft(100)
            draft.customer = $2.customer
            _ = try await $0.invoices.draft(draft, key: .new())
        },
    ]
}

extension Router {
    fileprivate func discard() {}
}
