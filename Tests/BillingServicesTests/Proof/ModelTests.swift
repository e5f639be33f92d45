import BillingDomain
import BillingPersistence
import BillingServices
import Foundation
import TestSupport
import Testing

@Suite("A long random run against a model")
struct ModelTests {
    /// `PROOF_OPERATIONS=1000000` for the long run, `PROOF_BACKING=sqlite` for another store.
    private static let operations =
        ProcessInfo.processInfo.environment["PROOF_OPERATIONS"].flatMap(Int.init) ?? 9_000

    @Test(
        "vouchers, subscriptions, invoices and books are the model's to the last unit",
        arguments: [1, 2, 3] as [UInt64]
    )
    func everyUnitIsWhereItBelongs(seed: UInt64) async throws {
        let operations = Self.operations / 3
        // A long run has more customers, so that none has moved money oftener than people ever do.
        var run = try await ModelRun(seed: seed, customers: max(3, operations / 500))
        for operation in 1...operations {
            try await run.step()
            if operation % max(2_000, operations / 20) == 0 {
                try await run.compareBalances()
                print("model run \(seed): \(operation) operations, every account agrees")
            }
        }
        try await run.compareAll()
        #expect(run.done.values.allSatisfy { $0 > 1 }, "hardly ever done: \(run.done)")
        #expect(run.refused > 100)
        print("model run \(seed): \(run.done.sorted { $0.key < $1.key }), refused \(run.refused)")
    }
}

struct ModelRun {
    let shop: Shop
    let customers: [Customer]
    var chance: SplitMix64
    var model = ShopModel()
    /// The newest vouchers; what is older is left as it is.
    var open: Range<Int> { max(0, model.entries.count - 40)..<model.entries.count }
    var done: [String: Int] = [:]
    var refused = 0
    var invoices: [Identifier<Invoice>] = []
    var subscriptions: [Identifier<Subscription>] = []
    /// What paid for each run of each subscription; nil for a balance.
    var payments: [[Identifier<Payment>?]] = []

    init(seed: UInt64, customers count: Int) async throws {
        chance = SplitMix64(seed: seed)
        let backing = ProcessInfo.processInfo.environment["PROOF_BACKING"].flatMap(Backing.init) ?? .memory
        shop = try await Shop.open(backing, seed: seed)
        try await shop.set(.refundPolicy, to: RefundPolicy.nothing.rawValue)
        var customers: [Customer] = []
        for number in 0..<count { customers.append(try await shop.customer("Customer \(number)")) }
        self.customers = customers
    }

    mutating func step() async throws {
        shop.clock.advance(by: .seconds(Int64.random(in: 1...600, using: &chance)))
        let kind = open.isEmpty ? 0 : Int.random(in: 0..<40, using: &chance)
        switch kind {
        case 0, 1: try await generate()
        case 2, 3: try await topUp()
        case 4, 5: try await end()
        case 20, 21:
            let reserved = open.filter { model.entries[$0].state == .reserved }
            try await change((reserved.isEmpty ? Array(open) : reserved).randomElement(using: &chance) ?? 0, kind)
        case 24..<40: try await bill(kind)
        default: try await change(Int.random(in: open, using: &chance), kind)
        }
    }

    private mutating func change(_ at: Int, _ kind: Int) async throws {
        let vouchers = shop.owner.vouchers
        let entry = model.entries[at]
        let (code, key) = (entry.code, IdempotencyKey.new())
        let number = customers.indices.randomElement(using: &chance) ?? 0
        let customer = customers[number].id
        let isFresh = entry.state == .sold && entry.isUnused
        switch kind {
        case 6...11:
            let (options, account) = options(customer)
            let isAllowed = model.sell(at, into: account, buyer: options.customerID.map { _ in number })
            try await attempt("sell", isAllowed) {
                _ = try await vouchers.sell(codes: [code], options: options, key: key)
            }
        case 12, 13:
            try await shop.see(code, uptime: .zero)
            model.use(at, until: shop.clock.now + .seconds(3 * 3_600))
            if !entry.isDisabled, let end = entry.endsAt, end <= shop.clock.now { model.entries[at].hasEnded = true }
            done["use", default: 0] += 1
        case 14:
            let amount = Int64.random(in: 1...entry.price, using: &chance)
            let isAllowed = entry.state == .sold && entry.endsAt == nil
            if isAllowed { model.refund(at, amount) }
            try await attempt("refund", isAllowed) {
                let amount = Money(minorUnits: amount, currency: .ugx)
                _ = try await vouchers.refund(code: code, amount: amount, reason: "asked", key: key)
            }
        case 15:
            let isAllowed = isFresh && (entry.owner ?? number) == number
            if isAllowed {
                model.refund(at, entry.deferred, to: "customer-balance:\(customer)")
                model.entries[at].owner = number
            }
            try await attempt("redeem to balance", isAllowed) {
                _ = try await vouchers.redeemToBalance(code: code, of: customer, key: key)
            }
        case 16:
            let isAllowed = isFresh && entry.owner == nil
            if isAllowed { model.entries[at].owner = number }
            try await attempt("redeem", isAllowed) {
                _ = try await vouchers.redeem(code: code, for: customer, key: key)
            }
        case 17:
            let isAllowed = entry.state == .sold || entry.state == .generated
            if isAllowed { model.forfeit(at, .writtenOff) }
            try await attempt("write off", isAllowed) {
                _ = try await vouchers.writeOff(code: code, reason: "lost", key: key)
            }
        case 18:
            guard isFresh else { return }
            let price = Int64.random(in: 1...900, using: &chance)
            model.extend(at, price)
            let grant = try VoucherGrant(bytes: .mebibytes(1))
            try await attempt("extend", true) {
                let price = Money(minorUnits: price, currency: .ugx)
                _ = try await vouchers.extend(
                    code: code,
                    by: grant,
                    price: price,
                    method: .bankTransfer,
                    cause: "more",
                    key: key
                )
            }
        case 19:
            // Who has it reserved may reserve it again.
            let isAllowed = entry.isUnused && [.generated, .reserved].contains(entry.state)
            let lasting = Duration.seconds(30 * 86_400)
            if isAllowed {
                model.entries[at].state = .reserved
                model.entries[at].reservedUntil = shop.clock.now + lasting
            }
            try await attempt("reserve", isAllowed) {
                _ = try await vouchers.reserve(
                    codes: [code],
                    for: "order \(code)",
                    lasting: lasting,
                    key: key
                )
            }
        case 20:
            let (options, account) = options(customer)
            let buyer = options.customerID.map { _ in number }
            let isAllowed = model.sell(at, into: account, buyer: buyer, reserved: true)
            try await attempt("sell reserved", isAllowed) {
                _ = try await vouchers.sell(reservedFor: "order \(code)", options: options, key: key)
            }
        case 21:
            let isAllowed = entry.state == .reserved
            if isAllowed { model.entries[at].state = .generated }
            // Without a key: a second time there is nothing to release.
            try await attempt("release", isAllowed, isRepeatable: false) {
                _ = try await vouchers.release(reservedFor: "order \(code)")
            }
        default:
            let isAllowed = !entry.hasEnded
            if isAllowed { model.entries[at].isDisabled.toggle() }
            if entry.isDisabled { model.end(shop.clock.now, at..<(at + 1)) }
            try await attempt("switch", isAllowed, isRepeatable: false) {
                _ = try await entry.isDisabled ? vouchers.enable(code: code) : vouchers.disable(code: code)
            }
        }
    }

    /// Does something and expects it to be done or refused, and done once however often it is repeated.
    mutating func attempt(
        _ name: String,
        _ isAllowed: Bool,
        isRepeatable: Bool = true,
        _ body: () async throws -> Void
    ) async throws {
        do {
            try await body()
            if isRepeatable, Int.random(in: 0..<4, using: &chance) == 0 { try await body() }
            #expect(isAllowed, "\(name) was done")
            done[name, default: 0] += 1
        } catch let error as BillingError {
            #expect(!isAllowed, "\(name) was refused: \(error)")
            refused += 1
        }
    }

    private mutating func options(_ customer: Identifier<Customer>) -> (SaleOptions, String) {
        switch Int.random(in: 0..<4, using: &chance) {
        case 0: (SaleOptions(method: .cash), Account.safe.rawValue)
        case 1: (SaleOptions(method: .bankTransfer), "bank")
        default: (SaleOptions(method: .balance, customerID: customer), "customer-balance:\(customer)")
        }
    }

    private mutating func generate() async throws {
        let price = Int64.random(in: 1...9_999, using: &chance)
        let isSold = Int.random(in: 0..<4, using: &chance) == 0
        let terms = try VoucherTerms(
            validity: .seconds(3 * 3_600),
            dataQuota: .mebibytes(500),
            price: Money(minorUnits: price, currency: .ugx)
        )
        let made = try await shop.owner.vouchers.generate(
            Int.random(in: 1...3, using: &chance),
            terms: terms,
            on: shop.router.id,
            sold: isSold,
            key: .new()
        )
        for voucher in made.vouchers {
            model.entries.append(ShopModel.Entry(code: voucher.code, price: price))
            let cash = Account.safe.rawValue
            if isSold { _ = model.sell(model.entries.count - 1, into: cash) }
        }
        done["generate", default: 0] += 1
    }

    private mutating func topUp() async throws {
        let customer = try #require(customers.randomElement(using: &chance))
        let (paid, granted) = (Int64.random(in: 1...9_000, using: &chance), Int64.random(in: 0...2_000, using: &chance))
        try await shop.credit(customer, paid: paid, granted: granted)
        model.move(paid, from: "customer-balance:\(customer.id)", to: "bank")
        model.move(granted, from: "customer-grant:\(customer.id)", to: "promotions")
        done["top up", default: 0] += 1
    }

    private mutating func end() async throws {
        try await shop.billing.upkeep.run()
        model.end(shop.clock.now, model.entries.indices)
        model.release(shop.clock.now)
        done["upkeep", default: 0] += 1
    }

    func compareBalances() async throws {
        #expect(try await shop.balances() == model.accounts.filter { $0.value != 0 })
    }

    /// Compares everything: each voucher, each balance with the fold of all postings, and the chain of the books.
    mutating func compareAll() async throws {
        try await compareBalances()
        try await compareBills()
        let entries = Dictionary(uniqueKeysWithValues: model.entries.map { ($0.code, $0) })
        let count = try await shop.store.read(.tenant(shop.tenant.id)) { store in
            var count = 0
            try store.forEach(Query<Voucher>()) { voucher in
                let entry = try #require(entries[voucher.code])
                count += 1
                #expect(voucher.commercial == entry.state, "\(voucher.code)")
                #expect(voucher.expiresAt == entry.endsAt, "\(voucher.code)")
                #expect(voucher.access.isFinal == entry.hasEnded, "\(voucher.code) \(voucher.access)")
                #expect((voucher.access == .disabled) == entry.isDisabled, "\(voucher.code)")
            }
            return count
        }
        #expect(count == entries.count)
        let folded = try await fold()
        #expect(try folded.total(in: .ugx).isZero)
        let lines = folded.lines(in: .ugx).map { ($0.account.rawValue, $0.amount.minorUnits) }
        #expect(Dictionary(uniqueKeysWithValues: lines) == model.accounts.filter { $0.value != 0 })
        #expect(try await shop.store.verifyBooks() == nil)
    }

    /// All postings from the first on: each entry sums to zero, and none has ever overdrawn a wallet.
    private func fold() async throws -> TrialBalance {
        try await shop.store.read(.tenant(shop.tenant.id)) { store in
            var entries: [LedgerEntry] = []
            var place: PageCursor?
            repeat {
                let page = try store.ledgerEntries(PageRequest(after: place, size: 10_000))
                entries += page.items
                place = page.next
            } while place != nil
            var balance = TrialBalance()
            for entry in entries.reversed() {
                #expect(entry.postings.reduce(0) { $0 + $1.amount.minorUnits } == 0, "\(entry.cause)")
                try balance.apply(entry.postings)
            }
            return balance
        }
    }
}
