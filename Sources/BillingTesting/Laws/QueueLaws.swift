import BillingDomain
import BillingPersistence

extension StoreLaw {
    private static let now = Timestamp(secondsSince1970: 1_000)

    /// What holds for what waits for routers.
    static let queues: [StoreLaw] = [
        StoreLaw("Jobs come in the order they were asked for, and a newer one replaces an older") { store in
            let shop = try await store.shop(1)
            try await shop.write { transaction in
                try transaction.enqueue([shop.job(1), shop.job(2)])
                try require(try shop.due(transaction), is: [1, 2], "the jobs")
                try transaction.enqueue(shop.job(3, voucher: 1))
                try require(try shop.due(transaction), is: [2, 3], "the jobs after one was replaced")
                try require(try transaction.outboxDepth(), is: 2, "how many wait")
                try transaction.enqueue([shop.job(4, voucher: 2), shop.job(5, voucher: 2)])
                try require(try shop.due(transaction), is: [3, 5], "the jobs after one was replaced twice at once")
            }
        },
        StoreLaw("What somebody waits for comes first, and what is made urgent keeps its place among that") { store in
            let shop = try await store.shop(1)
            let account = try await shop.addAccount()
            try await shop.write { transaction in
                try transaction.enqueue([shop.job(1), shop.job(2), shop.job(3, .urgent)])
                try transaction.enqueue(shop.serviceJob(4, account))
                try require(try shop.due(transaction), is: [3, 4, 1, 2], "the jobs")
                try transaction.makeUrgent([.numbered(shop.vouchers[1])])
                try require(try shop.due(transaction), is: [2, 3, 4, 1], "the jobs after one was made urgent")
                let limited = try transaction.outboxJobs(router: shop.router.id, dueBy: now, limit: 2)
                try require(limited.map(\.urgency), is: [.urgent, .urgent], "the first of them")
                let lease = try claim(transaction, "a")
                try transaction.postponeOutbox([.numbered(2)], until: now + .seconds(5), detail: "", under: lease)
                try require(try shop.due(transaction), is: [3, 4, 1], "the jobs while an urgent one is put off")
            }
        },
        StoreLaw("A service account has one job at most, as a voucher has") { store in
            let shop = try await store.shop(1)
            let account = try await shop.addAccount()
            try await shop.write { transaction in
                try transaction.enqueue([shop.serviceJob(1, account), shop.job(2)])
                try transaction.enqueue(shop.serviceJob(3, account))
                try require(try shop.due(transaction), is: [3, 2], "the jobs after one was replaced")
                let subjects: [SessionSubject] = [.service(account.id), .voucher(.numbered(shop.vouchers[2]))]
                let waiting = try transaction.subjectsWithJobs(among: subjects)
                try require(waiting, is: [.service(account.id)], "the subjects that have a job")
                try require(try transaction.subjectsWithJobs(on: shop.router.id).count, is: 2, "all that have one")
            }
            try await require(.duplicate, from: "a second job for an account") {
                try await shop.write { try $0.enqueue(forNew: [shop.serviceJob(5, account)]) }
            }
            let other = try await store.shop(2)
            try await require(.constraint, from: "a job for another shop's account") {
                try await other.write { try $0.enqueue(other.serviceJob(6, account)) }
            }
        },
        StoreLaw("A job for a voucher that is not on its router is refused") { store in
            let (one, two) = (try await store.shop(1), try await store.shop(2))
            try await require(.constraint, from: "a job for nothing") {
                try await one.write { try $0.enqueue(one.job(1, voucher: 99)) }
            }
            try await require(.constraint, from: "a job for another shop's voucher") {
                try await one.write { try $0.enqueue(one.job(1, voucher: two.vouchers[0])) }
            }
        },
        StoreLaw("A job that is done is forgotten, one that was replaced meanwhile is not") { store in
            let shop = try await store.shop(1)
            try await shop.write { transaction in
                try transaction.enqueue([shop.job(1), shop.job(2)])
                let lease = try claim(transaction, "a")
                try transaction.enqueue(shop.job(3, voucher: 1))
                try transaction.completeOutbox([.numbered(1), .numbered(2)], under: lease)
                try require(try shop.due(transaction), is: [3], "what is left")
            }
        },
        StoreLaw("A job put off comes back, one put aside only when it is asked for") { store in
            let shop = try await store.shop(1)
            try await shop.write { transaction in
                try transaction.enqueue([shop.job(1), shop.job(2)])
                let lease = try claim(transaction, "a")
                try transaction.postponeOutbox(
                    [.numbered(1)],
                    until: now + .seconds(5),
                    detail: "timeout",
                    under: lease
                )
                try transaction.parkOutbox([.numbered(2)], detail: "no such profile", under: lease)
                try require(try shop.due(transaction), is: [], "what is due at once")
                try require(try shop.due(transaction, at: now + .seconds(5)), is: [1], "what is due later")
                let parked = try transaction.parkedJobs(router: shop.router.id)
                try require(parked.map(\.attempts), is: [1], "the attempts of what was put aside")
                try require(parked.map(\.detail), is: ["no such profile"], "why it was")
                try require(
                    try transaction.retryOutbox(router: shop.router.id, now: now),
                    is: 2,
                    "what was asked for again"
                )
                try require(try shop.due(transaction), is: [1, 2], "what is due then")
                try transaction.parkOutbox([.numbered(2)], detail: "again", under: lease)
                try transaction.enqueue(shop.job(4, voucher: 2))
                try require(try shop.due(transaction), is: [1, 4], "a newer job replaces one put aside")
            }
        },
        StoreLaw("A router is claimed by one at a time, and only for work that is due") { store in
            let shop = try await store.shop(1)
            func claimed(_ owner: String, _ seconds: Int) async throws -> RouterLease? {
                try await store.write(.system) {
                    try $0.claimRouter(owner: owner, now: now + .seconds(seconds), ttl: .seconds(20))
                }
            }
            try require(try await claimed("a", 0) == nil, "a router without work was claimed")
            try await shop.write { try $0.enqueue(shop.job(1)) }
            try require(try await claimed("a", -1_000) == nil, "work that is not due was claimed")
            guard let lease = try await claimed("a", 0) else { throw LawBreach("due work was not claimed") }
            try require(lease.epoch, is: 1, "the first claim's number")
            try require(try await claimed("b", 19) == nil, "a router was claimed twice")
            let renewed = try await shop.write { try $0.renew(lease, now: now + .seconds(10), ttl: .seconds(20)) }
            try require(try await claimed("b", 29) == nil, "a prolonged claim was passed over")
            try await shop.write { try $0.release(renewed, nextAttemptAt: now + .seconds(60)) }
            try require(try await claimed("b", 59) == nil, "the next attempt came too early")
            try require(try await claimed("b", 60)?.epoch, is: 2, "the second claim's number")
            try require(try await claimed("c", 80)?.epoch, is: 3, "the number of a claim after one that ran out")
        },
        StoreLaw("How long a router has to rest is known to whoever claims it next, and has an end") { store in
            let shop = try await store.shop(1)
            func claimed(_ seconds: Int) async throws -> RouterLease {
                let lease = try await store.write(.system) {
                    try $0.claimRouter(owner: "a", now: now + .seconds(seconds), ttl: .seconds(20))
                }
                guard let lease else { throw LawBreach("due work was not claimed") }
                return lease
            }
            try await shop.write { try $0.enqueue(shop.job(1)) }
            let first = try await claimed(0)
            try require(first.rest, is: .zero, "the rest of a router that nobody has been to")
            try await shop.write { try $0.release(first, nextAttemptAt: now, restedAt: now + .seconds(10)) }
            let second = try await claimed(3)
            try require(second.rest, is: .seconds(7), "the rest of a router that somebody was at")
            try await shop.write { try $0.release(second, nextAttemptAt: now) }
            let third = try await claimed(4)
            try require(third.rest, is: .seconds(6), "the rest after a visit that knew nothing of it")
            let never = now + .seconds(10 * 365 * 86_400)
            try await shop.write { try $0.release(third, nextAttemptAt: now, restedAt: never) }
            try require(try await claimed(5).rest, is: RouterLease.longestRest, "the rest that a wrong clock left")
        },
        StoreLaw("The router that has waited longest comes first, before it one that a wrong clock put off too far") {
            store in
            let (one, two) = (try await store.shop(1), try await store.shop(2))
            try await one.write { try $0.enqueue(one.job(1)) }
            try await two.write { try $0.enqueue(two.job(1001)) }
            func next() async throws -> RouterLease {
                try await store.write(.system) { try claim($0, "a") }
            }
            let first = try await next()
            try await store.write(.tenant(first.tenant)) { try $0.release(first, nextAttemptAt: now) }
            let second = try await next()
            try require(second.router != first.router, "a router was served twice while another waited")
            try await store.write(.tenant(second.tenant)) {
                try $0.release(second, nextAttemptAt: now + .seconds(10 * 365 * 86_400))
            }
            try require(try await next().router, is: second.router, "the router that a wrong clock put off")
        },
        StoreLaw("A router that was removed is never claimed") { store in
            let shop = try await store.shop(1)
            try await shop.write { transaction in
                try transaction.enqueue(shop.job(1))
                var router = shop.router
                router.removedAt = now
                try transaction.update(router)
            }
            let lease = try await store.write(.system) { try $0.claimRouter(owner: "a", now: now, ttl: .seconds(20)) }
            try require(lease == nil, "a removed router was claimed")
        },
        StoreLaw("A router is claimed to be looked at when that is due, and again after what was done is due again") {
            store in
            let shop = try await store.shop(1)
            func claimed(_ group: RouterGroup, _ seconds: Int) async throws -> RouterLease? {
                try await store.write(.system) {
                    try $0.claimRouter(owner: "a", of: group, now: now + .seconds(seconds), ttl: .seconds(20))
                }
            }
            try require(try await claimed(.watched, 0) == nil, "a router that nobody watches was claimed")
            try await shop.write { try $0.hasten([shop.router.id], now: now) }
            try require(try await claimed(.working, 0) == nil, "a router without work was claimed for work")
            try require(try await claimed(.away, 0) == nil, "a router that nobody has looked at was away")
            guard let first = try await claimed(.watched, 0) else {
                throw LawBreach("a look that is due was passed over")
            }
            try require(first.due, is: [.status, .sync], "what was due")
            try await shop.write {
                try $0.release(
                    first,
                    nextAttemptAt: now,
                    next: [.status: now + .seconds(30), .sync: now + .seconds(300)]
                )
            }
            try require(try await claimed(.watched, 29) == nil, "a look that is not due was taken")
            guard let second = try await claimed(.watched, 30) else { throw LawBreach("the next look was passed over") }
            try require(second.due, is: [.status], "what was due next")
            // Somebody asks for a reading while the visit goes on.
            try await shop.write { try $0.hasten([shop.router.id], now: now + .seconds(31)) }
            try await shop.write {
                try $0.release(
                    second,
                    nextAttemptAt: now + .seconds(32),
                    next: [.status: now + .seconds(60), .sync: now + .seconds(300)]
                )
            }
            let third = try await claimed(.watched, 32)
            try require(third?.due, is: [.status, .sync], "what was asked for during a visit")
        },
        StoreLaw("A router that is away is claimed by those who look for such, when its next attempt is due") { store in
            let shop = try await store.shop(1)
            func claimed(_ group: RouterGroup, _ seconds: Int) async throws -> RouterLease? {
                try await store.write(.system) {
                    try $0.claimRouter(owner: "a", of: group, now: now + .seconds(seconds), ttl: .seconds(20))
                }
            }
            try await shop.write { try $0.enqueue(shop.job(1)) }
            guard let lease = try await claimed(.working, 0) else { throw LawBreach("due work was not claimed") }
            try await shop.write {
                try $0.release(lease, nextAttemptAt: now + .seconds(10), isAway: true, next: [.status: now])
                try $0.enqueue(shop.job(2))
            }
            for group in [RouterGroup.working, .watched] {
                try require(try await claimed(group, 600) == nil, "a router that is away was claimed as \(group)")
            }
            try require(try await claimed(.away, 9) == nil, "the next attempt came too early")
            guard let again = try await claimed(.away, 10) else { throw LawBreach("the next attempt was passed over") }
            try require(again.due, is: [.work, .status, .sync], "what was due")
            try await shop.write { try $0.release(again, nextAttemptAt: now + .seconds(10)) }
            try require(try await claimed(.working, 10)?.due.contains(.work), is: true, "work after it came back")
        },
        StoreLaw("Work that nobody waits for can be put off, and what somebody waits for is due all the same") {
            store in
            let shop = try await store.shop(1)
            let later = now + .seconds(10)
            try await shop.write { try $0.enqueue([shop.job(1), shop.job(2)]) }
            let lease = try await store.write(.system) { try claim($0, "a") }
            try await shop.write { try $0.release(lease, nextAttemptAt: now, next: [.work: later]) }
            func next() async throws -> RouterLease? {
                try await store.write(.system) { try $0.claimRouter(owner: "b", now: now, ttl: .seconds(20)) }
            }
            try require(try await next() == nil, "work that was put off was claimed")
            try await shop.write { try $0.enqueue(shop.job(3, .urgent)) }
            guard let urgent = try await next() else { throw LawBreach("somebody waits, and nobody comes") }
            try await shop.write { try $0.release(urgent, nextAttemptAt: now, next: [.work: later]) }
            try require(try await next() != nil, "what somebody waits for was put off")
        },
        StoreLaw("Work that a clock which was ahead has dated is due, and can be put off") { store in
            let shop = try await store.shop(1)
            var job = shop.job(1)
            job.notBefore = now + .seconds(10 * 365 * 86_400)
            try await shop.write { [job] in try $0.enqueue(job) }
            func next(_ seconds: Int64) async throws -> RouterLease? {
                try await store.write(.system) {
                    try $0.claimRouter(owner: "a", now: now + .seconds(seconds), ttl: .seconds(1))
                }
            }
            guard let lease = try await next(0) else { throw LawBreach("misdated work was passed over") }
            try await shop.write { try $0.release(lease, nextAttemptAt: now, next: [.work: now + .seconds(10)]) }
            try require(try await next(9) == nil, "work that was put off was claimed")
            try require(try await next(10) != nil, "work that was put off was forgotten")
        },
        StoreLaw("A lease that lasts longer than any holds nobody off") { store in
            let shop = try await store.shop(1)
            try await shop.write { try $0.enqueue(shop.job(1)) }
            let future = now + .seconds(10 * 365 * 86_400)
            let lost = try await store.write(.system) { try $0.claimRouter(owner: "a", now: future, ttl: .seconds(20)) }
            try require(lost != nil, "due work was not claimed")
            try require(
                try await store.write(.system) { try claim($0, "b") }.epoch,
                is: 2,
                "the number of the next claim"
            )
        },
        StoreLaw("A lease that is over, or forged, changes nothing") { store in
            let shop = try await store.shop(1)
            try await shop.write { try $0.enqueue([shop.job(1), shop.job(2)]) }
            let stale = try await store.write(.system) { try claim($0, "a") }
            let fresh = try await store.write(.system) {
                try $0.claimRouter(owner: "b", now: now + .seconds(20), ttl: .seconds(20))
            }
            guard let fresh else { throw LawBreach("a claim that ran out holds on") }
            let forged = RouterLease(
                router: stale.router,
                tenant: stale.tenant,
                owner: "a",
                epoch: fresh.epoch,
                until: fresh.until,
                claimedAt: fresh.claimedAt
            )
            for lease in [stale, forged] {
                let effects: [@Sendable (any StoreTransaction) throws -> Void] = [
                    { try $0.verify(lease) },
                    { _ = try $0.renew(lease, now: now, ttl: .seconds(20)) },
                    { try $0.completeOutbox([.numbered(1)], under: lease) },
                    { try $0.postponeOutbox([.numbered(1)], until: now, detail: "", under: lease) },
                    { try $0.parkOutbox([.numbered(1)], detail: "", under: lease) },
                    { try $0.release(lease, nextAttemptAt: now) },
                ]
                for effect in effects {
                    try await require(.leaseLost, from: "an effect under epoch \(lease.epoch) of \(lease.owner)") {
                        try await shop.write(effect)
                    }
                }
            }
            try await shop.write { transaction in
                try transaction.verify(fresh)
                try require(try shop.due(transaction), is: [1, 2], "the jobs")
            }
        },
        StoreLaw("A lease of one router does not reach the jobs of another") { store in
            let (one, two) = (try await store.shop(1), try await store.shop(2))
            try await one.write { try $0.enqueue(one.job(1)) }
            try await two.write { try $0.enqueue(two.job(1001)) }
            let lease = try await store.write(.system) { try claim($0, "a") }
            let (own, other) = lease.router == one.router.id ? (one, two) : (two, one)
            let number = own.router.id == one.router.id ? 1001 : 1
            try await own.write { try $0.completeOutbox([.numbered(number)], under: lease) }
            try require(try await other.write { try other.due($0) }, is: [number], "the jobs of the other router")
        },
        StoreLaw("Many workers never hold one router at once") { store in
            let shops = [try await store.shop(1), try await store.shop(2), try await store.shop(3)]
            for shop in shops { try await shop.write { try $0.enqueue(shop.job(shop.vouchers[0] - 1)) } }
            let leases = try await withThrowingTaskGroup(of: RouterLease?.self) { group in
                for worker in 0..<16 {
                    group.addTask {
                        try await store.write(.system) {
                            try $0.claimRouter(owner: "w\(worker)", now: now, ttl: .seconds(20))
                        }
                    }
                }
                var leases: [RouterLease] = []
                for try await lease in group { if let lease { leases.append(lease) } }
                return leases
            }
            try require(Set(leases.map(\.router)).count, is: 3, "routers claimed by 16 workers")
            try require(leases.count, is: 3, "claims granted to 16 workers")
        },
    ]

    private static func claim(_ transaction: any StoreTransaction, _ owner: String) throws -> RouterLease {
        guard let lease = try transaction.claimRouter(owner: owner, now: now, ttl: .seconds(20)) else {
            throw LawBreach("due work was not claimed")
        }
        return lease
    }
}

/// A shop and the store that it is in.
private struct ShopInStore {
    let store: any BillingStore
    let sample: SampleShop

    var router: Router { sample.router }

    /// The numbers of its vouchers, counted from a thousand times its own.
    var vouchers: [Int] { sample.vouchers.map { Int($0.id.high >> 16) } }

    func write<Answer: Sendable>(_ body: @Sendable (any StoreTransaction) throws -> Answer) async throws -> Answer {
        try await store.write(.tenant(sample.tenant.id), body)
    }

    /// A job, for the voucher of the same number unless another is named.
    func job(_ number: Int, voucher: Int? = nil, _ urgency: OutboxJob.Urgency = .ordinary) -> OutboxJob {
        let voucher = voucher ?? vouchers[(number - 1 + vouchers.count) % vouchers.count]
        return job(number, .voucher(.numbered(voucher > 3 ? voucher : vouchers[voucher - 1])), urgency)
    }

    /// A job for the service account of the shop.
    func serviceJob(_ number: Int, _ account: ServiceAccount) -> OutboxJob {
        job(number, .service(account.id), .urgent)
    }

    private func job(_ number: Int, _ subject: SessionSubject, _ urgency: OutboxJob.Urgency) -> OutboxJob {
        OutboxJob(
            id: .numbered(number),
            tenant: router.tenant,
            router: router.id,
            subject: subject,
            urgency: urgency,
            enqueuedAt: Timestamp(secondsSince1970: 500)
        )
    }

    /// Adds a customer's service on the router.
    func addAccount() async throws -> ServiceAccount {
        let customer = try Customer(
            id: .numbered(1),
            tenant: router.tenant,
            number: "C-1",
            name: "Ann",
            createdAt: router.createdAt
        )
        let account = try ServiceAccount(
            id: .numbered(1),
            tenant: router.tenant,
            customer: customer.id,
            kind: .pppoe,
            router: router.id,
            username: "ann",
            sealedPassword: [1],
            createdAt: router.createdAt
        )
        try await write { transaction in
            try transaction.insert(customer)
            try transaction.insert(account)
        }
        return account
    }

    /// The numbers of the jobs that are due.
    func due(_ reader: any StoreReader, at now: Timestamp = Timestamp(secondsSince1970: 1_000)) throws -> [Int] {
        try reader.outboxJobs(router: router.id, dueBy: now, limit: 100).map { Int($0.id.high >> 16) }
    }
}

extension BillingStore {
    fileprivate func shop(_ number: Int) async throws -> ShopInStore {
        let sample = try SampleShop(number)
        try await sample.add(to: self)
        return ShopInStore(store: self, sample: sample)
    }
}
