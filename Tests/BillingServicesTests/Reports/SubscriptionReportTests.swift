import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Subscriptions in reports")
struct SubscriptionReportTests {
    private let day = DateRange(from: LocalDate(ManualClock().now), days: 1)

    /// A package of the price list, with what a period of it costs.
    private func package(_ till: Till, cost: Int64) async throws -> Package {
        var draft = try PackageDraft.fixture("Home", price: 1_000)
        draft.cost = till.ugx(cost)
        return try await till.owner.packages.create(draft, key: .new())
    }

    private func order(_ till: Till, _ package: Package?, by method: PaymentMethod, periods: Int64 = 1) async throws
        -> OrderedSubscription
    {
        var service = ServiceAccountDraft(
            kind: .pppoe,
            router: till.shop.router.id,
            username: try #require(NumberPattern("net{0000}"))
        )
        service.package = package?.id
        let order = SubscriptionOrder(
            customer: till.customer.id,
            service: service,
            choice: .terms(try till.terms()),
            method: method,
            periods: periods
        )
        return try await till.owner.subscriptions.order(order, key: .new())
    }

    @Test("periods paid for, renewed from a balance and invoiced are sales", arguments: Backing.allCases)
    func periodsAreSales(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let package = try await package(till, cost: 400)
        let ordered = try await order(till, package, by: .cash, periods: 3)
        try await till.topUp(1_000)
        _ = try await till.owner.subscriptions.renewFromBalance(ordered.subscription.id, key: .new())
        let subject = "subscription:\(ordered.subscription.id)"
        let lines = [
            try InvoiceLine(text: "Home, May", subject: subject, unitPrice: till.ugx(1_000)),
            try InvoiceLine(text: "Installation", unitPrice: till.ugx(5_000)),
        ]
        let draft = try await till.owner.invoices.draft(
            InvoiceDraft(customer: till.customer.id, lines: lines),
            key: .new()
        )
        _ = try await till.owner.invoices.issue(draft.id, key: .new())
        _ = try await till.shop.generate(2, sold: true)

        let staff = try await till.owner.reports.staffSales(day)
        #expect(Set(staff.map(\.actor)) == [till.owner.actor])
        let sold = Dictionary(uniqueKeysWithValues: staff.map { ("\($0.product.rawValue) \($0.packageName)", $0) })
        #expect(
            sold.mapValues(\.count) == ["voucher 3 Hours": 2, "subscription Home": 5, "subscription Installation": 1]
        )
        #expect(
            sold.mapValues(\.amount.minorUnits) == [
                "voucher 3 Hours": 5_000, "subscription Home": 5_000, "subscription Installation": 5_000,
            ]
        )
        let packages = try await till.owner.reports.packageSales(day)
        #expect(packages.first?.packageName == "Home")
        #expect(packages.first?.profit == till.ugx(5_000 - 5 * 400))
        #expect(try await till.owner.reports.dashboard().profit30Days == [till.ugx(3_000)])
        #expect(try await till.owner.reports.day(day.start).packages.map(\.count) == [5, 2, 1])
    }

    @Test("what was paid back does not undo a sale, and a voided invoice is no new one", arguments: Backing.allCases)
    func returnsAreNoSales(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let invoice = try await till.issued(700)
        _ = try await till.owner.invoices.void(invoice.id, reason: "wrong", key: .new())
        let sales = try await till.owner.reports.staffSales(day)
        #expect(sales.map(\.amount) == [till.ugx(700)])
    }

    @Test("popularity counts subscriptions and each customer once", arguments: Backing.allCases)
    func popularity(backing: Backing) async throws {
        let till = try await Till.open(backing)
        _ = try await order(till, nil, by: .cash)
        _ = try await order(till, nil, by: .cash)
        let codes = try await till.shop.generate(1).vouchers.map(\.code)
        let options = SaleOptions(customerID: till.customer.id)
        _ = try await till.owner.vouchers.sell(codes: codes, options: options, key: .new())
        let found = try await till.owner.packages.popularity()
        #expect(found.map(\.package) == ["Home", "3 Hours"])
        #expect(found.map(\.subscriptions) == [2, 0])
        #expect(found.map(\.customers) == [1, 1])
    }

    @Test("paid time that ends soon is listed with its customer, the first to end first", arguments: Backing.allCases)
    func endingSoon(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let long = try await till.order(till.terms(cycle: .days(30)))
        let short = try await till.order(till.terms(cycle: .days(5)))
        _ = try await till.order(till.terms(cycle: .days(60)))
        let reports = till.owner.reports
        let soon = try await reports.expiringSubscriptions(within: .seconds(31 * 86_400)).items
        #expect(soon.map(\.subscription.id) == [short.subscription.id, long.subscription.id])
        #expect(soon.map(\.customer.id) == [till.customer.id, till.customer.id])
        #expect(try await reports.expiringSubscriptions().items.count == 1)
        #expect(try await reports.dashboard().subscriptionsExpiringSoon == 1)
        let end = try #require(long.subscription.paidThrough ?? soon.last?.subscription.paidThrough)
        let later = SubscriptionFilter(paidFrom: end)
        #expect(try await till.owner.subscriptions.list(later).items.first?.id == long.subscription.id)
        await expectRefusal(.invalidInput, field: "within") {
            try await reports.expiringSubscriptions(within: .zero)
        }
    }
}

@Suite("Debtors")
struct DebtorTests {
    @Test("who owes most comes first, each debt by its age and with the credit beside it", arguments: Backing.allCases)
    func debtors(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let ben = try await till.owner.customers.create(CustomerDraft(name: "Ben"), key: .new())
        _ = try await till.issued(100, termDays: 0)
        till.days(40)
        _ = try await till.issued(50, termDays: 0)
        try await till.topUp(30, ben)
        let line = try InvoiceLine(text: "Cable", unitPrice: till.ugx(200))
        let draft = try await till.owner.invoices.draft(InvoiceDraft(customer: ben.id, lines: [line]), key: .new())
        _ = try await till.owner.invoices.issue(draft.id, key: .new())

        let list = try await till.owner.invoices.debtors()
        #expect(list.total == 2)
        #expect(list.items.map(\.customer.name) == ["Ben", "Ada"])
        #expect(list.items.map(\.ageing.owed) == [till.ugx(200), till.ugx(150)])
        #expect(list.items.map(\.ageing.unapplied) == [till.ugx(30), till.ugx(0)])
        #expect(list.items[1].ageing.amounts[.days31To60] == till.ugx(100))
        #expect(list.items[1].ageing.amounts[.current] == till.ugx(50))
        let second = try await till.owner.invoices.debtors(PageRequest(number: 2, size: 1))
        #expect(second.items.map(\.customer.name) == ["Ada"])
        #expect(try await till.owner.invoices.debtors(in: .usd).items.isEmpty)
        await expectRefusal(.invalidInput, field: "page") {
            try await till.owner.invoices.debtors(PageRequest(after: nil))
        }
    }
}
