import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Settings about money")
struct MoneySettingsTests {
    @Test(
        "the tenant's fee is on top where a method has none of its own, and never on the balance",
        arguments: Backing.allCases
    )
    func feeOfTheTenant(backing: Backing) async throws {
        let till = try await Till.open(backing)
        _ = try await till.owner.settings.set(.transactionFee, to: 250)
        let payments = till.owner.payments
        let topUp = try await till.topUp(1_000)
        #expect(topUp.amount == till.ugx(1_025))
        #expect(try await till.balance() == 1_000)
        #expect(try await payments.quote(till.ugx(1_000), by: .bankTransfer).fee == till.ugx(25))
        #expect(try await payments.quote(till.ugx(1_000), by: .balance).fee == till.ugx(0))
        let fee = try FeeRule(percentage: Percentage(basisPoints: 100), fixed: till.ugx(0), bearer: .payer)
        await expectRefusal(.invalidInput, field: "fee") {
            try await payments.setTerms(PaymentTerms(method: .balance, currency: .ugx, fee: fee))
        }
        let own = try FeeRule(percentage: Percentage(basisPoints: 100), fixed: till.ugx(0), bearer: .payer)
        try await payments.setTerms(PaymentTerms(method: .cash, currency: .ugx, fee: own))
        #expect(try await payments.quote(till.ugx(1_000), by: .cash).fee == till.ugx(10))
        try await payments.setTerms(PaymentTerms(method: .cash, currency: .ugx, maximum: till.ugx(1_020)))
        await expectRefusal(.invalidInput, field: "amount") { try await payments.quote(till.ugx(1_000), by: .cash).fee }
        #expect(try await till.shop.balances()["fee-income"] == -25)
        try await till.checkBooks()
    }

    @Test(
        "an invoice is due after the tenant's term, and costs the tenant's fee when it is late",
        arguments: Backing.allCases
    )
    func termAndLateFee(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let collection = till.shop.billing.collection
        _ = try await till.owner.settings.set(["invoice.term": "10", "fee.late-hold-up": "2"])
        let line = try InvoiceLine(text: "Installation", unitPrice: till.ugx(1_000))
        let draft = try await till.owner.invoices.draft(
            InvoiceDraft(customer: till.customer.id, lines: [line]),
            key: .new()
        )
        let invoice = try await till.owner.invoices.issue(draft.id, key: .new())
        #expect(invoice.dueDate == invoice.issueDate?.adding(days: 10))
        till.days(12)
        #expect(try await collection.chargeLateFees(tenant: till.shop.tenant.id) == 0)
        _ = try await till.owner.settings.set(.lateFee, to: 50)
        for count in [1, 0] { #expect(try await collection.chargeLateFees(tenant: till.shop.tenant.id) == count) }
        #expect(try await till.owner.invoices.ageing().owed == till.ugx(1_050))
        try await till.checkBooks()
    }

    @Test(
        "a package is subscribed to with the tenant's days of grace, renewed as the tenant says",
        arguments: Backing.allCases
    )
    func graceAndRenewal(backing: Backing) async throws {
        let till = try await Till.open(backing)
        _ = try await till.owner.settings.set(.gracePeriod, to: 5)
        let month = try await till.owner.packages.create(till.monthly(), key: .new())
        let terms = try await till.owner.subscriptions.terms(of: month.id)
        #expect((terms.packageName, terms.price, terms.routerProfile) == ("Month", till.ugx(3_000), "home"))
        #expect((terms.cycle, terms.graceDays) == (.months(1), 5))
        await expectRefusal(.invalidInput, field: "package") {
            try await till.owner.subscriptions.terms(of: till.shop.package.id)
        }
        #expect(try await till.order(terms).subscription.autoRenews == false)
        _ = try await till.owner.settings.set(.renewsFromBalance, to: true)
        #expect(try await till.order(terms).subscription.autoRenews)
        #expect(try await till.order(terms, autoRenews: false).subscription.autoRenews == false)
    }
}
