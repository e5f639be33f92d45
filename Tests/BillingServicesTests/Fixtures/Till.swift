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
        try await open(Shop.open(backing, seed: seed))
    }

    /// A customer of a shop.
    static func open(_ shop: Shop) async throws -> Till {
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

    /// A package that is subscribed to month by month.
    func monthly(_ name: String = "Month", kind: PackageKind = .recurringPPPoE) throws -> PackageDraft {
        var draft = try PackageDraft.fixture(name)
        draft.kind = kind
        draft.terms = try VoucherTerms(validityPeriod: .months(1), price: ugx(3_000), routerProfile: "home")
        return draft
    }

    /// Money of the customer that is to be taken.
    func payment(_ method: PaymentMethod, _ purpose: PaymentPurpose = .topUp) -> PaymentDraft {
        PaymentDraft(customer: customer.id, method: method, price: ugx(100), purpose: purpose)
    }

    func serviceDraft() throws -> ServiceAccountDraft {
        try ServiceAccountDraft(
            kind: .pppoe,
            router: shop.router.id,
            username: #require(NumberPattern("net{0000}"))
        )
    }

    func subscriptionOrder(
        _ terms: SubscriptionTerms? = nil,
        by method: PaymentMethod = .cash,
        autoRenews: Bool? = nil
    ) throws -> SubscriptionOrder {
        SubscriptionOrder(
            customer: customer.id,
            service: try serviceDraft(),
            choice: .terms(try terms ?? self.terms()),
            method: method,
            autoRenews: autoRenews
        )
    }

    func order(
        _ terms: SubscriptionTerms? = nil,
        by method: PaymentMethod = .cash,
        autoRenews: Bool? = nil
    ) async throws -> OrderedSubscription {
        let order = try subscriptionOrder(terms, by: method, autoRenews: autoRenews)
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
        let message = try await store(callback)
        return try await shop.billing.collection.process(message.id, with: gateway, tenant: shop.tenant.id)
    }

    /// Stores a message as it comes for a gateway.
    func store(_ callback: GatewayCallback, from gateway: String = "fake") async throws -> InboxMessage {
        try await shop.billing.incoming.receive(
            from: "gateway:\(gateway)",
            key: callback.key,
            headers: callback.headers,
            body: callback.body,
            address: callback.sourceAddress,
            for: shop.tenant.id
        ).message
    }

    /// Processes what is due of the gateway.
    @discardableResult
    func processDue(limit: Int = 100) async throws -> Int {
        try await shop.billing.collection.processDue([gateway], limit: limit)
    }

    func pay(_ units: Int64, for purpose: PaymentPurpose, by method: PaymentMethod = .cash) async throws -> Payment {
        let draft = PaymentDraft(customer: customer.id, method: method, price: ugx(units), purpose: purpose)
        return try await owner.payments.take(draft, key: .new())
    }

    func invoiceDraft(_ units: Int64) throws -> InvoiceDraft {
        InvoiceDraft(customer: customer.id, lines: [try InvoiceLine(text: "Installation", unitPrice: ugx(units))])
    }

    func issued(_ units: Int64, termDays: Int = 14) async throws -> Invoice {
        let draft = try await owner.invoices.draft(invoiceDraft(units), key: .new())
        return try await owner.invoices.issue(draft.id, termDays: termDays, key: .new())
    }

    /// What a shilling is worth in dollars as of now.
    func rate() throws -> ExchangeRate {
        try ExchangeRate(from: .ugx, to: .usd, rate: "0.00027", source: "central bank", at: shop.clock.now)
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
