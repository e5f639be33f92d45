import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

extension UseCase {
    /// What the daemons of jobs, messages and collection do.
    static let daemons: [UseCase] = [
        UseCase(operator: "JobScheduler.elect(_:)", "be elected") { billing, _, _ in
            _ = try await billing.scheduler.elect("worker")
        },
        UseCase(operator: "JobScheduler.renew(_:)", "go on leading", given: term) { billing, shop, _, term in
            _ = try await billing.scheduler.renew(term)
        },
        UseCase(operator: "JobScheduler.resign(_:)", "lead no longer", given: term) { billing, _, _, term in
            try await billing.scheduler.resign(term)
        },
        UseCase(operator: "JobScheduler.ensure(_:of:_:catchUp:)", "have a job") { billing, shop, _ in
            _ = try await billing.scheduler.ensure("expiry", of: shop.tenant.id, .every(seconds: 3_600))
        },
        UseCase(operator: "JobScheduler.due()", "list what is due", given: due) { billing, _, _, _ in
            _ = try await billing.scheduler.due()
        },
        UseCase(operator: "JobScheduler.begin(_:under:)", "begin a run", given: due) { billing, _, _, due in
            _ = try await billing.scheduler.begin(due.run, under: due.term)
        },
        UseCase(operator: "JobScheduler.retry(_:under:)", "retry a run") { shop, batch in
            let (run, term) = try await begun(shop, batch)
            return (try await shop.billing.scheduler.fail(run, "no answer"), term)
        } run: { billing, _, _, given in
            _ = try await billing.scheduler.retry(given.0, under: given.1)
        },
        UseCase(operator: "JobScheduler.unfinished(under:of:limit:)", "list what was left", given: term) {
            billing,
            _,
            _,
            term in
            _ = try await billing.scheduler.unfinished(under: term)
        },
        UseCase(operator: "JobScheduler.succeed(_:_:)", "end a run well", given: begun) { billing, _, _, begun in
            _ = try await billing.scheduler.succeed(begun.run)
        },
        UseCase(operator: "JobScheduler.fail(_:_:)", "end a run badly", given: begun) { billing, _, _, begun in
            _ = try await billing.scheduler.fail(begun.run, "no answer")
        },
        UseCase(operator: "JobScheduler.runDueJobs(under:gateways:until:)", "run what is due", triesAgain: .zero) {
            shop,
            batch in
            let term = try await term(shop, batch)
            try await shop.billing.scheduler.runDueJobs(under: term)
            return try await laterTerm(shop, term)
        } run: { billing, _, _, term in
            _ = try await billing.scheduler.runDueJobs(under: term)
        },
        UseCase(operator: "NotificationQueue.enqueue(_:to:_:of:key:notBefore:)", "tell somebody") { billing, shop, _ in
            _ = try await billing.outgoing.enqueue(
                "voucher.credentials",
                to: "phone:+256700123456",
                of: shop.tenant.id,
                key: "1"
            )
        },
        UseCase(operator: "NotificationQueue.claim(limit:)", "claim notifications") { shop, _ in
            _ = try await shop.billing.outgoing.enqueue("x", to: "phone:+256700123456", of: shop.tenant.id, key: "1")
        } run: { billing, _, _, _ in
            _ = try await billing.outgoing.claim()
        },
        UseCase(operator: "NotificationQueue.complete(_:receipt:)", "send a notification") { shop, _ in
            try await shop.notification(parked: false)
        } run: { billing, _, _, claimed in
            _ = try await billing.outgoing.complete(claimed, receipt: "SM1")
        },
        UseCase(operator: "NotificationQueue.fail(_:_:retryAt:)", "fail to send") { shop, _ in
            try await shop.notification(parked: false)
        } run: { billing, shop, _, claimed in
            _ = try await billing.outgoing.fail(claimed, "busy", retryAt: shop.clock.now + .seconds(60))
        },
        UseCase(operator: "MessageQueue.receive(from:key:headers:body:address:for:)", "take a message in") {
            billing,
            shop,
            _ in
            _ = try await billing.incoming.receive(from: "gateway:test", key: "1", body: [1], for: shop.tenant.id)
        },
        UseCase(operator: "MessageQueue.claim(limit:from:)", "claim messages") { shop, _ in
            _ = try await shop.billing.incoming.receive(from: "a", key: "1", body: [1], for: shop.tenant.id)
        } run: { billing, _, _, _ in
            _ = try await billing.incoming.claim()
        },
        UseCase(operator: "MessageQueue.complete(_:_:)", "settle a message", given: message) { billing, _, _, message in
            _ = try await billing.incoming.complete(message, "nothing to do")
        },
        UseCase(operator: "MessageQueue.fail(_:_:retryAt:)", "fail a message", given: message) {
            billing,
            shop,
            _,
            message in
            _ = try await billing.incoming.fail(message, "busy", retryAt: shop.clock.now + .seconds(60))
        },
        UseCase(operator: "MessageQueue.quarantine(_:_:)", "put a message aside", given: message) {
            billing,
            _,
            _,
            message in
            _ = try await billing.incoming.quarantine(message, "the amount differs")
        },
        UseCase(
            operator: "CollectionService.process(_:with:tenant:)",
            "process a callback",
            triesAgain: .seconds(3_600),
            given: callback
        ) {
            billing,
            shop,
            _,
            given in
            _ = try await billing.collection.process(given.message.id, with: given.gateway, tenant: shop.tenant.id)
        },
        UseCase(
            operator: "CollectionService.processDue(_:limit:)",
            "process callbacks",
            triesAgain: .seconds(3_600),
            given: callback
        ) {
            billing,
            _,
            _,
            given in
            _ = try await billing.collection.processDue([given.gateway])
        },
        UseCase(operator: "CollectionService.sweepSubscriptions(tenant:)", "end what is not paid", triesAgain: .zero) {
            shop,
            _ in
            let till = try await Till.open(shop)
            try await till.topUp(5_000)
            _ = try await till.order(till.terms(grace: 3), autoRenews: true)
            _ = try await till.order(till.terms(grace: 3))
            till.days(31)
        } run: { billing, shop, _, _ in
            _ = try await billing.collection.sweepSubscriptions(tenant: shop.tenant.id)
        },
        UseCase(operator: "CollectionService.remind(tenant:)", "remind of what ends", triesAgain: .zero) { shop, _ in
            let till = try await Till.open(shop)
            _ = try await till.order()
            till.days(28)
        } run: { billing, shop, _, _ in
            _ = try await billing.collection.remind(tenant: shop.tenant.id)
        },
        UseCase(operator: "CollectionService.recogniseRevenue(tenant:)", "earn what was served", triesAgain: .zero) {
            shop,
            _ in
            let till = try await Till.open(shop)
            _ = try await till.order()
            till.days(10)
        } run: { billing, shop, _, _ in
            _ = try await billing.collection.recogniseRevenue(tenant: shop.tenant.id)
        },
        UseCase(operator: "CollectionService.chargeLateFees(_:tenant:)", "charge late fees") { shop, _ in
            let till = try await Till.open(shop)
            _ = try await till.issued(1_000)
            till.days(40)
        } run: { billing, shop, _, _ in
            let fee = try FeeRule(percentage: Percentage(basisPoints: 1_000), fixed: shillings(0))
            let rule = try LateFeeRule(maturityDays: 14, holdUpDays: 3, fee: fee)
            _ = try await billing.collection.chargeLateFees(rule, tenant: shop.tenant.id)
        },
    ]

    @Sendable private static func term(_ shop: Shop, _: GeneratedBatch) async throws -> LeaderTerm {
        try #require(try await shop.billing.scheduler.elect("worker"))
    }

    /// A term of half an hour later, when the jobs of every five minutes are due.
    @Sendable private static func laterTerm(_ shop: Shop, _ term: LeaderTerm) async throws -> LeaderTerm {
        try await shop.billing.scheduler.resign(term)
        shop.clock.advance(by: .seconds(1_800))
        return try #require(try await shop.billing.scheduler.elect("worker"))
    }

    @Sendable private static func due(
        _ shop: Shop,
        _ batch: GeneratedBatch
    ) async throws -> (run: DueRun, term: LeaderTerm) {
        _ = try await shop.job()
        shop.clock.advance(by: .seconds(2 * 3_600))
        return (try #require(try await shop.billing.scheduler.due().first), try await term(shop, batch))
    }

    @Sendable private static func begun(
        _ shop: Shop,
        _ batch: GeneratedBatch
    ) async throws -> (run: JobRun, term: LeaderTerm) {
        let (run, term) = try await due(shop, batch)
        return (try #require(try await shop.billing.scheduler.begin(run, under: term)), term)
    }

    @Sendable private static func message(_ shop: Shop, _: GeneratedBatch) async throws -> InboxMessage {
        _ = try await shop.billing.incoming.receive(from: "a", key: "1", body: [1], for: shop.tenant.id)
        return try #require(try await shop.billing.incoming.claim().first)
    }

    @Sendable private static func callback(
        _ shop: Shop,
        _: GeneratedBatch
    ) async throws -> (message: InboxMessage, gateway: FakeGateway) {
        let till = try await Till.open(shop)
        let callback = FakeGateway.callback(try await till.initiate())
        return (try await till.store(callback), till.gateway)
    }
}
