import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Redeeming vouchers")
struct RedemptionTests {
    @Test("of 100 customers who redeem one code at once, one gets it", arguments: Backing.allCases)
    func oneOfManyWins(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let code = try await shop.soldVoucher().code
        var customers: [Customer] = []
        for index in 0..<100 { customers.append(try await shop.customer("Customer \(index)")) }
        let winners = await withTaskGroup(of: Identifier<Customer>?.self) { group in
            for customer in customers {
                group.addTask {
                    let voucher = try? await shop.owner.vouchers.redeem(code: code, for: customer.id, key: .new())
                    return voucher == nil ? nil : customer.id
                }
            }
            var winners: [Identifier<Customer>] = []
            for await winner in group { if let winner { winners.append(winner) } }
            return winners
        }
        #expect(winners.count == 1)
        #expect(try await shop.owner.vouchers.voucher(code: code).customerID == winners.first)
    }

    @Test("of 100 sales of one code at once, one is entered", arguments: Backing.allCases)
    func oneOfManySalesIsEntered(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let code = try await shop.generate().vouchers[0].code
        let sales = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<100 {
                group.addTask { (try? await shop.owner.vouchers.sell(codes: [code], key: .new())) != nil }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(sales == 1)
        #expect(try await shop.balances()["deferred-vouchers"] == -2_500)
        try await shop.expectSoundBooks()
    }

    @Test("of 100 redemptions to balances at once, one is credited", arguments: Backing.allCases)
    func oneOfManyCreditsIsGiven(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let code = try await shop.soldVoucher().code
        let customers = [try await shop.customer("A"), try await shop.customer("B")]
        let credits = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<100 {
                group.addTask {
                    let customer = customers[index % 2].id
                    return (try? await shop.owner.vouchers.redeemToBalance(code: code, of: customer, key: .new()))
                        != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(credits == 1)
        let given = try await shop.balances().filter { $0.key.hasPrefix("customer-balance") }.values
        #expect(Array(given) == [-2_500])
        #expect(try await shop.balances()["deferred-vouchers"] == nil)
        try await shop.expectSoundBooks()
    }

    @Test(arguments: Backing.allCases)
    func aCodeIsUnderstoodHoweverItIsTyped(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let customer = try await shop.customer("Amina")
        let code = try await shop.soldVoucher().code
        let typed = " \(code.prefix(4).lowercased()) \(code.dropFirst(4).prefix(4))-\(code.suffix(4)) "
        let key = IdempotencyKey.new()
        let voucher = try await shop.owner.vouchers.redeem(code: typed, for: customer.id, key: key)
        #expect(voucher.code == code)
        #expect((voucher.customerID, voucher.customer) == (customer.id, "Amina"))
        #expect(try await shop.owner.vouchers.redeem(code: typed, for: customer.id, key: key) == voucher)
        await expectRefusal(.conflict, field: "code") {
            try await shop.owner.vouchers.redeem(code: code, for: customer.id, key: .new())
        }
    }

    @Test func whatCannotBeUsedIsNotRedeemed() async throws {
        let shop = try await Shop.open(.memory)
        let customer = try await shop.customer()
        let stock = try await shop.generate().vouchers[0].code
        let used = try await shop.soldVoucher().code
        try await shop.see(used)
        let disabled = try await shop.soldVoucher().code
        _ = try await shop.owner.vouchers.disable(code: disabled)
        for code in [stock, used, disabled] {
            await expectRefusal(.conflict, field: "code") {
                try await shop.owner.vouchers.redeem(code: code, for: customer.id, key: .new())
            }
            await expectRefusal(.conflict, field: "code") {
                try await shop.owner.vouchers.redeemToBalance(code: code, of: customer.id, key: .new())
            }
        }
        await expectRefusal(.notFound, field: "code") {
            try await shop.owner.vouchers.redeem(code: "NOSUCHCODE22", for: customer.id, key: .new())
        }
        let code = try await shop.soldVoucher().code
        await expectRefusal(.notFound, field: "customer") {
            try await shop.owner.vouchers.redeem(code: code, for: Identifier(high: 1, low: 2), key: .new())
        }
    }

    @Test(arguments: Backing.allCases)
    func aRedeemedVoucherMayStillBecomeCreditOfItsOwnCustomer(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let mine = try await shop.customer("A")
        let other = try await shop.customer("B")
        let code = try await shop.soldVoucher().code
        _ = try await shop.owner.vouchers.redeem(code: code, for: mine.id, key: .new())
        await expectRefusal(.conflict, field: "code") {
            try await shop.owner.vouchers.redeemToBalance(code: code, of: other.id, key: .new())
        }
        let key = IdempotencyKey.new()
        let voucher = try await shop.owner.vouchers.redeemToBalance(code: code, of: mine.id, key: key)
        #expect((voucher.access, voucher.commercial, voucher.provisioning) == (.revoked, .refunded, .removing))
        #expect(try await shop.owner.vouchers.redeemToBalance(code: code, of: mine.id, key: key) == voucher)
        #expect(try await shop.balances()["customer-balance:\(mine.id)"] == -2_500)
    }
}
