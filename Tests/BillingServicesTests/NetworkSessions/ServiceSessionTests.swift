import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Sessions of customers' services")
struct ServiceSessionTests {
    private func shown(
        _ username: String,
        _ kind: SessionKind,
        minutes: Int64,
        _ bytesIn: Int64,
        _ bytesOut: Int64 = 0
    ) -> ServiceObservation {
        ServiceObservation(
            username: username,
            kind: kind,
            session: OpenSession(
                address: "10.9.0.7",
                hardwareAddress: "AA:BB:CC:00:11:22",
                used: .init(uptime: .seconds(60 * minutes), bytesIn: bytesIn, bytesOut: bytesOut)
            )
        )
    }

    private func read(
        _ shop: Shop,
        _ services: [ServiceObservation],
        complete: Set<SessionKind> = Set(SessionKind.allCases)
    ) async throws -> ObservationSummary {
        try await shop.billing.provisioning.recordObservations(
            shop.router.id,
            [],
            services: services,
            at: shop.clock.now,
            complete: complete
        )
    }

    private func account(_ till: Till, _ kind: ServiceKind) async throws -> ServiceAccount {
        var draft = try till.serviceDraft()
        draft.kind = kind
        let order = SubscriptionOrder(
            customer: till.customer.id,
            service: draft,
            choice: .terms(try till.terms()),
            method: .cash
        )
        return try await till.owner.subscriptions.order(order, key: .new()).serviceAccount
    }

    @Test(
        "a customer is on line, was on line, and used what the sessions were seen to use",
        arguments: ServiceKind.allCases,
        Backing.allCases
    )
    func servicesAreFolded(service: ServiceKind, backing: Backing) async throws {
        let till = try await Till.open(backing)
        let shop = till.shop
        let account = try await account(till, service)
        let kind: SessionKind = service == .pppoe ? .pppoe : .hotspot
        shop.clock.advance(by: .seconds(600))
        let start = shop.clock.now - .seconds(60)
        let first = try await read(shop, [shown(account.username.uppercased(), kind, minutes: 1, 100, 10)])
        #expect((first.services, first.online, first.foreign) == (1, 0, 0))
        shop.clock.advance(by: .seconds(300))
        _ = try await read(shop, [shown(account.username, kind, minutes: 6, 700, 20)])
        let theirs = NetworkSessionFilter(customer: till.customer.id)
        let open = try #require(try await till.owner.networkSessions.list(theirs).items.first)
        #expect((open.username, open.customer) == (account.username, till.customer.id))
        #expect((open.session.kind, open.session.startedAt, open.session.bytesTotal) == (kind, start, 720))
        #expect(try await till.owner.networkSessions.online().map(\.sessions) == [1])

        // Counters that went back count anew, and what ended keeps what it used.
        shop.clock.advance(by: .seconds(300))
        _ = try await read(shop, [shown(account.username, kind, minutes: 11, 50, 1)])
        shop.clock.advance(by: .seconds(300))
        _ = try await read(shop, [])
        let ended = try #require(try await till.owner.networkSessions.list(theirs).items.first?.session)
        #expect((ended.endReason, ended.bytesIn, ended.bytesOut) == (.vanished, 750, 21))
        let days = DateRange(from: LocalDate(shop.clock.now).adding(days: -1), days: 3)
        let use = try #require(try await till.owner.reports.usage(days).first)
        #expect((use.bytesIn, use.bytesOut, use.uptime) == (750, 21, .seconds(660)))
        #expect((use.router, use.packageName) == (shop.router.id, "Home"))
    }

    @Test("what no service goes by is left alone, and so is a session of another kind", arguments: Backing.allCases)
    func strangersAreLeftAlone(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let account = try await account(till, .pppoe)
        till.shop.clock.advance(by: .seconds(600))
        let seen = [shown("neighbour", .hotspot, minutes: 1, 5), shown(account.username, .hotspot, minutes: 1, 5)]
        #expect(try await read(till.shop, seen).foreign == 2)
        #expect(try await till.owner.networkSessions.list().items.isEmpty)
        #expect(try await till.owner.customers.list().items.count == 1)
    }

    @Test("sessions of a kind that was not read in full go on", arguments: Backing.allCases)
    func otherKindsGoOn(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let dialled = try await account(till, .pppoe)
        let portal = try await account(till, .hotspot)
        till.shop.clock.advance(by: .seconds(600))
        let both = [shown(dialled.username, .pppoe, minutes: 1, 5), shown(portal.username, .hotspot, minutes: 1, 5)]
        #expect(try await read(till.shop, both).services == 2)
        till.shop.clock.advance(by: .seconds(300))
        _ = try await read(till.shop, [], complete: [.hotspot])
        let open = try await till.owner.networkSessions.list(.online).items
        #expect(open.map(\.username) == [dialled.username])
    }
}
