import BillingDomain
import BillingPersistence
import BillingServices
import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Testing

@testable import BillingProvisioning

@Suite("Watching routers")
struct RouterWatchingTests {
    @Test("a reading tells how the router is and how far its clock is off")
    func health() async throws {
        let shop = try await Shop.onTime()
        await shop.provisioner.syncOnce()
        let health = try #require(try await shop.session.routers.health(of: shop.router.id))
        #expect(health.vitals.temperature == 41 && health.vitals.voltage == 24.1)
        #expect(health.vitals.boardName?.isEmpty == false && (health.vitals.totalMemory ?? 0) > 0)
        #expect(health.vitals.cpuLoad != nil && health.readAt == shop.now)
        #expect(try #require(health.clockDrift) <= .seconds(2) && health.clockWrongSince == nil)
    }

    @Test("a router with the menu of sensors as it was before RouterOS 7 tells the same")
    func healthOfOldRelease() async throws {
        let simulator = RouterOSSimulator(.v6_49, credentials: .user("api", password: "secret"))
        let port = try simulator.listen()
        let client = RouterClient(RouterEndpoint("127.0.0.1", port: port, as: .user("api", password: "secret")))
        let reading = try await RouterTables.reading(of: client, now: nil, inFull: true)
        #expect(reading.vitals?.temperature == 41 && reading.vitals?.voltage == 24.1)
        #expect(reading.clockDrift == nil && reading.bootedAt == nil && reading.status == .online)
        simulator.stop()
    }

    @Test("a clock that jumps is seen by the next reading, and told of once", arguments: [-7_200, 7_200] as [Int64])
    func clock(step: Int64) async throws {
        let shop = try await Shop.onTime()
        await shop.provisioner.syncOnce()
        shop.simulator.inject(.clockJump(by: .seconds(step)))
        for _ in 0..<2 {
            shop.advance(by: .seconds(300))
            await shop.provisioner.syncOnce()
        }
        let health = try #require(try await shop.session.routers.health(of: shop.router.id))
        let error = try #require(health.clockDrift) - .seconds(step)
        #expect(error <= .seconds(2) && error >= .seconds(-2) && health.clockWrongSince == shop.now - .seconds(300))
        #expect(try await shop.alerts() == ["alert.router-clock"])
    }

    @Test("a zone other than UTC makes no clock wrong")
    func zone() async throws {
        let shop = try await Shop.onTime()
        try shop.simulator.run("/system/clock/set", ["time-zone-name": "Africa/Kampala"])
        await shop.provisioner.syncOnce()
        let health = try #require(try await shop.session.routers.health(of: shop.router.id))
        #expect(try #require(health.clockDrift) <= .seconds(2) && health.clockWrongSince == nil)
    }

    @Test("more to change than is allowed is told of once, until it is carried out")
    func massChange() async throws {
        let shop = try await Shop.onTime()
        let codes = try await shop.generate(100)
        await shop.provisioner.provisionOnce()
        for code in codes.prefix(31) { try shop.simulator.run("/ip/hotspot/user/remove", [".id": code]) }
        for _ in 0..<2 {
            await shop.provisioner.syncOnce()
            shop.advance(by: .seconds(300))
        }
        #expect(try await shop.alerts() == ["alert.mass-change"])
        #expect(try await shop.session.routers.health(of: shop.router.id)?.trouble == .massChange)
        _ = try await shop.provisioner.approve(shop.router.id)
        await shop.provisioner.watchOnce()
        await shop.provisioner.provisionOnce()
        await shop.provisioner.syncOnce()
        #expect(try await shop.session.routers.health(of: shop.router.id)?.trouble == nil)
    }

    @Test("a router that is off is told of once it has been away for two minutes, and so is its return")
    func away() async throws {
        let shop = try await Shop.onTime()
        await shop.provisioner.syncOnce()
        shop.simulator.stop()
        for _ in 0..<6 {
            await shop.provisioner.syncOnce()
            shop.advance(by: .seconds(30))
        }
        #expect(try await shop.alerts() == ["alert.router-offline"])
        _ = try shop.simulator.listen(port: shop.port)
        await shop.provisioner.syncOnce()
        #expect(try await shop.alerts() == ["alert.router-offline", "alert.router-back"])
        let downtime = try #require(try await shop.session.routers.downtimes(of: shop.router.id).items.first)
        #expect(downtime.length(at: shop.now) == .seconds(180))
    }

    @Test(
        "a router is looked at every 30 s and read every five minutes, or as often as the settings of its tenant say",
        arguments: [([:], 30, 300), (["interval.status": "60", "interval.sync": "600"], 60, 600)]
            as [([String: String?], Int64, Int64)]
    )
    func intervals(settings: [String: String?], status: Int64, sync: Int64) async throws {
        let shop = try await Shop.onTime()
        let service = shop.billing.provisioning
        _ = try await shop.session.settings.set(settings)
        await shop.provisioner.syncOnce()
        func due() async throws -> RouterClaim? { try await service.claim(owner: "test", of: .watched) }
        shop.advance(by: .seconds(status - 1))
        #expect(try await due() == nil)
        shop.advance(by: .seconds(1))
        let look = try #require(try await due())
        #expect(look.due == [.status])
        await shop.provisioner.visit(look, LeaseTrust(.seconds(20), begun: .zero, elapsed: { .zero }))
        #expect(shop.provisioner.figures.values.statuses == 1)
        shop.advance(by: .seconds(status - 1))
        #expect(try await due() == nil)
        shop.advance(by: .seconds(sync - 2 * status + 1))
        #expect(try await due()?.due == [.status, .sync])
    }

    @Test("a look between two readings is enough to see that a router is off")
    func looksAway() async throws {
        let shop = try await Shop.onTime()
        await shop.provisioner.syncOnce()
        shop.simulator.stop()
        shop.advance(by: .seconds(30))
        let look = try #require(try await shop.billing.provisioning.claim(owner: "test", of: .watched))
        await shop.provisioner.visit(look, LeaseTrust(.seconds(20), begun: .zero, elapsed: { .zero }))
        #expect(look.due == [.status])
        #expect(try await shop.session.routers.router(shop.router.id).status == .offline)
    }

    @Test("a step of our own clock is told of, and what it makes look young or late is not believed")
    func machineClock() async throws {
        let shop = try await Shop.onTime()
        shop.advance(by: .seconds(3_600))
        await shop.provisioner.syncOnce()
        await shop.provisioner.expireOnce()
        shop.setClock(by: .seconds(86_400))
        shop.advance(by: .seconds(30))
        await shop.provisioner.syncOnce()
        await shop.provisioner.expireOnce()
        #expect(try await shop.alerts() == ["alert.machine-clock"])
        #expect(try await shop.session.routers.router(shop.router.id).restarts == 0)
    }

    @Test(
        "a restart between two readings ends the sessions of before, also when the router is up for longer than before",
        arguments: [60, 900] as [Int64]
    )
    func restart(later: Int64) async throws {
        let shop = try await Shop.onTime()
        try shop.openPool()
        _ = try await shop.account("ann")
        await shop.provisioner.provisionOnce()
        try shop.dial("ann")
        shop.advance(by: .seconds(300))
        await shop.provisioner.syncOnce()
        shop.advance(by: .seconds(30))
        shop.simulator.inject(.powerCut)
        shop.advance(by: .seconds(later))
        try shop.dial("ann")
        shop.advance(by: .seconds(10))
        await shop.provisioner.syncOnce()
        let sessions = try await shop.session.networkSessions.list().items.map(\.session)
        #expect(sessions.map(\.endReason) == [nil, .routerRestarted])
        #expect(sessions.map(\.routerEpoch) == [1, 0])
    }

    @Test(
        "of the sensors the hottest and the voltage that is there count, and what makes no sense is left out",
        arguments: [
            (
                [("voltage", "24.1"), ("cpu-temperature", "60"), ("board-temperature1", "41")], 60, 24.1
            ),
            ([("voltage", "24.1V"), ("temperature", "41C")], 41, 24.1),
            ([("psu1-voltage", "0"), ("psu2-voltage", "12"), ("fan1-speed", "4000")], nil, 12),
            ([("temperature", "ok"), ("voltage", "-"), ("cpu-temperature", "65535")], nil, nil),
            ([], nil, nil),
        ] as [([(String, String)], Double?, Double?)]
    )
    func sensors(rows: [(String, String)], temperature: Double?, voltage: Double?) throws {
        let vitals = RouterVitals(sensors: rows.map { (name: $0.0, value: $0.1) })
        #expect(vitals.temperature == temperature && vitals.voltage == voltage)
    }
}

extension Shop {
    /// A shop whose router knows what time it is.
    static func onTime() async throws -> Shop {
        let shop = try await Shop()
        try shop.simulator.run("/system/clock/set", ["date": "2023-11-14", "time": "22:13:20"])
        return shop
    }

    /// The templates of what people are told, in the order in which it was found.
    func alerts() async throws -> [String] {
        try await session.notifications.list().items.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
            .map(\.template)
    }
}
