import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Cash goes into open drawers")
struct DrawerTests {
    private func ugx(_ units: Int64) -> Money { Money(minorUnits: units, currency: .ugx) }

    /// Everything that a person does with cash.
    private func uses(
        of session: BillingSession,
        in shop: Shop
    ) async throws -> [@Sendable () async throws -> Void] {
        let customer = try await shop.customer()
        let codes = try await shop.generate(2).vouchers.map(\.code)
        let agent = try await shop.agent(.prepaid)
        _ = try await shop.owner.vouchers.sell(codes: [codes[1]], key: .new())
        let topUp = PaymentDraft(customer: customer.id, method: .cash, price: ugx(1_000), purpose: .topUp)
        return [
            { _ = try await session.vouchers.sell(codes: [codes[0]], key: .new()) },
            { _ = try await session.vouchers.refund(code: codes[1], reason: "x", key: .new()) },
            { _ = try await session.payments.take(topUp, key: .new()) },
            { _ = try await session.agents.takeMoney(ugx(10), of: agent.id, into: .drawer, key: .new()) },
        ]
    }

    @Test("a drawer that was counted takes and pays nothing until it is closed", arguments: Backing.allCases)
    func countedDrawers(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let till = try await shop.person(.superAdministrator).session
        let uses = try await uses(of: till, in: shop)
        _ = try await till.shifts.open(float: ugx(10_000), key: .new())
        _ = try await till.shifts.count(ugx(10_000))
        for use in uses { await expectRefusal(.conflict, field: "payment") { try await use() } }
        _ = try await till.shifts.close(.ugx, key: .new())
        _ = try await till.shifts.open(float: ugx(10_000), key: .new())
        for use in uses { try await use() }
    }

    @Test("a house may ask for an open shift before any cash moves", arguments: Backing.allCases)
    func shiftsMayBeRequired(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let till = try await shop.person(.superAdministrator).session
        let uses = try await uses(of: till, in: shop)
        try await shop.set(.cashNeedsShift, to: true)
        await expectRefusal(.conflict, "a program has no shift", field: "payment") {
            try await shop.generate(1, sold: true)
        }
        for use in uses { await expectRefusal(.conflict, field: "payment") { try await use() } }
        _ = try await till.shifts.open(float: ugx(10_000), key: .new())
        for use in uses { try await use() }
        // Everything that moved is found in the drawer.
        let shift = try #require(try await till.shifts.current(.ugx))
        #expect((shift.sales, shift.refunds) == (ugx(3_510), ugx(2_500)))
    }

    @Test("no more goes out of a drawer than it holds, so that it can always be counted", arguments: Backing.allCases)
    func drawersAreNeverOverdrawn(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let till = try await shop.person(.superAdministrator).session
        let codes = try await shop.generate(2).vouchers.map(\.code)
        _ = try await till.vouchers.sell(codes: codes, key: .new())
        // What was sold before it is not in this drawer.
        shop.clock.advance(by: .seconds(60))
        _ = try await till.shifts.open(float: ugx(2_600), key: .new())
        _ = try await till.vouchers.refund(code: codes[0], reason: "x", key: .new())
        await expectRefusal(.conflict, field: "payment") {
            try await till.vouchers.refund(code: codes[1], reason: "x", key: .new())
        }
        #expect(try await till.shifts.count(ugx(100)).state == .counted)
    }
}
