import BillingDomain
import BillingPersistence
import BillingServices

/// A shop that has traded for a year, written past the services: what is measured then is reading.
extension Shop {
    var now: Timestamp { BillingEnvironment.live.now() }

    /// What a stock is made of.
    struct Stock {
        /// The routers that its vouchers are for.
        var routers: [Identifier<Router>] = []
        /// Some of its batches.
        var batches: [Identifier<VoucherBatch>] = []
        /// Codes from all over it.
        var codes: [String] = []
    }

    /// Fills the shop with vouchers in every state, in batches of 10 000 on 20 routers over the last year.
    func stock(_ count: Int) async throws -> Stock {
        var stock = Stock(routers: [router.id])
        for number in 1..<20 {
            let draft = RouterDraft(
                name: "Hall \(number)",
                host: "10.10.1.\(number)",
                username: "api",
                password: "secret"
            )
            stock.routers.append(try await owner.routers.add(draft, key: .new()).id)
        }
        let year = Duration.seconds(360 * 86_400)
        let step = year / max(1, count)
        let start = now - year
        for first in stride(from: 0, to: count, by: 10_000) {
            let numbers = first..<min(first + 10_000, count)
            let batch = VoucherBatch(
                id: try identifier(at: start + step * first),
                tenant: tenant.id,
                package: package.id,
                packageName: package.name,
                terms: package.terms,
                quantity: numbers.count,
                router: stock.routers[first / 10_000 % stock.routers.count],
                createdBy: owner.actor,
                createdAt: start + step * first
            )
            stock.batches.append(batch.id)
            let vouchers = try numbers.map { try voucher($0, of: batch, soldAt: start + step * $0) }
            stock.codes += stride(from: 0, to: vouchers.count, by: 100).map { vouchers[$0].code }
            try await database.store.write(.tenant(tenant.id)) { store in
                try store.insert(batch)
                try store.insert(vouchers: vouchers)
            }
        }
        return stock
    }

    /// Of a hundred vouchers 60 wait, 2 are in use, 35 have ended and 3 were switched off; one is not on its router.
    private func voucher(_ number: Int, of batch: VoucherBatch, soldAt: Timestamp) throws -> Voucher {
        // Spread over the batch, so that no state lies on its own pages.
        let kind = number &* 37 % 100
        let access: AccessState =
            switch kind {
            case ..<60: .unused
            case ..<62: .active
            case ..<85: .expired
            case ..<97: .depleted
            default: .disabled
            }
        let isSold = kind >= 30
        let isUsed = (60..<97).contains(kind)
        return Voucher(
            id: try identifier(at: batch.createdAt),
            tenant: tenant.id,
            batch: batch.id,
            code: Self.code(number),
            router: batch.router,
            packageName: batch.packageName,
            terms: batch.terms,
            customer: kind % 20 == 0 ? "Customer \(number)" : nil,
            commercial: isSold ? .sold : .generated,
            access: access,
            provisioning: kind == 7 ? .pending : .present,
            createdAt: batch.createdAt,
            soldAt: isSold ? soldAt : nil,
            soldBy: isSold ? .staff(Identifier(high: 1, low: UInt64(number % 10))) : nil,
            activatedAt: isUsed ? soldAt + .seconds(600) : nil,
            activationEvidence: isUsed ? .log : nil,
            expiresAt: isUsed
                ? (access == .active ? now + .seconds(Int64(number % 10_000)) : soldAt + .seconds(7_200)) : nil
        )
    }

    /// A code of eight symbols for each number; those of neighbours are unlike.
    private static func code(_ number: Int) -> String {
        var rest = UInt64(number) &* 0x9E37_79B9_7F % (1 << 40)
        return String(
            (0..<8).map { _ in
                defer { rest >>= 5 }
                return Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")[Int(rest & 31)]
            }
        )
    }

    private func identifier<Record>(at instant: Timestamp) throws -> Identifier<Record> {
        let environment = BillingEnvironment.live
        return Identifier(timestamp: instant, random: try environment.randomBytes(Identifier<Record>.randomByteCount))
    }

    /// Books sales of one voucher for cash, two rows each, all of them on one day of UTC, into ten drawers.
    func book(_ postings: Int, on day: LocalDate) async throws {
        let entries = max(1, postings / 2)
        let price = Money(minorUnits: 2_500, currency: .ugx)
        for first in stride(from: 0, to: entries, by: 10_000) {
            let sales = try (first..<min(first + 10_000, entries)).map { number in
                let at =
                    Timestamp(secondsSince1970: day.daysSince1970 * 86_400)
                    + .microseconds(Int64(number) * 86_400_000_000 / Int64(entries))
                let drawer = Account.cash(Identifier(high: 1, low: UInt64(number % 10)))
                return try LedgerEntry(
                    id: try identifier(at: at),
                    tenant: tenant.id,
                    at: at,
                    cause: "sale:benchmark",
                    idempotencyKey: "sale:\(number)",
                    actor: owner.actor,
                    postings: [.debit(drawer, price), try .credit(.deferredVouchers, price)]
                )
            }
            try await database.store.write(.tenant(tenant.id)) { try $0.append(ledger: sales) }
        }
    }
}
