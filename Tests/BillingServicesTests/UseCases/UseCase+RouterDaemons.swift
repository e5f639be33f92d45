import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

extension UseCase {
    /// What the daemons of routers do.
    static let routerDaemons: [UseCase] = [
        UseCase(operator: "ProvisioningService.claim(owner:of:ttl:)", "claim a router") { billing, _, _ in
            _ = try await billing.provisioning.claim(owner: "worker")
        },
        UseCase(operator: "ProvisioningService.renew(_:ttl:)", "renew a claim") { shop, _ in
            try #require(try await shop.billing.provisioning.claim(owner: "worker"))
        } run: { billing, _, _, claim in
            _ = try await billing.provisioning.renew(claim, ttl: .seconds(60))
        },
        UseCase(operator: "ProvisioningService.work(_:limit:)", "ask for work") { shop, _ in
            try #require(try await shop.billing.provisioning.claim(owner: "worker"))
        } run: { billing, _, _, claim in
            _ = try await billing.provisioning.work(claim, limit: 10)
        },
        UseCase(operator: "ProvisioningService.finish(_:outcomes:)", "report work") { shop, _ in
            let claim = try #require(try await shop.billing.provisioning.claim(owner: "worker"))
            return (claim, try await shop.billing.provisioning.work(claim, limit: 10))
        } run: { billing, _, _, given in
            let (claim, work) = given
            let results: [ProvisioningOutcome.Result] = [.present, .failed(detail: "busy", retry: true)]
            let outcomes = zip(work, results).map { ProvisioningOutcome($0, $1) }
            try await billing.provisioning.finish(claim, outcomes: outcomes)
        },
        UseCase(operator: "ProvisioningService.release(_:retryAfter:error:reading:next:rest:)", "let go of a router") {
            shop,
            _ in
            try #require(try await shop.billing.provisioning.claim(owner: "worker"))
        } run: { billing, _, _, claim in
            try await billing.provisioning.release(claim, retryAfter: .seconds(5), error: "no answer")
        },
        UseCase(operator: "ProvisioningService.backlog()", "see what waits for routers") { billing, _, _ in
            _ = try await billing.provisioning.backlog()
        },
        UseCase(operator: "ProvisioningService.hasten(_:on:)", "ask for looks at routers") { billing, shop, _ in
            try await billing.provisioning.hasten([.status], on: [shop.router.id])
        },
        UseCase(operator: "ProvisioningService.intent(for:)", "ask what should stand there") { billing, shop, _ in
            _ = try await billing.provisioning.intent(for: shop.router.id)
        },
        UseCase(operator: "ProvisioningService.removed(named:on:)", "ask what had gone") { billing, shop, batch in
            _ = try await billing.provisioning.removed(named: batch.vouchers.map(\.code), on: shop.router.id)
        },
        UseCase(operator: "ProvisioningService.putRight(_:_:under:)", "put missing rows right") { shop, _ in
            try await shop.provision(.present)
            let intent = try #require(try await shop.billing.provisioning.intent(for: shop.router.id))
            return intent.entries.map { RouterDeviation($0, "It is missing on the router.") }
        } run: { billing, shop, _, deviations in
            try await billing.provisioning.putRight(shop.router.id, deviations)
        },
        UseCase(operator: "ProvisioningService.ask(_:changes:_:under:)", "ask about many changes") { billing, shop, _ in
            _ = try await billing.provisioning.ask(shop.router.id, changes: 40, "Change 40 rows?")
        },
        UseCase(operator: "ProvisioningService.withdrawQuestion(_:under:)", "ask no longer") { shop, _ in
            _ = try await shop.billing.provisioning.ask(shop.router.id, changes: 40, "Change 40 rows?")
        } run: { billing, shop, _, _ in
            try await billing.provisioning.withdrawQuestion(shop.router.id)
        },
        UseCase(operator: "ProvisioningService.approve(_:upTo:_:)", "agree beside the records") { billing, shop, _ in
            try await billing.provisioning.approve(shop.router.id, upTo: 40, "Change 40 rows?")
        },
        UseCase(operator: "ProvisioningService.routers()", "list all routers") { billing, _, _ in
            _ = try await billing.provisioning.routers()
        },
        UseCase(operator: "ProvisioningService.watched(_:)", "open a router") { billing, shop, _ in
            _ = try await billing.provisioning.watched(shop.router.id)
        },
        UseCase(operator: "ProvisioningService.record(_:on:_:took:detail:)", "note an operation") { billing, shop, _ in
            try await billing.provisioning.record("session.end", on: shop.router.id, .succeeded, took: .seconds(1))
        },
        UseCase(operator: "ProvisioningService.recordReset(of:rows:under:)", "note a reset") { billing, shop, _ in
            try await billing.provisioning.recordReset(of: shop.router.id, rows: 40)
        },
        UseCase(operator: "ProvisioningService.recordUnknownRows(_:on:under:)", "note unknown rows") {
            billing,
            shop,
            _ in
            try await billing.provisioning.recordUnknownRows(["…GH"], on: shop.router.id)
        },
        UseCase(operator: "ProvisioningService.noteFirstLogin(_:on:)", "take a router's word") { shop, batch in
            _ = try await shop.owner.vouchers.sell(codes: [batch.vouchers[0].code], key: .new())
        } run: { billing, shop, batch, _ in
            let login = ObservedLogin(
                username: batch.vouchers[0].code,
                source: .callback,
                receivedAt: shop.clock.now
            )
            _ = try await billing.provisioning.noteFirstLogin(login, on: shop.router.id)
        },
        UseCase(operator: "ProvisioningService.recordLastSight(_:_:services:at:under:)", "count what is about to go") {
            shop,
            batch in
            _ = try await shop.owner.vouchers.sell(codes: [batch.vouchers[0].code], key: .new())
            return try #require(try await shop.billing.provisioning.claim(owner: "worker"))
        } run: { billing, shop, batch, claim in
            let sight = VoucherObservation(
                code: batch.vouchers[0].code,
                evidence: .userCounters,
                at: shop.clock.now,
                row: .init(uptime: .seconds(60), bytesIn: 1_000, bytesOut: 1)
            )
            try await billing.provisioning.recordLastSight(shop.router.id, [sight], at: shop.clock.now, under: claim)
        },
        UseCase(operator: "ProvisioningService.recordClockStep(_:)", "note a step of our clock") { billing, _, _ in
            try await billing.provisioning.recordClockStep(.seconds(3_600))
        },
        UseCase(operator: "ProvisioningService.refusals(of:on:)", "ask who may be on line") { billing, shop, batch in
            let subjects = Set(batch.vouchers.map { SessionSubject.voucher($0.id) })
            _ = try await billing.provisioning.refusals(of: subjects, on: shop.router.id)
        },
        UseCase(operator: "ProvisioningService.recordStatus(_:_:under:)", "note a status") { billing, shop, _ in
            let reading = RouterReading(status: .online, identity: "lobby", version: "7.16")
            try await billing.provisioning.recordStatus(shop.router.id, reading)
        },
        UseCase(
            operator: "ProvisioningService.recordObservations(_:_:services:at:begunAt:complete:under:)",
            "note first uses"
        ) {
            shop,
            batch in
            _ = try await shop.owner.vouchers.sell(codes: [batch.vouchers[0].code], key: .new())
            shop.clock.advance(by: .seconds(600))
        } run: { billing, shop, batch, _ in
            let observations = batch.vouchers.map { voucher in
                VoucherObservation(
                    code: voucher.code,
                    evidence: .activeSession,
                    at: shop.clock.now,
                    row: .init(uptime: .seconds(60), bytesIn: 1_000, bytesOut: 1),
                    session: .init()
                )
            }
            try await billing.provisioning.recordObservations(shop.router.id, observations, at: shop.clock.now)
        },
        UseCase(operator: "VoucherUpkeep.run(until:)", "end what is due") { shop, batch in
            _ = try await shop.owner.vouchers.sell(codes: [batch.vouchers[0].code], key: .new())
            try await shop.see(batch.vouchers[0].code)
            shop.clock.advance(by: .seconds(4 * 3_600))
        } run: { billing, _, _, _ in
            try await billing.upkeep.run()
        },
        UseCase(operator: "VoucherUpkeep.run(_:until:)", "end what is due to a tenant") { shop, batch in
            _ = try await shop.owner.vouchers.sell(codes: [batch.vouchers[0].code], key: .new())
            try await shop.see(batch.vouchers[0].code)
            shop.clock.advance(by: .seconds(4 * 3_600))
        } run: { billing, shop, _, _ in
            try await billing.upkeep.run(shop.tenant.id)
        },
    ]
}
