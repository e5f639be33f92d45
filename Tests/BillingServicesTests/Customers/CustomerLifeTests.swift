import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("What is kept of a customer, and what is not")
struct CustomerLifeTests {
    private func service(_ till: Till, _ pattern: String = "net{0000}") throws -> ServiceAccountDraft {
        ServiceAccountDraft(
            kind: .pppoe,
            router: till.shop.router.id,
            username: try #require(NumberPattern(pattern)),
            callerID: "AA:BB:CC:00:11:22"
        )
    }

    @Test("the history holds what a customer bought, paid, owes and was told", arguments: Backing.allCases)
    func historyIsWhole(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let phone = try ContactPoint(.phone, "+256 700 123456")
        _ = try await till.owner.customers.update(till.customer.id, CustomerDraft(name: "Ada", contacts: [phone]))
        let ordered = try await till.order()
        let voucher = try await till.shop.soldVoucher()
        _ = try await till.owner.vouchers.redeem(code: voucher.code, for: till.customer.id, key: .new())
        let named = try await till.owner.vouchers.resend(code: voucher.code, key: .new())
        let texted = try await till.owner.vouchers.resend(code: voucher.code, to: "phone:\(phone.value)", key: .new())
        _ = try await till.owner.vouchers.resend(code: voucher.code, to: "phone:+256700000000", key: .new())
        till.shop.clock.advance(by: .seconds(1))
        try await till.topUp(70)
        let invoice = try await till.issued(300)
        let history = try await till.owner.customers.history(till.customer.id)
        #expect(history.serviceAccounts.map(\.id) == [ordered.serviceAccount.id])
        #expect(history.subscriptions.map(\.id) == [ordered.subscription.id])
        #expect(history.vouchers.map(\.id) == [voucher.id])
        #expect(Set(history.messages.map(\.id)) == [named.id, texted.id])
        #expect(history.payments.map(\.amount.minorUnits) == [70, 1_000])
        #expect(history.invoices.map(\.id) == [invoice.id])
        #expect(try history.balances.map { try $0.total.minorUnits } == [70])
        #expect(history.debts == [till.ugx(300)])
    }

    @Test(
        "erasing leaves number, books and amounts, and no name, contact or note anywhere",
        arguments: Backing.allCases
    )
    func erasureIsThorough(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let customers = till.owner.customers
        let draft = CustomerDraft(
            name: "Canary Name",
            contacts: [try ContactPoint(.phone, "+256 700 123456")],
            location: RouterLocation(region: "Canary Region", district: "Hill"),
            locale: "sw-KE",
            notes: "Canary note",
            tags: ["canary-tag"]
        )
        let made = try await customers.create(draft, with: service(till), key: .new())
        let id = made.customer.id
        let voucher = try await till.shop.soldVoucher()
        _ = try await till.owner.vouchers.redeem(code: voucher.code, for: id, key: .new())
        _ = try await till.owner.vouchers.resend(code: voucher.code, key: .new())
        _ = try await till.owner.vouchers.resend(code: voucher.code, to: "phone:+256700123456", key: .new())
        try await till.topUp(40, made.customer)
        try await till.owner.wallets.refund(till.ugx(40), of: id, reason: "leaves", key: .new())
        await expectRefusal(.conflict) { try await customers.erase(id) }
        _ = try await customers.close(id)
        let before = try await till.shop.balances()
        for _ in 0..<2 {
            let erased = try await customers.erase(id)
            #expect(erased.number == made.customer.number)
            #expect(erased.name == Customer.erasedName)
            #expect(erased.erasedAt == till.shop.clock.now)
        }
        let history = try await customers.history(id)
        #expect(history.messages.isEmpty)
        #expect(history.vouchers.map(\.customer) == [nil])
        #expect(history.payments.map(\.amount.minorUnits) == [40])
        #expect(history.serviceAccounts.map(\.callerID) == [nil])
        #expect(try await till.shop.balances() == before)
        #expect(try await customers.list(CustomerFilter(text: "canary")).items.isEmpty)
        #expect(try await customers.list(CustomerFilter(text: "700123456")).items.isEmpty)
        var trail = "\(history)"
        trail += "\(try await till.owner.audit.entries(AuditFilter(), PageRequest(number: 1, size: 1_000)).items)"
        trail += "\(try await till.owner.notifications.list(nil, recipient: nil, PageRequest()).items)"
        for word in ["Canary", "canary", "700123456", "sw-KE", "AA:BB"] { #expect(!trail.contains(word), "\(word)") }
        try await till.checkBooks()
    }

    @Test("a customer is entered with a service, both or neither", arguments: Backing.allCases)
    func customersComeWithServices(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let key = IdempotencyKey.new()
        let draft = CustomerDraft(name: "Ben")
        let made = try await till.owner.customers.create(draft, with: service(till), key: key)
        #expect(made.serviceAccount.customer == made.customer.id)
        #expect(try await till.owner.customers.create(draft, with: service(till), key: key) == made)
        await expectRefusal(.duplicate, field: "username") {
            let taken = try service(till, made.serviceAccount.username)
            return try await till.owner.customers.create(CustomerDraft(name: "Cem"), with: taken, key: .new())
        }
        await expectRefusal(.invalidInput, field: "name") {
            try await till.owner.customers.create(CustomerDraft(name: ""), with: service(till), key: .new())
        }
        #expect(try await till.owner.customers.list().items.count == 2)
        #expect(try await till.owner.serviceAccounts.list().items.count == 1)
    }

    @Test("a new customer orders and pays in one step, all or nothing", arguments: Backing.allCases)
    func newCustomersOrder(backing: Backing) async throws {
        let till = try await Till.open(backing)
        func order(_ name: String, _ method: PaymentMethod) throws -> SubscriptionOrder {
            SubscriptionOrder(
                customer: .new(CustomerDraft(name: name)),
                service: try service(till),
                choice: .terms(try till.terms()),
                method: method
            )
        }
        let key = IdempotencyKey.new()
        let ordered = try await till.owner.subscriptions.order(order("Ben", .cash), key: key)
        #expect(try await till.owner.subscriptions.order(order("Ben", .cash), key: key) == ordered)
        #expect(ordered.subscription.state == .active)
        let ben = try await till.owner.customers.customer(ordered.subscription.customer)
        #expect(ben.name == "Ben")
        #expect(ben.status == .active)
        // Nobody new has a balance: the payment fails, and nothing of the order stays.
        await expectRefusal(.conflict) { try await till.owner.subscriptions.order(order("Cem", .balance), key: .new()) }
        await expectRefusal(.conflict, field: "key") {
            try await till.owner.subscriptions.order(order("Dan", .cash), key: key)
        }
        #expect(try await till.owner.customers.list().items.count == 2)
        #expect(try await till.owner.serviceAccounts.list().items.count == 1)
        let (_, secret) = try await till.shop.billing.createToken(
            TokenDraft(name: "t", role: .manager, scopes: [.manageSubscriptions, .takePayments]),
            tenant: till.shop.tenant.id
        )
        let session = try await till.shop.billing.apiSession(token: secret)
        await expectRefusal(.forbidden) { try await session.subscriptions.order(order("Eve", .cash), key: .new()) }
        try await till.checkBooks()
    }

    @Test("a service is given an address and bound to a device, and freed again", arguments: Backing.allCases)
    func servicesAreBound(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let accounts = till.owner.serviceAccounts
        let id = try await accounts.create(service(till), for: till.customer.id, key: .new()).id
        #expect(try await accounts.setStaticAddress("10.9.0.7", of: id).staticAddress == "10.9.0.7")
        #expect(try await accounts.bind(id, to: "AA:BB:CC:DD:EE:FF").callerID == "AA:BB:CC:DD:EE:FF")
        await expectRefusal(.invalidInput, field: "staticAddress") {
            try await accounts.setStaticAddress("a\nb", of: id)
        }
        await expectRefusal(.invalidInput, field: "callerID") { try await accounts.bind(id, to: "") }
        #expect(try await accounts.setStaticAddress(nil, of: id).staticAddress == nil)
        #expect(try await accounts.bind(id, to: nil).callerID == nil)
        let actions = try await till.owner.audit.entries(AuditFilter(subject: "service:\(id)")).items.map(\.action)
        #expect(actions == ["service.bind", "service.address", "service.bind", "service.address", "service.create"])
    }
}
