import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Those who look after routers are told, once")
struct AlertTests {
    @Test("of a router that stays away, and that it is back and how long it was away", arguments: Backing.allCases)
    func offlineAndBack(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        try await shop.look(.online)
        let lost = shop.clock.now
        for _ in 0..<30 {
            try await shop.look(.offline, "no answer")
            shop.clock.advance(by: .seconds(10))
        }
        let told = try await shop.alerts()
        #expect(told.map(\.template) == ["alert.router-offline"])
        #expect(told.first?.createdAt == lost + .seconds(120))
        #expect(told.first?.variables["router"] == "Lobby" && told.first?.variables["detail"] == "no answer")
        for _ in 0..<3 { try await shop.look(.online) }
        let all = try await shop.alerts()
        #expect(all.map(\.template) == ["alert.router-offline", "alert.router-back"])
        #expect(all.last?.variables["seconds"] == "300")
    }

    @Test("of nothing, when a router is away for less than the setting says", arguments: [0, 119] as [Int64])
    func blip(seconds: Int64) async throws {
        let shop = try await Shop.open(.memory)
        try await shop.look(.online)
        for _ in 0..<3 {
            try await shop.look(.offline)
            shop.clock.advance(by: .seconds(seconds))
            try await shop.look(.offline)
            try await shop.look(.online)
        }
        #expect(try await shop.alerts().isEmpty)
    }

    @Test("of each time that it goes away, as late as the setting says")
    func everyTime() async throws {
        let shop = try await Shop.open(.memory)
        _ = try await shop.owner.settings.set(.offlineAlertDelay, to: 0)
        for _ in 0..<2 {
            for status in [RouterStatus.online, .offline, .offline] { try await shop.look(status) }
            shop.clock.advance(by: .seconds(1))
        }
        #expect(
            try await shop.alerts().map(\.template) == [
                "alert.router-offline", "alert.router-back", "alert.router-offline",
            ]
        )
    }

    @Test("of a router that refuses us as of one that cannot be read, also where it was away before")
    func misconfigured() async throws {
        let shop = try await Shop.open(.memory)
        for status in [RouterStatus.offline, .error, .error, .online] {
            try await shop.look(status)
            shop.clock.advance(by: .seconds(120))
            if status == .offline { try await shop.look(.offline) }
            shop.clock.advance(by: .seconds(1))
        }
        #expect(
            try await shop.alerts().map(\.template) == [
                "alert.router-offline", "alert.sync-failed", "alert.router-back",
            ]
        )
    }

    @Test("by name: all who may operate the router, nobody else", arguments: Backing.allCases)
    func recipients(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let other = try await shop.owner.routers.add(.fixture("Roof"), key: .new())
        func person(_ name: String, _ role: Role, _ routers: Set<Identifier<Router>> = [], isGone: Bool = false)
            async throws -> String
        {
            let id = try await shop.person(role, name).id
            try await shop.store.write(.tenant(shop.tenant.id)) { store in
                guard var staff = try store.find(id) else { return }
                staff.assignment.routers = routers
                staff.isDisabled = isGone
                try store.update(staff)
            }
            return "staff:\(id)"
        }
        let manager = try await person("manager", .manager)
        let here = try await person("here", .manager, [shop.router.id])
        _ = try await person("elsewhere", .manager, [other.id])
        _ = try await person("gone", .manager, isGone: true)
        _ = try await person("till", .cashier)
        _ = try await shop.owner.settings.set(.offlineAlertDelay, to: 0)
        try await shop.look(.offline)
        #expect(Set(try await shop.alerts().map(\.recipient)) == [manager, here])
    }

    @Test(
        "of what keeps a router from being brought into agreement, until it is gone and comes again",
        arguments: RouterTrouble.allCases
    )
    func trouble(trouble: RouterTrouble) async throws {
        let shop = try await Shop.open(.memory)
        func read(_ trouble: RouterTrouble?, isFull: Bool = true) async throws {
            let reading = RouterReading(
                status: .online,
                detail: trouble.map { "because of \($0)" },
                isFull: isFull,
                trouble: trouble
            )
            try await shop.billing.provisioning.recordStatus(shop.router.id, reading)
            shop.clock.advance(by: .seconds(30))
        }
        for _ in 0..<2 {
            try await read(trouble)
            try await read(nil, isFull: false)
        }
        #expect(try await shop.owner.routers.router(shop.router.id).statusDetail == "because of \(trouble)")
        #expect(try await shop.owner.routers.health(of: shop.router.id)?.trouble == trouble)
        try await read(nil)
        #expect(try await shop.owner.routers.router(shop.router.id).statusDetail == nil)
        try await read(trouble)
        let template = trouble == .massChange ? "alert.mass-change" : "alert.sync-failed"
        #expect(try await shop.alerts().map(\.template) == [template, template])
    }

    @Test("of changes that were put aside: the first after none", arguments: Backing.allCases)
    func parked(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        for _ in 0..<2 {
            _ = try await shop.generate(2)
            try await shop.provision(.failed(detail: "no such profile", retry: false))
            shop.clock.advance(by: .seconds(1))
        }
        let told = try await shop.alerts()
        #expect(told.map(\.template) == ["alert.jobs-parked"])
        #expect(told.first?.variables["count"] == "2" && told.first?.variables["detail"] == "no such profile")
        _ = try await shop.owner.routers.retry(shop.router.id)
        try await shop.provision(.failed(detail: "no such profile", retry: false))
        #expect(try await shop.alerts().count == 2)
    }

    @Test("of a locked voucher on another device, and of one shared by too many, without its code")
    func anomalies() async throws {
        let shop = try await Shop.open(.memory)
        let package = try await shop.owner.packages.create(
            PackageDraft(
                name: "Locked",
                terms: VoucherTerms(
                    validity: .seconds(86_400 * 3),
                    locksToDevice: true,
                    price: Money(minorUnits: 100, currency: .ugx)
                )
            ),
            key: .new()
        )
        let batch = try await shop.owner.vouchers.generate(1, of: package.id, on: shop.router.id, key: .new())
        let code = batch.vouchers[0].code
        func see(_ devices: [String]) async throws {
            shop.clock.advance(by: .seconds(300))
            let observation = VoucherObservation(
                code: code,
                evidence: .activeSession,
                at: shop.clock.now,
                session: .init(),
                devices: devices.compactMap { DeviceAddress($0) },
                openSessions: devices.map { OpenSession(hardwareAddress: $0, used: .init()) }
            )
            try await shop.billing.provisioning.recordObservations(shop.router.id, [observation], at: shop.clock.now)
        }
        let (own, other) = ("AA:00:00:00:00:01", "AA:00:00:00:00:02")
        for _ in 0..<2 { try await see([own]) }
        #expect(try await shop.alerts().isEmpty)
        for _ in 0..<2 { try await see([other]) }
        #expect(try await shop.alerts().count == 1)
        for _ in 0..<2 { try await see([own, other]) }
        let told = try await shop.alerts()
        #expect(told.map(\.template) == ["alert.session-anomaly", "alert.session-anomaly"])
        #expect(told.first?.variables["detail"]?.contains(other) == true)
        #expect(told.last?.variables["detail"] == "2 devices use it at once; 1 may.")
        #expect(!told.contains { $0.variables.values.contains { $0.contains(code) } })
        shop.clock.advance(by: .seconds(86_400))
        try await see([own, other])
        #expect(try await shop.alerts().count == 3)
    }

    @Test("of a step of our own clock, every tenant once a day", arguments: Backing.allCases)
    func machineClock(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let other = try await shop.billing.createTenant("Other", currency: .usd, timeZone: "UTC", key: .new())
        for _ in 0..<2 { try await shop.billing.provisioning.recordClockStep(.seconds(-3_600)) }
        let told = try await shop.alerts()
        #expect(told.map(\.template) == ["alert.machine-clock"])
        #expect(told.first?.variables["seconds"] == "-3600" && told.first?.recipient == "tenant:\(shop.tenant.id)")
        let theirs = try await Shop.session(.superAdministrator, of: other, in: shop.billing)
        #expect(try await theirs.notifications.list().items.map(\.template) == ["alert.machine-clock"])
    }
}

extension Shop {
    /// A look at the router that found it so.
    func look(_ status: RouterStatus, _ detail: String? = nil) async throws {
        try await billing.provisioning.recordStatus(router.id, RouterReading(status: status, detail: detail))
    }

    /// What people are told, in the order in which it was found.
    func alerts() async throws -> [NotificationIntent] {
        try await owner.notifications.list().items.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }
}
