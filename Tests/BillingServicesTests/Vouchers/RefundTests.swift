import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Paying vouchers back")
struct RefundTests {
    private func ugx(_ units: Int64) -> Money { Money(minorUnits: units, currency: .ugx) }

    @Test(arguments: Backing.allCases)
    func anUnusedVoucherIsPaidBackInFullAndTheBooksAreAsBefore(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let batch = try await shop.generate(3, sold: true)
        let code = batch.vouchers[1].code
        let refunded = try await shop.owner.vouchers.refund(code: code, reason: "complaint", key: .new())
        #expect((refunded.access, refunded.commercial) == (.revoked, .refunded))
        #expect(refunded.refundedAmount == ugx(2_500))
        #expect(refunded.provisioning == .removing)
        let cash = Account.safe.rawValue
        #expect(try await shop.balances() == [cash: 5_000, "deferred-vouchers": -5_000])
        try await shop.expectSoundBooks()
    }

    @Test(arguments: Backing.allCases)
    func ofOneInUseTheUnusedPartIsPaidBack(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let voucher = try await shop.soldVoucher(VoucherTerms(validity: .seconds(4_000), price: ugx(1_000)))
        try await shop.see(voucher.code, uptime: .zero)
        shop.clock.advance(by: .seconds(1_000))
        let refunded = try await shop.owner.vouchers.refund(code: voucher.code, reason: "moved", key: .new())
        #expect(refunded.refundedAmount == ugx(750))
        let cash = Account.safe.rawValue
        #expect(try await shop.balances() == [cash: 250, "voucher-revenue": -250])
    }

    @Test func theTenantMaySayThatNothingInUseIsPaidBack() async throws {
        let shop = try await Shop.open(.memory)
        try await shop.set(.refundPolicy, to: RefundPolicy.nothing.rawValue)
        let voucher = try await shop.soldVoucher()
        try await shop.see(voucher.code)
        await expectRefusal(.conflict, field: "code") {
            try await shop.owner.vouchers.refund(code: voucher.code, reason: "moved", key: .new())
        }
        #expect(
            try await shop.owner.vouchers.voucher(code: voucher.code).access == .active,
            "it is not withdrawn either"
        )
    }

    @Test(arguments: Backing.allCases)
    func theSameRefundUnderTheSameKeyIsPaidOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let code = try await shop.soldVoucher().code
        let key = IdempotencyKey.new()
        let first = try await shop.owner.vouchers.refund(code: code, reason: "complaint", key: key)
        #expect(try await shop.owner.vouchers.refund(code: code, reason: "complaint", key: key) == first)
        #expect(try await shop.balances() == [:])
        await expectRefusal(.conflict) {
            try await shop.owner.vouchers.refund(code: code, reason: "complaint", key: .new())
        }
    }

    @Test("refuses an amount above what is left, nothing, another currency, and no reason")
    func badAmountsAreRefused() async throws {
        let shop = try await Shop.open(.memory)
        let code = try await shop.soldVoucher().code
        for amount in [ugx(2_501), ugx(0), ugx(-1), Money(minorUnits: 1, currency: .usd)] {
            await expectRefusal(.invalidInput, field: "amount") {
                try await shop.owner.vouchers.refund(code: code, amount: amount, reason: "x", key: .new())
            }
        }
        await expectRefusal(.invalidInput, field: "reason") {
            try await shop.owner.vouchers.refund(code: code, reason: " ", key: .new())
        }
        let part = try await shop.owner.vouchers.refund(code: code, amount: ugx(1_000), reason: "half", key: .new())
        #expect(part.refundedAmount == ugx(1_000))
        // What is kept can no longer be used, so it is earned.
        #expect(try await shop.balances()["breakage-revenue"] == -1_500)
        try await shop.expectSoundBooks()
    }

    @Test func whatWasNotSoldIsNotPaidBack() async throws {
        let shop = try await Shop.open(.memory)
        let code = try await shop.generate().vouchers[0].code
        await expectRefusal(.conflict, field: "code") {
            try await shop.owner.vouchers.refund(code: code, reason: "x", key: .new())
        }
    }

    @Test(arguments: Backing.allCases)
    func whatWasGrantedComesBackAsAGrantAndNeverAsMoney(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let customer = try await shop.customer()
        try await shop.credit(customer, paid: 1_000, granted: 2_500)
        let code = try await shop.generate().vouchers[0].code
        _ = try await shop.owner.vouchers.sell(
            codes: [code],
            options: SaleOptions(method: .balance, customerID: customer.id),
            key: .new()
        )
        #expect(try await shop.balances()["customer-grant:\(customer.id)"] == nil)
        await expectRefusal(.invalidInput, field: "destination") {
            try await shop.owner.vouchers.refund(code: code, to: .cash, reason: "x", key: .new())
        }
        _ = try await shop.owner.vouchers.refund(code: code, reason: "x", key: .new())
        #expect(try await shop.balances()["customer-grant:\(customer.id)"] == -2_500)
        #expect(try await shop.balances()["customer-balance:\(customer.id)"] == -1_000)
        try await shop.expectSoundBooks()
    }

    @Test(arguments: Backing.allCases)
    func cashMayBePaidBackToABalance(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let customer = try await shop.customer()
        let code = try await shop.soldVoucher().code
        await expectRefusal(.invalidInput, field: "customer") {
            try await shop.owner.vouchers.refund(code: code, to: .balance, reason: "x", key: .new())
        }
        _ = try await shop.owner.vouchers.transfer(code: code, toCustomer: customer.id)
        _ = try await shop.owner.vouchers.refund(code: code, to: .balance, reason: "x", key: .new())
        let cash = Account.safe.rawValue
        #expect(try await shop.balances() == [cash: 2_500, "customer-balance:\(customer.id)": -2_500])
    }

    @Test(arguments: Backing.allCases)
    func aWrittenOffVoucherEarnsWhatIsOwedForIt(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let sold = try await shop.soldVoucher().code
        let stock = try await shop.generate().vouchers[0].code
        let key = IdempotencyKey.new()
        let first = try await shop.owner.vouchers.writeOff(code: sold, reason: "burnt", key: key)
        #expect((first.access, first.commercial) == (.revoked, .writtenOff))
        #expect(try await shop.owner.vouchers.writeOff(code: sold, reason: "burnt", key: key) == first)
        _ = try await shop.owner.vouchers.writeOff(code: stock, reason: "lost", key: .new())
        let cash = Account.safe.rawValue
        #expect(try await shop.balances() == [cash: 2_500, "breakage-revenue": -2_500])
        await expectRefusal(.conflict) {
            try await shop.owner.vouchers.writeOff(code: sold, reason: "again", key: .new())
        }
        await expectRefusal(.conflict) { try await shop.owner.vouchers.sell(codes: [stock], key: .new()) }
    }
}
