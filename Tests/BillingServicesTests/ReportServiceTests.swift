import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Reports")
struct ReportServiceTests {
    @Test("tells expected, received and earned apart", arguments: Backing.allCases)
    func threeKindsOfRevenue(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let batch = try await shop.generate(4)
        let codes = batch.vouchers.map(\.code)
        _ = try await shop.owner.vouchers.sell(codes: Array(codes.prefix(3)), key: .new())
        try await shop.see(codes[0])
        let figures = try await shop.owner.reports.dashboard()
        func ugx(_ units: Int64) -> Money { Money(minorUnits: units, currency: .ugx) }
        #expect(figures.today == [RevenueFigures(expected: ugx(10_000), received: ugx(7_500), earned: ugx(2_500))])
        #expect(figures.last30Days == figures.today)
        #expect(figures.vouchers[DocumentStatus.pending] == 3)
        #expect(figures.vouchers[DocumentStatus.active] == 1)
        #expect(figures.routers == [.unknown: 1])
    }

    @Test("a sum that is too large takes no other figure away", arguments: Backing.allCases)
    func anOverflowLeavesTheDashboard(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        _ = try await shop.generate(2, sold: true)
        try await shop.store.write(.tenant(shop.tenant.id)) { store in
            for number in 1...2 {
                let most = Money(minorUnits: .max, currency: .usd)
                let entry = try LedgerEntry(
                    id: Identifier(high: UInt64(number), low: 0),
                    tenant: shop.tenant.id,
                    at: shop.clock.now,
                    cause: "test",
                    idempotencyKey: "test-\(number)",
                    actor: .system("test"),
                    postings: [.debit(.deferredVouchers, most), try .credit(.voucherRevenue, most)]
                )
                try store.append(ledger: entry)
            }
        }
        let figures = try await shop.owner.reports.dashboard()
        #expect(figures.vouchers[DocumentStatus.pending] == 2)
        #expect(figures.today.map(\.received.minorUnits) == [5_000, 0])
        #expect(figures.today.map { RevenueFigures.isCut($0.earned) } == [false, true])
    }

    @Test("a business day begins at midnight where the shop is", arguments: Backing.allCases)
    func daysFollowTheTenantsZone(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        // The shop opens at noon in Kampala, which is three hours east of Greenwich.
        _ = try await shop.generate(1, sold: true)
        shop.clock.advance(by: .seconds(12 * 3_600 - 1))
        #expect(try await shop.owner.reports.dashboard().today.map(\.received.minorUnits) == [2_500])
        shop.clock.advance(by: .seconds(1))
        let figures = try await shop.owner.reports.dashboard()
        #expect(figures.today.allSatisfy { $0.received.isZero })
        #expect(figures.last30Days.map(\.received.minorUnits) == [2_500])
        shop.clock.advance(by: .seconds(29 * 86_400))
        #expect(try await shop.owner.reports.dashboard().last30Days.allSatisfy { $0.received.isZero })
    }

    @Test(arguments: Backing.allCases)
    func everythingIsInTheAuditTrail(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let batch = try await shop.generate(1)
        let code = batch.vouchers[0].code
        _ = try await shop.owner.vouchers.sell(codes: [code], key: .new())
        _ = try await shop.owner.vouchers.disable(code: code)
        _ = try await shop.owner.vouchers.enable(code: code)
        try await shop.see(code)
        shop.clock.advance(by: .seconds(86_400))
        _ = try await shop.billing.upkeep.run()
        let entries = try await shop.owner.audit.entries().items
        let actions = Set(entries.map(\.action))
        let expected: Set = [
            "tenant.create", "token.create", "router.add", "package.create", "voucher.generate", "voucher.sell",
            "voucher.disable", "voucher.enable", "voucher.activate", "voucher.expire",
        ]
        #expect(actions == expected)
        #expect(entries.filter { $0.action == "voucher.sell" }.map(\.actor) == [shop.owner.actor])
    }
}

@Suite("Tenants")
struct TenantTests {
    @Test(arguments: Backing.allCases)
    func theSameTenantUnderTheSameKeyIsMadeOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let key = IdempotencyKey.new()
        shop.clock.advance(by: .seconds(1))
        let first = try await shop.billing.createTenant("A", currency: .kes, timeZone: "Africa/Nairobi", key: key)
        let again = try await shop.billing.createTenant("A", currency: .kes, timeZone: "Africa/Nairobi", key: key)
        #expect(first == again)
        #expect(try await shop.billing.tenants() == [shop.tenant, first])
        await expectRefusal(.conflict, field: "key") {
            try await shop.billing.createTenant("B", currency: .kes, timeZone: "Africa/Nairobi", key: key)
        }
    }

    @Test("refuses zones nobody knows", arguments: ["", "Africa/Atlantis", "../../etc/passwd", "Kampala"])
    func unknownZonesAreRefused(zone: String) async throws {
        let shop = try await Shop.open(.memory)
        await expectRefusal(.invalidInput, field: "timeZone") {
            try await shop.billing.createTenant("A", currency: .kes, timeZone: zone, key: .new())
        }
    }

    @Test func staffAndTokensNeedATenant() async throws {
        let shop = try await Shop.open(.memory)
        let nowhere = Identifier<Tenant>(high: 1, low: 1)
        await expectRefusal(.notFound) { try await shop.billing.createAdministrator("amina", tenant: nowhere) }
        await expectRefusal(.notFound) {
            try await shop.billing.createToken("till", role: .cashier, tenant: nowhere)
        }
    }
}
