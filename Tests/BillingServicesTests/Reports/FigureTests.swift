import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Figures")
struct FigureTests {
    private func ugx(_ units: Int64) -> Money { Money(minorUnits: units, currency: .ugx) }

    @Test("each seller's sales are their own", arguments: Backing.allCases)
    func whoSoldWhat(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let days = DateRange(from: LocalDate(shop.clock.now), days: 1)
        let cashier = try await shop.person(.cashier).session
        _ = try await cashier.shifts.open(float: ugx(0), key: .new())
        let codes = try await shop.generate(5).vouchers.map(\.code)
        _ = try await shop.owner.vouchers.sell(codes: Array(codes.prefix(2)), key: .new())
        _ = try await cashier.vouchers.sell(codes: Array(codes.suffix(3)), key: .new())
        let sales = try await shop.owner.reports.staffSales(days)
        let counts = Dictionary(uniqueKeysWithValues: sales.map { ($0.actor, $0.count) })
        #expect(counts == [shop.owner.actor: 2, cashier.actor: 3])
        #expect(try await shop.owner.reports.methods(days).map(\.received.minorUnits).sorted() == [5_000, 7_500])
        let yesterday = DateRange(from: days.start.adding(days: -1), days: 1)
        #expect(try await shop.owner.reports.staffSales(yesterday).isEmpty)
    }

    @Test("profit is price less cost, where costs are known and may be seen", arguments: Backing.allCases)
    func profit(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let days = DateRange(from: LocalDate(shop.clock.now), days: 1)
        var draft = try PackageDraft.fixture("1 Day", price: 4_000)
        draft.cost = ugx(1_500)
        let package = try await shop.owner.packages.create(draft, key: .new())
        _ = try await shop.generate(3, sold: true)
        _ = try await shop.owner.vouchers.generate(2, of: package.id, on: shop.router.id, sold: true, key: .new())
        let sales = try await shop.owner.reports.packageSales(days)
        #expect(sales.map(\.packageName) == ["3 Hours", "1 Day"])
        #expect(sales.map(\.count) == [3, 2])
        #expect(sales.map(\.profit) == [nil, ugx(5_000)])
        #expect(try await shop.owner.reports.dashboard().profit30Days == [ugx(5_000)])
        for role in Role.allCases
        where role.permissions.contains(.viewReports) && !role.permissions.contains(.viewCosts) {
            let reports = try await shop.session(role).reports
            #expect(try await reports.packageSales(days).allSatisfy { $0.cost == nil })
            #expect(try await reports.dashboard().profit30Days == nil)
        }
    }

    @Test("what ends soon is listed, the first to end first", arguments: Backing.allCases)
    func expiringSoon(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let codes = try await shop.generate(3, sold: true).vouchers.map(\.code)
        try await shop.see(codes[1])
        shop.clock.advance(by: .seconds(3_600))
        try await shop.see(codes[0])
        let reports = shop.owner.reports
        #expect(try await reports.expiring().items.map(\.code) == [codes[1], codes[0]])
        #expect(try await reports.dashboard().expiringSoon == 2)
        #expect(try await reports.expiring(within: .seconds(2 * 3_600 + 1_800)).items.map(\.code) == [codes[1]])
        for duration in [Duration.zero, .seconds(367 * 86_400)] {
            await expectRefusal(.invalidInput, field: "within") { try await reports.expiring(within: duration) }
        }
        await expectRefusal(.invalidInput, field: "page") { try await reports.expiring(PageRequest(after: nil)) }
    }

    @Test("usage is told by router and package", arguments: Backing.allCases)
    func usage(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let codes = try await shop.generate(3, sold: true).vouchers.map(\.code)
        try await shop.see(codes[0], codes[1], uptime: .seconds(60), bytesIn: 100, bytesOut: 1_000)
        let use = try await shop.owner.reports.usage(DateRange(from: LocalDate(shop.clock.now), days: 1))
        let expected = PackageUse(
            router: shop.router.id,
            packageName: "3 Hours",
            userDays: 2,
            uptime: .seconds(120),
            bytesIn: 200,
            bytesOut: 2_000
        )
        #expect(use == [expected])
    }

    @Test("what gateways keep was received, what the owner brings was not", arguments: Backing.allCases)
    func receivedThroughEveryAccount(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let day = LocalDate(shop.clock.now)
        try await shop.post(
            "fee",
            [
                .debit(.gatewayClearing("momo"), ugx(970)), .debit(.gatewayFees, ugx(30)),
                try .credit(.deferredVouchers, ugx(1_000)),
            ]
        )
        try await shop.post("payout", [.debit(.bank, ugx(970)), try .credit(.gatewayClearing("momo"), ugx(970))])
        try await shop.post("float", [.debit(.safe, ugx(5_000)), try .credit(.ownersEquity, ugx(5_000))])
        let row = try #require(try await shop.owner.reports.revenue(DateRange(from: day, days: 1)).first)
        #expect(row.figures == [RevenueFigures(expected: ugx(0), received: ugx(1_000), earned: ugx(0))])
        let methods = try await shop.owner.reports.methods(DateRange(from: day, days: 1))
        #expect(methods.map(\.code) == ["bank", "clearing:momo", "safe"])
        #expect(methods.map(\.paidOut.minorUnits) == [0, 970, 0])
    }
}

extension Shop {
    /// Books something that no use case does yet.
    func post(_ key: String, _ postings: [Posting], tenant: Identifier<Tenant>? = nil) async throws {
        let tenant = tenant ?? self.tenant.id
        try await store.write(.tenant(tenant)) { store in
            try store.append(
                ledger: LedgerEntry(
                    id: Identifier(timestamp: clock.now, random: random.bytes(Identifier<LedgerEntry>.randomByteCount)),
                    tenant: tenant,
                    at: clock.now,
                    cause: "test:\(key)",
                    idempotencyKey: key,
                    actor: .system("test"),
                    postings: postings
                )
            )
        }
    }
}
