import BillingDomain
import BillingPersistence
import TestSupport
import Testing

@testable import BillingServices

extension Shop {
    /// Leaves in a record what no version can read.
    fileprivate func damage<Record: StoredRecord>(_ id: Identifier<Record>, _ column: String) async throws {
        try await store.write(.tenant(tenant.id)) { store in
            let one = Query(Field<Record, Identifier<Record>>("id") == id)
            var row = try #require(try store.rows(one.rows(in: store.scope)).first)
            row[try #require(Record.table.index(of: column))] = .text("{")
            try store.update(row, in: Record.table)
        }
    }
}

@Suite("Work of the night past records that are damaged")
struct DamagedRecordTests {
    /// Two subscriptions, the first of which cannot be read.
    private func subscriptions(_ till: Till) async throws -> [Subscription] {
        var made: [Subscription] = []
        for _ in 0..<2 {
            made.append(try await till.order(till.terms(3_000)).subscription)
            till.shop.clock.advance(by: .seconds(1))
        }
        try await till.shop.damage(made[0].id, "terms")
        return made
    }

    @Test("earns of the others and says so at the end", arguments: Backing.allCases)
    func othersEarn(backing: Backing) async throws {
        let till = try await Till.open(backing)
        _ = try await subscriptions(till)
        till.days(10)
        await expectRefusal(.corrupt) { try await till.shop.billing.saveMissedDays(of: till.shop.tenant.id) }
        #expect(try await till.shop.balances()["subscription-revenue"].map { (-1_050 ... -850).contains($0) } == true)
    }

    @Test("saves the day with what was sold under the entry that sold it", arguments: Backing.allCases)
    func theDayIsSaved(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let damaged = try await subscriptions(till)[0].id
        till.days(1)
        let (billing, tenant) = (till.shop.billing, till.shop.tenant.id)
        await expectRefusal(.corrupt) {
            try await till.owner.reports.day(LocalDate(till.shop.clock.now - .seconds(86_400)))
        }
        await expectRefusal(.corrupt) { try await billing.saveMissedDays(of: tenant) }
        let saved = try #require(try await till.owner.reports.saved().items.first)
        let report = try #require(DailyReport(saved))
        #expect(report.packages.map(\.packageName).sorted() == ["Home", "subscription:\(damaged)"])
        #expect(report.packages.map(\.amount) == [till.ugx(3_000), till.ugx(3_000)])
        #expect(report.revenue.map(\.received) == [till.ugx(6_000)])
    }

    @Test("saves the day and says at the end that a payment of it cannot be read", arguments: Backing.allCases)
    func theDayIsSavedPastAPayment(backing: Backing) async throws {
        let till = try await Till.open(backing)
        _ = try await till.order(till.terms(3_000))
        let payment = try #require(try await till.owner.payments.list().items.first?.id)
        try await till.shop.damage(
            Identifier<PaymentRow>(high: payment.high, low: payment.low),
            "captured_currency"
        )
        till.days(1)
        await expectRefusal(.corrupt) { try await till.shop.billing.saveMissedDays(of: till.shop.tenant.id) }
        let saved = try #require(try await till.owner.reports.saved().items.first)
        let report = try #require(DailyReport(saved))
        #expect(report.packages.map(\.amount) == [till.ugx(3_000)])
        #expect(report.packages.allSatisfy { $0.packageName.hasPrefix("payment:\(payment)") })
        #expect(try await till.shop.billing.saveMissedDays(of: till.shop.tenant.id).isEmpty)
    }

    @Test("reminds the others", arguments: Backing.allCases)
    func othersAreReminded(backing: Backing) async throws {
        let till = try await Till.open(backing)
        _ = try await subscriptions(till)
        till.days(28)
        let collection = till.shop.billing.collection
        await expectRefusal(.corrupt) { try await collection.remind(tenant: till.shop.tenant.id) }
        #expect(try await till.owner.notifications.list().items.map(\.template) == ["subscription.ends"])
    }

    @Test("charges the others for being late", arguments: Backing.allCases)
    func othersAreCharged(backing: Backing) async throws {
        let till = try await Till.open(backing)
        var invoices: [Invoice] = []
        for _ in 0..<2 {
            invoices.append(try await till.issued(1_000, termDays: 14))
            till.shop.clock.advance(by: .seconds(1))
        }
        try await till.shop.damage(invoices[0].id, "lines")
        till.days(60)
        let rule = try LateFeeRule(maturityDays: 14, holdUpDays: 0, fee: FeeRule(fixed: till.ugx(100)))
        let collection = till.shop.billing.collection
        await expectRefusal(.corrupt) { try await collection.chargeLateFees(rule, tenant: till.shop.tenant.id) }
        #expect(try await till.shop.balances()["receivable:\(till.customer.id)"] == 2_100)
    }

    @Test("says that records are away, whatever failed before", arguments: [true, false])
    func absenceIsSaidFirst(isLast: Bool) async throws {
        let till = try await Till.open(.memory)
        for name in ["Ben", "Cleo", "Dora"] {
            _ = try await till.owner.customers.create(CustomerDraft(name: name), key: .new())
        }
        let context = till.shop.billing.context
        let all = Query<Customer>().sorted(by: Customer.Columns.createdAt)
        var tried = 0
        await expectRefusal(.unavailable) {
            try await context.forEach(all, of: till.shop.tenant.id) { _ in
                tried += 1
                if tried == (isLast ? 4 : 1) { throw BillingError(.unavailable, "away") }
                throw BillingError(.conflict, "not now")
            }
        }
        #expect(tried == 4)
    }
}
