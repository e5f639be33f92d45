import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

extension Shop {
    /// A customer who was entered without any service.
    func customer(_ name: String = "Amina", number: String? = nil) async throws -> Customer {
        let random = try random.bytes(10)
        let customer = try Customer(
            id: Identifier(timestamp: clock.now, random: random),
            tenant: tenant.id,
            number: number ?? "C-\(random.map(String.init).joined())",
            name: name,
            createdAt: clock.now
        )
        try await store.write(.tenant(tenant.id)) { try $0.insert(customer) }
        return customer
    }

    /// Credit of a customer, paid in and granted.
    func credit(_ customer: Customer, paid: Int64, granted: Int64 = 0) async throws {
        let random = try random.bytes(10)
        let entry = try LedgerEntry(
            id: Identifier(timestamp: clock.now, random: random),
            tenant: tenant.id,
            at: clock.now,
            cause: "test",
            idempotencyKey: "\(random)",
            actor: .system("test"),
            postings: PostingRecipe.tidy(
                PostingRecipe.move(
                    Money(minorUnits: paid, currency: .ugx),
                    debit: .bank,
                    credit: .customerBalance(customer.id)
                )
                    + PostingRecipe.grant(Money(minorUnits: granted, currency: .ugx), to: customer.id)
            )
        )
        try await store.write(.tenant(tenant.id)) { try $0.append(ledger: entry) }
    }

    /// An agent.
    func agent(_ terms: Agent.Terms) async throws -> Agent {
        let random = try random.bytes(10)
        let agent = Agent(
            id: Identifier(timestamp: clock.now, random: random),
            tenant: tenant.id,
            name: "Kiosk \(random[0])",
            terms: terms,
            createdAt: clock.now
        )
        try await store.write(.tenant(tenant.id)) { try $0.insert(agent) }
        return agent
    }

    /// Sets a setting.
    func set<Value: Sendable>(_ key: SettingKey<Value>, to value: Value) async throws {
        var settings = Settings(tenant: tenant.id)
        try settings.set(key, to: value)
        try await store.write(.tenant(tenant.id)) { [settings] in try $0.insert(settings) }
    }

    /// Generates one voucher of special terms and sells it.
    func soldVoucher(_ terms: VoucherTerms? = nil) async throws -> Voucher {
        let made = try await owner.vouchers.generate(
            1,
            terms: terms ?? package.terms,
            on: router.id,
            sold: true,
            key: .new()
        )
        return try #require(made.vouchers.first)
    }

    /// A voucher in use that is locked to its first device.
    func lockedVoucher() async throws -> Voucher {
        let voucher = try await soldVoucher(
            VoucherTerms(validity: .seconds(3_600), locksToDevice: true, price: Money(minorUnits: 500, currency: .ugx))
        )
        try await see(voucher.code, device: "AA:BB:CC:00:11:22")
        return try await owner.vouchers.voucher(code: voucher.code)
    }

    /// The code was seen in a session of a device.
    func see(_ code: String, device: String) async throws {
        let observation = VoucherObservation(
            code: code,
            evidence: .activeSession,
            at: clock.now,
            session: .init(),
            devices: [DeviceAddress(device)].compactMap { $0 }
        )
        try await billing.provisioning.recordObservations(router.id, [observation], at: clock.now)
    }

    /// Every entry of the books sums to zero, and nobody has spent what they had not.
    func expectSoundBooks(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let balances = try await owner.reports.balances()
        var sums: [Currency: Int64] = [:]
        for balance in balances { sums[balance.balance.currency, default: 0] += balance.balance.minorUnits }
        #expect(sums.values.allSatisfy { $0 == 0 }, sourceLocation: sourceLocation)
        for balance in balances where balance.account.refusesOverdraft {
            #expect(balance.balance.minorUnits <= 0, sourceLocation: sourceLocation)
        }
        let owed = balances.first { $0.account == .deferredVouchers }?.balance.minorUnits ?? 0
        #expect(owed <= 0, "more was earned than was owed", sourceLocation: sourceLocation)
    }
}
