import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Gifts are never paid out")
struct GiftTests {
    private func ugx(_ units: Int64) -> Money { Money(minorUnits: units, currency: .ugx) }

    /// A voucher that a grant has paid for, with an hour more that was paid in cash.
    private func voucher(in shop: Shop, _ customer: Customer) async throws -> String {
        try await shop.credit(customer, paid: 0, granted: 2_500)
        let code = try await shop.generate().vouchers[0].code
        let options = SaleOptions(method: .balance, customerID: customer.id)
        _ = try await shop.owner.vouchers.sell(codes: [code], options: options, key: .new())
        _ = try await shop.owner.vouchers.extend(
            code: code,
            by: VoucherGrant(bytes: .mebibytes(100)),
            price: ugx(500),
            cause: "top-up",
            key: .new()
        )
        return code
    }

    @Test("of a granted voucher with a paid extension a refund pays out the extension", arguments: Backing.allCases)
    func refunds(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let customer = try await shop.customer()
        let code = try await voucher(in: shop, customer)
        let refunded = try await shop.owner.vouchers.refund(code: code, reason: "x", key: .new())
        #expect(refunded.refundedAmount == ugx(3_000))
        #expect(try await shop.balances() == ["customer-grant:\(customer.id)": -2_500, "promotions": 2_500])
        try await shop.expectSoundBooks()
    }

    @Test("redeemed to a balance, the grant stays a grant and the rest is credit", arguments: Backing.allCases)
    func redemptions(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let customer = try await shop.customer()
        let code = try await voucher(in: shop, customer)
        _ = try await shop.owner.vouchers.redeemToBalance(code: code, of: customer.id, key: .new())
        let wallet = try await shop.owner.wallets.balance(of: customer.id)
        #expect((wallet.paid, wallet.granted) == (ugx(500), ugx(2_500)))
        try await shop.expectSoundBooks()
    }

    @Test("a part goes back from the latest payment first", arguments: Backing.allCases)
    func parts(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let customer = try await shop.customer()
        let code = try await voucher(in: shop, customer)
        _ = try await shop.owner.vouchers.refund(code: code, amount: ugx(600), reason: "x", key: .new())
        #expect(try await shop.balances()["customer-grant:\(customer.id)"] == -100)
        #expect(try await shop.balances()["breakage-revenue"] == -2_400)
        try await shop.expectSoundBooks()
    }

    @Test("time that was added for nothing is not paid back", arguments: Backing.allCases)
    func addedTime(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let voucher = try await shop.soldVoucher(VoucherTerms(validity: .seconds(10_000), price: ugx(1_000)))
        try await shop.see(voucher.code, uptime: .zero)
        shop.clock.advance(by: .seconds(5_000))
        let gift = try VoucherGrant(time: .elapsed(.seconds(10_000)))
        _ = try await shop.owner.vouchers.extend(code: voucher.code, by: gift, cause: "an outage", key: .new())
        let refunded = try await shop.owner.vouchers.refund(code: voucher.code, reason: "moved", key: .new())
        #expect(refunded.refundedAmount == ugx(500))
        try await shop.expectSoundBooks()
    }

    @Test func aVoucherGivenAwayWasPaidWithNothing() async throws {
        let shop = try await Shop.open(.memory)
        let code = try await shop.generate().vouchers[0].code
        let sale = try await shop.owner.vouchers.sell(
            codes: [code],
            options: SaleOptions(unitPrice: ugx(0)),
            key: .new()
        )
        #expect(sale.vouchers[0].paid == VoucherPayment(ugx(0)))
        await expectRefusal(.conflict) {
            try await shop.owner.vouchers.refund(code: code, reason: "x", key: .new())
        }
        let customer = try await shop.customer()
        await expectRefusal(.conflict) {
            try await shop.owner.vouchers.redeemToBalance(code: code, of: customer.id, key: .new())
        }
        #expect(try await shop.balances().isEmpty)
    }
}
