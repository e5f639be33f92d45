import BillingDomain
import BillingPersistence
import BillingProvisioning
import BillingServices
import RouterOSClient
import RouterOSTesting
import Synchronization
import Testing

@Suite("Figures of a provisioner")
struct ProvisionerFiguresTests {
    @Test("rows, visits and how long rows waited are counted as they are")
    func counts() async throws {
        let shop = try await Shop(chunk: 2)
        _ = try await shop.generate(3)
        shop.advance(by: .seconds(5))
        await shop.provisioner.provisionOnce()
        let values = shop.provisioner.figures.values
        #expect(values.claims[.working] == 1 && values.visits[.well] == 1 && values.underWay == 0)
        #expect(values.rows == [.written: 3, .failed: 0, .parked: 0])
        #expect(values.waits.count == 3 && values.waits.sum == .seconds(15))
        // The one that found something, and those that found nothing to do in either group.
        #expect(values.claimDurations.count == 3)
        // A router that nobody has looked at is read on the first visit.
        #expect(values.syncs == 1)
        await shop.provisioner.syncOnce()
        #expect(shop.provisioner.figures.values.syncs == 2)
    }

    @Test("a router that is away, one that refuses us and a row that is not ours are told apart")
    func outcomes() async throws {
        let shop = try await Shop()
        let code = try #require(try await shop.generate(1).first)
        try shop.simulator.run("/ip/hotspot/user/add", ["name": code, "password": "theirs", "comment": "a friend"])
        await shop.provisioner.provisionOnce()
        #expect(shop.provisioner.figures.values.rows[.parked] == 1)
        shop.simulator.stop()
        await shop.provisioner.syncOnce()
        #expect(shop.provisioner.figures.values.visits[.away] == 1)
        _ = try shop.simulator.listen(port: shop.port)
        shop.simulator.inject(.refuseLogin)
        shop.advance(by: .seconds(60))
        await shop.provisioner.syncOnce()
        #expect(shop.provisioner.figures.values.visits[.unfit] == 1)
    }

    @Test("a visit of a worker that stood still for too long counts as lost, and writes nothing")
    func lost() async throws {
        let shop = try await Shop()
        _ = try await shop.generate(1)
        let watch = Watch()
        let provisioner = Provisioner(
            billing: shop.billing,
            configuration: ProvisionerConfiguration(
                heedsCommandRate: false,
                elapsed: {
                    watch.pass(.seconds(10))
                    return watch.time
                }
            )
        )
        await provisioner.provisionOnce()
        #expect(provisioner.figures.values.visits[.lost] == 1)
        #expect(shop.usersOnRouter.isEmpty)
    }

    @Test("what waits, what was put aside, and which routers are away or visited is counted as it is")
    func backlog() async throws {
        let shop = try await Shop()
        let service = shop.billing.provisioning
        func counts() async throws -> [Int] {
            let backlog = try await service.backlog()
            return [backlog.waiting, backlog.parked, backlog.routersAway, backlog.routersClaimed]
        }
        let code = try #require(try await shop.generate(3).first)
        #expect(try await counts() == [3, 0, 0, 0])
        try shop.simulator.run("/ip/hotspot/user/add", ["name": code, "password": "theirs", "comment": "a friend"])
        await shop.provisioner.provisionOnce()
        #expect(try await counts() == [0, 1, 0, 0])
        _ = try await shop.generate(1)
        let claim = try #require(try await service.claim(owner: "test"))
        #expect(try await counts() == [1, 1, 0, 1])
        try await service.release(claim, retryAfter: .seconds(60), error: "no answer")
        #expect(try await counts() == [1, 1, 1, 0])
    }

    @Test("the page has every figure, and histograms add up")
    func page() async throws {
        let shop = try await Shop()
        _ = try await shop.generate(2)
        await shop.provisioner.provisionOnce()
        let lines = Set(shop.provisioner.figures.prometheusText.split(separator: "\n").map(String.init))
        for line in [
            #"provisioner_claims_total{group="working"} 1"#, #"provisioner_visits_total{outcome="well"} 1"#,
            #"provisioner_visits_total{outcome="lost"} 0"#, #"provisioner_rows_total{outcome="written"} 2"#,
            "provisioner_visits_under_way 0", "provisioner_row_wait_seconds_count 2",
            #"provisioner_row_wait_seconds_bucket{le="0.001000"} 2"#,
            #"provisioner_row_wait_seconds_bucket{le="+Inf"} 2"#, "provisioner_row_wait_seconds_sum 0.000000",
            "# TYPE provisioner_claim_duration_seconds histogram", "provisioner_syncs_total 1",
        ] { #expect(lines.contains(line), "\(line)") }
        #expect(lines.contains { $0.hasPrefix(#"provisioner_loop_silence_seconds{loop="expiring"}"#) })
    }

    @Test("a loop is silent until it comes round", .timeLimit(.minutes(1)))
    func silence() async throws {
        let watch = Watch()
        let figures = ProvisionerFigures(elapsed: { watch.time })
        watch.pass(.seconds(61))
        #expect(Set(figures.silence.values) == [.seconds(61)])
        let provisioner = Provisioner(
            billing: Billing(store: InMemoryStore(), secrets: try .ephemeral()),
            configuration: ProvisionerConfiguration(figures: figures)
        )
        let running = Task { await provisioner.run() }
        while figures.silence.values.contains(where: { $0 > .zero }) { await Task.yield() }
        running.cancel()
        await running.value
    }

    @Test("connections that share several event loops do the same")
    func loops() async throws {
        let shop = try await Shop()
        let codes = try await shop.generate(20)
        let provisioner = Provisioner(
            billing: shop.billing,
            configuration: ProvisionerConfiguration(heedsCommandRate: false, loops: 3)
        )
        await provisioner.provisionOnce()
        #expect(shop.usersOnRouter == codes.sorted())
    }
}

/// A clock that a test moves.
private final class Watch: Sendable {
    private let passed = Mutex(Duration.zero)

    var time: Duration { passed.withLock { $0 } }

    func pass(_ more: Duration) { passed.withLock { $0 += more } }
}
