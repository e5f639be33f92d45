import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Who is on line, and who was")
struct NetworkSessionListTests {
    /// A session of somebody that began some minutes ago, as the fold of what routers show leaves it.
    private func session(
        _ shop: Shop,
        _ subject: SessionSubject,
        on router: Router? = nil,
        began minutes: Int64,
        ended: Bool = false,
        address: String = "10.5.50.2"
    ) async throws -> NetworkSession {
        let start = shop.clock.now - .seconds(minutes * 60)
        let session = NetworkSession(
            id: Identifier(timestamp: start, random: try shop.random.bytes(10)),
            tenant: shop.tenant.id,
            subject: subject,
            kind: subject.voucher == nil ? .pppoe : .hotspot,
            router: (router ?? shop.router).id,
            routerEpoch: 1,
            address: address,
            hardwareAddress: "AA:BB:CC:00:11:22",
            startedAt: start,
            lastSeenAt: shop.clock.now,
            endedAt: ended ? shop.clock.now : nil,
            endReason: ended ? .vanished : nil,
            bytesIn: 10,
            bytesOut: 20
        )
        try await shop.store.write(.tenant(shop.tenant.id)) { try $0.insert(session) }
        return session
    }

    @Test(
        "sessions are found by state, customer, service, voucher, router, address and time",
        arguments: Backing.allCases
    )
    func sessionsAreFound(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let shop = till.shop
        let account = try await till.order().serviceAccount
        let voucher = try await shop.generate(1, sold: true).vouchers[0]
        let theirs = try await shop.generate(1, sold: true).vouchers[0]
        _ = try await till.owner.vouchers.redeem(code: theirs.code, for: till.customer.id, key: .new())
        let old = try await session(shop, .voucher(voucher.id), began: 50, ended: true)
        let open = try await session(shop, .voucher(voucher.id), began: 40)
        let dialled = try await session(shop, .service(account.id), began: 30, address: "10.9.0.7")
        let redeemed = try await session(shop, .voucher(theirs.id), began: 20, ended: true)
        func found(_ filter: NetworkSessionFilter) async throws -> [NetworkSession] {
            try await till.owner.networkSessions.list(filter).items.map(\.session)
        }
        #expect(try await found(NetworkSessionFilter()) == [redeemed, dialled, open, old])
        #expect(try await found(.online) == [dialled, open])
        #expect(try await found(NetworkSessionFilter(isOpen: false)) == [redeemed, old])
        #expect(try await found(NetworkSessionFilter(subject: .voucher(voucher.id))) == [open, old])
        #expect(try await found(NetworkSessionFilter(customer: till.customer.id)) == [redeemed, dialled])
        #expect(try await found(NetworkSessionFilter(router: shop.router.id, kind: .pppoe)) == [dialled])
        #expect(try await found(NetworkSessionFilter(address: "10.9.0.7")) == [dialled])
        let half = NetworkSessionFilter(from: old.startedAt + .seconds(1), until: redeemed.startedAt)
        #expect(try await found(half) == [dialled, open])
        #expect(try await till.owner.networkSessions.session(open.id).session == open)
        await expectRefusal(.notFound) {
            try await till.owner.networkSessions.list(NetworkSessionFilter(customer: Identifier(high: 9, low: 9)))
        }
    }

    @Test("a session says whose it is, a code only to those who may see codes", arguments: Backing.allCases)
    func sessionsHaveNames(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let account = try await till.order().serviceAccount
        let voucher = try await till.shop.generate(1).vouchers[0]
        _ = try await session(till.shop, .voucher(voucher.id), began: 2)
        _ = try await session(till.shop, .service(account.id), began: 1)
        let lines = try await till.owner.networkSessions.list().items
        #expect(lines.map(\.username) == [account.username, voucher.code])
        #expect(lines.map(\.customer) == [till.customer.id, nil])
        let (_, secret) = try await till.shop.billing.createToken(
            TokenDraft(name: "screen", role: .cashier, scopes: [.viewSessions]),
            tenant: till.shop.tenant.id
        )
        let screen = try await till.shop.billing.apiSession(token: secret)
        #expect(try await screen.networkSessions.list().items.map(\.username) == [account.username, nil])
    }

    @Test("those on line are counted by router and kind", arguments: Backing.allCases)
    func onlineIsCounted(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let account = try await till.order().serviceAccount
        let vouchers = try await till.shop.generate(3).vouchers
        for voucher in vouchers { _ = try await session(till.shop, .voucher(voucher.id), began: 2) }
        _ = try await session(till.shop, .service(account.id), began: 1)
        _ = try await session(till.shop, .service(account.id), began: 9, ended: true)
        let counts = try await till.owner.networkSessions.online()
        #expect(counts.map(\.kind) == [.hotspot, .pppoe])
        #expect(counts.map(\.sessions) == [3, 1])
        #expect(counts.allSatisfy { $0.router == till.shop.router.id })
    }

    @Test("who is assigned to a router sees its sessions alone", arguments: Backing.allCases)
    func reachIsKept(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let mine = try await shop.owner.routers.add(.fixture("Mine"), key: .new())
        let voucher = try await shop.generate(1).vouchers[0]
        let here = try await session(shop, .voucher(voucher.id), on: mine, began: 2)
        let there = try await session(shop, .voucher(voucher.id), began: 1)
        let (_, secret) = try await shop.billing.createToken(
            TokenDraft(name: "t", role: .manager, assignment: StaffAssignment(routers: [mine.id])),
            tenant: shop.tenant.id
        )
        let bounded = try await shop.billing.apiSession(token: secret)
        #expect(try await bounded.networkSessions.list().items.map(\.session) == [here])
        #expect(try await bounded.networkSessions.online().map(\.router) == [mine.id])
        #expect(try await bounded.networkSessions.session(here.id).session == here)
        await expectRefusal(.forbidden) { try await bounded.networkSessions.session(there.id) }
        await expectRefusal(.forbidden) {
            try await bounded.networkSessions.list(NetworkSessionFilter(router: shop.router.id))
        }
    }
}
