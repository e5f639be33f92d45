import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

/// A shop with a customer, and the shortest words for what happens in it.
struct Till: Sendable {
    let shop: Shop
    let customer: Customer
    let gateway = FakeGateway()

    var owner: BillingSession { shop.owner }

    static func open(_ backing: Backing, seed: UInt64 = 1) async throws -> Till {
        let shop = try await Shop.open(backing, seed: seed)
        let customer = try await shop.owner.customers.create(CustomerDraft(name: "Ada"), key: .new())
        return Till(shop: shop, customer: customer)
    }

    func ugx(_ units: Int64) -> Money { Money(minorUnits: units, currency: .ugx) }

    @discardableResult
    func topUp(_ units: Int64, _ customer: Customer? = nil, key: IdempotencyKey = .new()) async throws -> Payment {
        let draft = PaymentDraft(
            customer: (customer ?? self.customer).id,
            method: .cash,
            price: ugx(units),
            purpose: .topUp
        )
        return try await owner.payments.take(draft, key: key)
    }

    func balance(_ customer: Customer? = nil) async throws -> Int64 {
        try await owner.wallets.balance(of: (customer ?? self.customer).id).total.minorUnits
    }

    func terms(_ price: Int64 = 1_000, cycle: BillingCycle = .days(30), grace: Int = 0) throws -> SubscriptionTerms {
        try SubscriptionTerms(
            packageName: "Home",
            cycle: cycle,
            price: ugx(price),
            routerProfile: "home",
            graceDays: grace
        )
    }

    func order(
        _ terms: SubscriptionTerms? = nil,
        by method: PaymentMethod = .cash,
        autoRenews: Bool = false
    ) async throws -> OrderedSubscription {
        let service = ServiceAccountDraft(
            kind: .pppoe,
            router: shop.router.id,
            username: try #require(NumberPattern("net{0000}"))
        )
        let order = SubscriptionOrder(
            customer: customer.id,
            service: service,
            terms: try terms ?? self.terms(),
            method: method,
            autoRenews: autoRenews
        )
        return try await owner.subscriptions.order(order, key: .new())
    }

    func initiate(_ purpose: PaymentPurpose = .topUp, _ units: Int64 = 1_000) async throws -> Payment {
        let draft = PaymentDraft(
            customer: customer.id,
            method: .gateway("fake"),
            price: ugx(units),
            purpose: purpose
        )
        return try await owner.payments.initiate(draft, with: gateway, text: "Internet", key: .new()).payment
    }

    /// Stores a message of the gateway and processes it.
    @discardableResult
    func receive(_ callback: GatewayCallback) async throws -> InboxMessage {
        let collection = shop.billing.collection
        let message = try await collection.recordCallback(callback, from: "fake", tenant: shop.tenant.id)
        return try await collection.process(message.id, with: gateway, tenant: shop.tenant.id)
    }

    func issued(_ units: Int64, termDays: Int = 14) async throws -> Invoice {
        let line = try InvoiceLine(text: "Installation", unitPrice: ugx(units))
        let draft = try await owner.invoices.draft(InvoiceDraft(customer: customer.id, lines: [line]), key: .new())
        return try await owner.invoices.issue(draft.id, termDays: termDays, key: .new())
    }

    func days(_ count: Int64) { shop.clock.advance(by: .seconds(count * 86_400)) }

    /// Every entry balances, the balances are the sum of the entries, and no balance of a customer was ever negative.
    func checkBooks(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        var entries: [LedgerEntry] = []
        var number = 1
        while true {
            let page = try await owner.reports.ledger(PageRequest(number: number, size: 10_000)).items
            entries += page
            guard page.count == 10_000 else { break }
            number += 1
        }
        var trial = TrialBalance()
        for entry in entries.reversed() { try trial.apply(entry.postings) }
        for balance in try await owner.reports.balances() {
            let currency = balance.balance.currency
            #expect(trial.balance(of: balance.account, in: currency) == balance.balance, sourceLocation: sourceLocation)
            #expect(balance.account.accountClass != nil, "\(balance.account)", sourceLocation: sourceLocation)
            #expect(try trial.total(in: currency).isZero, sourceLocation: sourceLocation)
        }
    }
}

/// Runs the same thing many times at once; how often it was done, and the errors of the others.
func together<Answer: Sendable>(
    _ count: Int,
    _ body: @escaping @Sendable (Int) async throws -> Answer
) async -> (done: [Answer], refused: [any Error]) {
    await withTaskGroup(of: Result<Answer, any Error>.self) { group in
        for index in 0..<count {
            group.addTask {
                do { return .success(try await body(index)) } catch { return .failure(error) }
            }
        }
        var done: [Answer] = []
        var refused: [any Error] = []
        for await result in group {
            switch result {
            case .success(let answer): done.append(answer)
            case .failure(let error): refused.append(error)
            }
        }
        return (done, refused)
    }
}
