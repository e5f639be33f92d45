import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Random runs against a small model")
struct RandomRunTests {
    /// What the books and vouchers ought to be, kept in the simplest way.
    private struct Model {
        struct Entry {
            let price: Int64
            var isSold: Bool
            var isUsed = false
            var isDisabled = false
            var hasEnded = false
            var expiresAt: Timestamp?
        }

        var vouchers: [String: Entry] = [:]

        var cash: Int64 { sum { $0.isSold } }
        var deferred: Int64 { -sum { $0.isSold && !$0.isUsed } }
        var revenue: Int64 { -sum { $0.isSold && $0.isUsed } }

        private func sum(_ condition: (Entry) -> Bool) -> Int64 {
            vouchers.values.filter(condition).reduce(0) { $0 + $1.price }
        }
    }

    @Test("books, codes and states agree after every step", arguments: Backing.allCases, [1, 2, 3, 4, 5] as [UInt64])
    func stepsAgreeWithTheModel(backing: Backing, seed: UInt64) async throws {
        let shop = try await Shop.open(backing, seed: seed)
        var chance = SplitMix64(seed: seed)
        var model = Model()
        for _ in 0..<(backing == .memory ? 120 : 60) {
            shop.clock.advance(by: .seconds(Int64.random(in: 1...1_800, using: &chance)))
            switch Int.random(in: 0..<10, using: &chance) {
            case 0, 1:
                try await generate(shop, &model, &chance)
            case 2, 3, 4:
                try await sell(shop, &model, &chance)
            case 5, 6, 7:
                try await observe(shop, &model, &chance)
            case 8:
                try await expire(shop, &model)
            default:
                try await toggle(shop, &model, &chance)
            }
            try await check(shop, model)
        }
        let total = try await shop.owner.vouchers.list(VoucherFilter(), PageRequest(isCounted: true)).total
        #expect(total == ListTotal(model.vouchers.count))
        #expect(model.vouchers.values.contains { $0.isUsed && $0.isSold }, "the run never earned anything")
    }

    private func generate(_ shop: Shop, _ model: inout Model, _ chance: inout SplitMix64) async throws {
        let quantity = Int.random(in: 1...8, using: &chance)
        let sold = Bool.random(using: &chance)
        let key = IdempotencyKey.new()
        let made = try await shop.generate(quantity, sold: sold, key: key)
        if Bool.random(using: &chance) {
            #expect(try await shop.generate(quantity, sold: sold, key: key) == made)
        }
        for voucher in made.vouchers {
            let entry = Model.Entry(price: voucher.terms.price.minorUnits, isSold: sold)
            #expect(model.vouchers.updateValue(entry, forKey: voucher.code) == nil, "a code was made twice")
        }
    }

    private func sell(_ shop: Shop, _ model: inout Model, _ chance: inout SplitMix64) async throws {
        let codes = pick(from: model, &chance)
        guard !codes.isEmpty else { return }
        let mayBeSold = codes.allSatisfy { code in
            model.vouchers[code].map { !$0.isSold && !$0.isDisabled } ?? false
        }
        let key = IdempotencyKey.new()
        guard mayBeSold else {
            await expectRefusal(.conflict) { try await shop.owner.vouchers.sell(codes: codes, key: key) }
            return
        }
        let sale = try await shop.owner.vouchers.sell(codes: codes, key: key)
        if Bool.random(using: &chance) {
            #expect(try await shop.owner.vouchers.sell(codes: codes, key: key) == sale)
        }
        for code in codes {
            model.vouchers[code]?.isSold = true
        }
    }

    private func observe(_ shop: Shop, _ model: inout Model, _ chance: inout SplitMix64) async throws {
        for code in pick(from: model, &chance) {
            let bytes = Int64.random(in: 0...400_000_000, using: &chance)
            try await shop.see(code, uptime: .seconds(Int64.random(in: 0...900, using: &chance)), bytesIn: bytes)
            let voucher = try await shop.owner.vouchers.voucher(code: code)
            guard var entry = model.vouchers[code], !entry.isDisabled else { continue }
            entry.isUsed = true
            if entry.expiresAt == nil {
                entry.expiresAt = voucher.expiresAt
            }
            #expect(entry.expiresAt == voucher.expiresAt, "the end of a validity moved")
            entry.hasEnded = entry.hasEnded || isOver(voucher, at: shop.clock.now)
            model.vouchers[code] = entry
        }
    }

    private func expire(_ shop: Shop, _ model: inout Model) async throws {
        let now = shop.clock.now
        var due = 0
        for (code, entry) in model.vouchers where !entry.hasEnded && !entry.isDisabled {
            guard let end = entry.expiresAt, end <= now else { continue }
            due += 1
            model.vouchers[code]?.hasEnded = true
        }
        #expect(try await shop.billing.upkeep.run().expired == due)
    }

    private func toggle(_ shop: Shop, _ model: inout Model, _ chance: inout SplitMix64) async throws {
        guard let code = pick(from: model, &chance).first, let entry = model.vouchers[code], !entry.hasEnded
        else { return }
        let vouchers = shop.owner.vouchers
        let voucher = try await entry.isDisabled ? vouchers.enable(code: code) : vouchers.disable(code: code)
        model.vouchers[code]?.isDisabled.toggle()
        model.vouchers[code]?.hasEnded = entry.isDisabled && entry.isUsed && isOver(voucher, at: shop.clock.now)
        #expect((voucher.documentStatus == .disabled) != entry.isDisabled)
    }

    /// Whether a voucher in use has used up its time or its 1.5 GB.
    private func isOver(_ voucher: Voucher, at now: Timestamp) -> Bool {
        voucher.usage.bytesTotal >= 1_610_612_736 || voucher.expiresAt.map { $0 <= now } ?? false
    }

    private func check(_ shop: Shop, _ model: Model) async throws {
        let balances = try await shop.owner.reports.balances()
        #expect(balances.reduce(0) { $0 + $1.balance.minorUnits } == 0)
        let byAccount = try await shop.balances()
        #expect(byAccount[Account.safe.rawValue] ?? 0 == model.cash)
        #expect(byAccount["deferred-vouchers"] ?? 0 == model.deferred)
        #expect(byAccount["voucher-revenue"] ?? 0 == model.revenue)
        let counts = try await shop.owner.reports.dashboard().vouchers
        #expect(counts.total == model.vouchers.count)
        #expect(counts[CommercialState.sold] == model.vouchers.values.count { $0.isSold })
        #expect(counts.count { $0.access.isFinal } == model.vouchers.values.count { $0.hasEnded })
    }

    /// Up to three codes, in an order that does not depend on hashing.
    private func pick(from model: Model, _ chance: inout SplitMix64) -> [String] {
        var codes = model.vouchers.keys.sorted()
        codes.shuffle(using: &chance)
        return Array(codes.prefix(Int.random(in: 1...3, using: &chance)))
    }
}
