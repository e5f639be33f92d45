import BillingDomain
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
}

/// A call that names two things, one of them another tenant's.
private struct ForeignCall: Sendable {
    let name: String
    let run: @Sendable (BillingSession, Possessions, Possessions) async throws -> Void

    init(_ name: String, _ run: @escaping @Sendable (BillingSession, Possessions, Possessions) async throws -> Void) {
        self.name = name
        self.run = run
    }

    static let all = selling + vouchers + people + customers + money

    private static let selling: [ForeignCall] = [
        ForeignCall("generate of a package") {
            _ = try await $0.vouchers.generate(1, of: $2.package, on: $1.router, key: .new())
        },
        ForeignCall("generate on a router") {
            _ = try await $0.vouchers.generate(1, of: $1.package, on: $2.router, key: .new())
        },
        ForeignCall("generate of terms on a router") {
            _ = try await $0.vouchers.generate(1, terms: $1.voucher.terms, on: $2.router, key: .new())
        },
        ForeignCall("generate of a profile on a router") {
            _ = try await $0.vouchers.generate(1, profile: "3 Hours", on: $2.router, key: .new())
        },
        ForeignCall("generate for a customer") {
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
        ForeignCall("sell at once of a package") {
            _ = try await $0.vouchers.quickSale(of: $2.package, on: $1.router, key: .new())
        },
        ForeignCall("sell at once on a router") {
            _ = try await $0.vouchers.quickSale(of: $1.package, on: $2.router, key: .new())
        },
        ForeignCall("reserve of a package") {
            _ = try await $0.vouchers.reserve(of: $2.package, on: $1.router, for: "a", key: .new())
        },
        ForeignCall("reserve on a router") {
            _ = try await $0.vouchers.reserve(of: $1.package, on: $2.router, for: "b", key: .new())
        },
    ]

    private static let vouchers: [ForeignCall] = [
        ForeignCall("sell to a customer") {
            let options = SaleOptions(customerID: $2.customer)
            _ = try await $0.vouchers.sell(codes: [$1.voucher.code], options: options, key: .new())
        },
        ForeignCall("sell for a colleague") {
            let options = SaleOptions(seller: $2.staff)
            _ = try await $0.vouchers.sell(codes: [$1.voucher.code], options: options, key: .new())
        },
        ForeignCall("sell by an agent") {
            let options = SaleOptions(method: .agent($2.agent))
            _ = try await $0.vouchers.sell(codes: [$1.voucher.code], options: options, key: .new())
        },
        ForeignCall("sell one of theirs with one's own") {
            _ = try await $0.vouchers.sell(codes: [$1.voucher.code, $2.voucher.code], key: .new())
        },
        ForeignCall("redeem for a customer") {
            _ = try await $0.vouchers.redeem(code: $1.voucher.code, for: $2.customer, key: .new())
        },
        ForeignCall("redeem to a balance") {
            _ = try await $0.vouchers.redeemToBalance(code: $1.voucher.code, of: $2.customer, key: .new())
        },
        ForeignCall("hand to a customer") {
            _ = try await $0.vouchers.transfer(code: $1.voucher.code, toCustomer: $2.customer)
        },
        ForeignCall("move to a router") {
            _ = try await $0.vouchers.transfer(code: $1.voucher.code, toRouter: $2.router)
        },
    ]

    private static let people: [ForeignCall] = [
        ForeignCall("place a router at a site") { try await $0.sites.place($1.router, at: $2.site).discard() },
        ForeignCall("place their router at a site") { try await $0.sites.place($2.router, at: $1.site).discard() },
        ForeignCall("assign somebody to a router") {
            _ = try await $0.staff.assign($1.staff, to: StaffAssignment(routers: [$2.router]))
        },
        ForeignCall("assign somebody to a site") {
            _ = try await $0.staff.assign($1.staff, to: StaffAssignment(sites: [$2.site]))
        },
        ForeignCall("give somebody a role") {
            let draft = StaffDraft(username: "colleague", role: .cashier, customRole: $2.role)
            _ = try await $0.staff.update($1.staff, draft)
        },
        ForeignCall("add somebody with a role") {
            _ = try await $0.staff.add(StaffDraft(username: "new", role: .cashier, customRole: $2.role), key: .new())
        },
        ForeignCall("make a token for a router") {
            let assignment = StaffAssignment(routers: [$1.router, $2.router])
            _ = try await $0.tokens.create(TokenDraft(name: "t", role: .cashier, assignment: assignment), key: .new())
        },
        ForeignCall("hand cash to a colleague") {
            _ = try await $0.shifts.handOver(UseCase.shillings(1), to: .colleague($2.staff), key: .new())
        },
        ForeignCall("let somebody sign in for an agent") {
            let draft = AgentDraft(name: "Kiosk", staff: $2.staff, terms: .prepaid)
            _ = try await $0.agents.update($1.agent, draft)
        },
        ForeignCall("pay commission of a package") {
            _ = try await $0.commission.addRule(
                for: .staff($1.staff),
                package: $2.package,
                .rate(basisPoints: 100),
                key: .new()
            )
        },
        ForeignCall("pay commission to somebody") {
            _ = try await $0.commission.addRule(
                for: .staff($2.staff),
                package: $1.package,
                .rate(basisPoints: 100),
                key: .new()
            )
        },
        ForeignCall("pay commission to an agent") {
            _ = try await $0.commission.addRule(
                for: .agent($2.agent),
                package: $1.package,
                .rate(basisPoints: 100),
                key: .new()
            )
        },
    ]

    private static let customers: [ForeignCall] = [
        ForeignCall("make a service on a router") {
            var draft = try $1.till.serviceDraft()
            draft.router = $2.router
            _ = try await $0.serviceAccounts.create(draft, for: $1.customer, key: .new())
        },
        ForeignCall("make a service of a package") {
            var draft = try $1.till.serviceDraft()
            draft.package = $2.package
            _ = try await $0.serviceAccounts.create(draft, for: $1.customer, key: .new())
        },
        ForeignCall("make a service for a customer") {
            _ = try await $0.serviceAccounts.create($1.till.serviceDraft(), for: $2.customer, key: .new())
        },
        ForeignCall("enter a customer with a service on a router") {
            var draft = try $1.till.serviceDraft()
            draft.router = $2.router
            _ = try await $0.customers.create(CustomerDraft(name: "Ben"), with: draft, key: .new())
        },
        ForeignCall("assign a package") {
            _ = try await $0.serviceAccounts.assign(profile: "home", package: $2.package, to: $1.service.id)
        },
        ForeignCall("order for a customer") {
            var order = try $1.till.subscriptionOrder()
            order.customer = .known($2.customer)
            _ = try await $0.subscriptions.order(order, key: .new())
        },
        ForeignCall("order on a router") {
            var order = try $1.till.subscriptionOrder()
            order.service.router = $2.router
            _ = try await $0.subscriptions.order(order, key: .new())
        },
        ForeignCall("order a package") {
            var order = try $1.till.subscriptionOrder()
            order.choice = .package($2.monthly)
            _ = try await $0.subscriptions.order(order, key: .new())
        },
        ForeignCall("change to a package") {
            _ = try await $0.subscriptions.change($1.subscription, to: .package($2.monthly), key: .new())
        },
    ]

    private static let money: [ForeignCall] = [
        ForeignCall("pay an invoice") {
            _ = try await $0.payments.take($1.till.payment(.cash, .invoice($2.invoice)), key: .new())
        },
        ForeignCall("pay a subscription") {
            _ = try await $0.payments.take($1.till.payment(.cash, .subscription($2.subscription)), key: .new())
        },
        ForeignCall("pay a voucher") {
            _ = try await $0.payments.take($1.till.payment(.cash, .voucher($2.voucher.id)), key: .new())
        },
        ForeignCall("pay for a customer") {
            var draft = $1.till.payment(.cash, .invoice($1.invoice))
            draft.customer = $2.customer
            _ = try await $0.payments.take(draft, key: .new())
        },
        ForeignCall("ask a gateway for an invoice") {
            let draft = $1.till.payment(.gateway("fake"), .invoice($2.invoice))
            _ = try await $0.payments.initiate(draft, with: $1.till.gateway, text: "Internet", key: .new())
        },
        ForeignCall("pay an invoice from a balance") {
            _ = try await $0.invoices.payFromBalance(
                UseCase.shillings(10),
                of: $1.customer,
                directedTo: [$2.invoice],
                key: .new()
            )
        },
        ForeignCall("pay an invoice from their balance") {
            _ = try await $0.invoices.payFromBalance(
                UseCase.shillings(10),
                of: $2.customer,
                directedTo: [$1.invoice],
                key: .new()
            )
        },
        ForeignCall("give from a balance") {
            _ = try await $0.wallets.transfer(UseCase.shillings(10), from: $1.customer, to: $2.customer, key: .new())
        },
        ForeignCall("take from a balance") {
            _ = try await $0.wallets.transfer(UseCase.shillings(10), from: $2.customer, to: $1.customer, key: .new())
        },
        ForeignCall("write an invoice to a customer") {
            var draft = try $1.till.invoiceDraft(100)
            draft.customer = $2.customer
            _ = try await $0.invoices.draft(draft, key: .new())
        },
    ]
}

extension Router {
    fileprivate func discard() {}
}
