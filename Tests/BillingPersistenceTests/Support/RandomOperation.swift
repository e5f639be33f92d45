import BillingDomain
import BillingPersistence
import StoreSamples

/// One random call, the same for every store it is made on.
struct RandomOperation: Sendable, CustomStringConvertible {
    /// Few identities, so that calls meet each other.
    static let numbers = 1...4

    /// Gives a store something to begin with, so that most calls succeed.
    static func prepare(_ store: any BillingStore) async throws {
        try await store.found(1...2)
        for number in 1...3 {
            let tenant = 1 + number % 2
            try await store.write(.tenant(Samples.id(tenant))) { tx in
                try tx.insert(Samples.router(number, tenant: tenant))
                try tx.insert(Samples.batch(number, tenant: tenant, router: number))
                try tx.insert(Samples.voucher(number, tenant: tenant, batch: number, router: number))
            }
        }
    }

    var kind: Int
    var first: Int
    var second: Int
    var tenant: Int
    var amount: Int64

    init(using generator: inout some RandomNumberGenerator) {
        kind = .random(in: 0..<26, using: &generator)
        first = .random(in: Self.numbers, using: &generator)
        second = .random(in: Self.numbers, using: &generator)
        // Mostly the tenant that the number belongs to, so that most calls succeed.
        tenant = Int.random(in: 0..<5, using: &generator) == 0 ? 3 - (1 + first % 2) : 1 + first % 2
        amount = .random(in: 1...9, using: &generator)
    }

    var description: String { "\(kind)(\(first), \(second), tenant \(tenant), \(amount))" }

    /// What the call answers, or the code of the error it throws.
    func answer(_ tx: any StoreTransaction) -> String {
        do {
            return try call(tx)
        } catch let error as PersistenceError {
            return error.code.rawValue
        } catch {
            return "\(error)"
        }
    }

    private func call(_ tx: any StoreTransaction) throws -> String {
        let now = Samples.time(Int(amount))
        switch kind {
        case 0: try tx.insert(Samples.tenant(first))
        case 1: try tx.insert(Samples.router(first, tenant: tenant))
        case 2: try tx.insert(Samples.package(first, tenant: tenant, name: "Package \(second)"))
        case 3: try tx.insert(Samples.batch(first, tenant: tenant, router: first, quantity: second))
        case 4: try tx.insert(Samples.voucher(Int(amount) + first, tenant: tenant, batch: first, router: first))
        case 5:
            // The batch and the router are there: of several faults at once each store may name another first.
            let vouchers = try [first, second].map {
                try Samples.voucher(Int(amount) + $0, tenant: tenant, batch: 3 - tenant, router: 3 - tenant)
            }
            try tx.insert(vouchers: vouchers)
        case 6: try tx.insert(Samples.staff(first, tenant: tenant, username: "User\(second)"))
        case 7: try tx.insert(Samples.token(first, tenant: tenant))
        case 8: try tx.insert(Samples.session(first, tenant: tenant, staff: first))
        case 9: try tx.append(ledger: Samples.sale(first * 10 + second, tenant: tenant, amount: amount))
        case 10: try tx.append(audit: Samples.audit(first * 10 + second, tenant: tenant))
        case 11, 12: return try changeVoucher(tx)
        case 13:
            guard var router = try tx.router(Samples.id(first)) else { return "none" }
            router.name = "Router \(amount)"
            if amount == 9 { router.removedAt = now }
            return "\(try tx.update(router))"
        case 14:
            guard var package = try tx.package(Samples.id(first)) else { return "none" }
            package.isArchived.toggle()
            return "\(try tx.update(package))"
        case 15: try tx.update(Samples.staff(first, tenant: tenant, username: "user\(second)"))
        case 16, 17: try tx.enqueue([job(first), job(second)])
        case 18, 19:
            return try workUnderALease(tx).map {
                "\($0.router) \($0.epoch) \($0.until) \($0.due.map(\.rawValue).sorted())"
            } ?? "none"
        case 20 where second == 1: try tx.makeUrgent([Samples.id(first), Samples.id(first + 1)])
        case 20: return "\(try tx.retryOutbox(router: Samples.id(first), now: now))"
        case 21: return "\(try tx.deleteSignInSessions(expiredBefore: Samples.time(3600 + first)))"
        case 22: try tx.insert(Samples.record("key-\(first)", first, tenant: tx.scope == .system ? nil : tenant))
        case 23: return "\(try tx.idempotentResult(key: "key-\(first)").map { "\($0)" } ?? "none")"
        case 24: return "\(try tx.vouchers(router: Samples.id(first), codes: ["code-3", "CODE-4", "x"]).map(\.code))"
        default: return "\(try tx.vouchers(filter, PageRequest(number: second, size: 2)))"
        }
        return "done"
    }

    private var filter: VoucherFilter {
        VoucherFilter(
            documentStatus: amount < 4 ? .active : nil,
            batch: amount == 5 ? Samples.id(first) : nil,
            router: amount == 6 ? Samples.id(first) : nil,
            provisioning: amount == 7 ? .present : nil,
            codeBeginning: amount == 8 ? "codE-\(first)" : nil
        )
    }

    /// Mostly for one of the vouchers there were at the beginning.
    private func job(_ number: Int) -> OutboxJob {
        let isFirst = amount < 7
        return Samples.job(
            first * 1000 + second * 100 + Int(amount) * 10 + number,
            tenant: isFirst ? 1 + number % 2 : tenant,
            router: isFirst ? number : first,
            voucher: isFirst ? number : Int(amount) + number,
            urgency: second == 2 ? .urgent : .ordinary
        )
    }

    private func changeVoucher(_ tx: any StoreTransaction) throws -> String {
        guard var voucher = try tx.voucher(Samples.id(amount < 5 ? first : Int(amount) + first)) else { return "none" }
        switch second {
        case 1: try voucher.activate(at: Samples.time(first), evidence: .activeSession)
        case 2: try voucher.markPresent()
        case 3: try voucher.sell(at: Samples.time(first))
        default:
            voucher.usage.observe(
                row: .init(uptime: .seconds(first), bytesIn: amount, bytesOut: amount),
                session: .init(),
                at: Samples.start
            )
        }
        if first == 4 { voucher.revision -= 1 }
        return "\(try tx.update(voucher))"
    }

    private func workUnderALease(_ tx: any StoreTransaction) throws -> RouterLease? {
        let now = Samples.time(Int(amount))
        // Sometimes the clock was wrong.
        let wait = Duration.seconds(amount == 9 ? 10_000 : 5)
        guard let lease = try tx.claimRouter(owner: "worker-\(second)", now: now, ttl: .seconds(first)) else {
            return nil
        }
        let jobs = try tx.outboxJobs(router: lease.router, dueBy: now, limit: second).map(\.id)
        switch first {
        case 1: try tx.completeOutbox(jobs, under: lease)
        case 2: try tx.postponeOutbox(jobs, until: now + wait, detail: "timeout", under: lease)
        case 3: try tx.parkOutbox(jobs, detail: "refused", under: lease)
        default: return try tx.renew(lease, now: now, ttl: .seconds(9))
        }
        try tx.release(lease, nextAttemptAt: now + (second == 4 ? wait : .seconds(second)))
        return lease
    }
}
