import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Routers")
struct RouterServiceTests {
    @Test(arguments: Backing.allCases)
    func aRoutersPasswordIsSealedAtRestAndOpensAgain(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let stored = try await shop.store.read(.system) { try $0.router(shop.router.id) }
        let sealed = try #require(stored?.sealedPassword)
        #expect(sealed.count > Shop.routerPassword.utf8.count)
        #expect(!String(decoding: sealed, as: UTF8.self).contains(Shop.routerPassword))
        #expect(try await shop.owner.routers.access(shop.router.id).password == Shop.routerPassword)
    }

    @Test(arguments: Backing.allCases)
    func aPasswordCopiedToAnotherRouterDoesNotOpen(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        var other = try await shop.owner.routers.add(.fixture("Roof", password: "other"), key: .new())
        other.sealedPassword = shop.router.sealedPassword
        _ = try await shop.store.write(.tenant(other.tenant)) { [other] store in try store.update(other) }
        await expectRefusal(.unavailable) { try await shop.owner.routers.access(other.id) }
    }

    @Test(arguments: Backing.allCases)
    func anUpdateWithoutAPasswordKeepsIt(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        var draft = RouterDraft.fixture("Lobby 2", password: nil)
        draft.port = 8_729
        draft.username = "api2"
        let router = try await shop.owner.routers.update(shop.router.id, draft)
        #expect((router.name, router.port) == ("Lobby 2", 8_729))
        #expect(try await shop.owner.routers.access(router.id).password == Shop.routerPassword)
        draft.password = "renewed"
        _ = try await shop.owner.routers.update(shop.router.id, draft)
        #expect(try await shop.owner.routers.access(router.id).password == "renewed")
    }

    @Test(arguments: Backing.allCases)
    func theSameRouterUnderTheSameKeyIsAddedOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let key = IdempotencyKey.new()
        let first = try await shop.owner.routers.add(.fixture("Roof"), key: key)
        #expect(try await shop.owner.routers.add(.fixture("Roof"), key: key) == first)
        await expectRefusal(.conflict, field: "key") {
            try await shop.owner.routers.add(.fixture("Cellar"), key: key)
        }
        #expect(try await shop.owner.routers.list().total == 2)
    }

    @Test("a repetition with another password is a conflict and changes nothing", arguments: Backing.allCases)
    func aCorrectedPasswordUnderTheSameKeyIsRefused(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let key = IdempotencyKey.new()
        let router = try await shop.owner.routers.add(.fixture("Roof", password: "mistyped"), key: key)
        for password in ["corrected", nil] {
            await expectRefusal(.conflict, field: "key") {
                try await shop.owner.routers.add(.fixture("Roof", password: password), key: key)
            }
        }
        #expect(try await shop.owner.routers.access(router.id).password == "mistyped")
        #expect(try await shop.owner.routers.add(.fixture("Roof", password: "mistyped"), key: key) == router)
    }

    @Test(
        "a bad field is named",
        arguments: [
            (RouterDraft(name: "", host: "h", username: "u", password: "p"), "name"),
            (RouterDraft(name: "  ", host: "h", username: "u", password: "p"), "name"),
            (RouterDraft(name: "a\nb", host: "h", username: "u", password: "p"), "name"),
            (RouterDraft(name: String(repeating: "x", count: 300), host: "h", username: "u", password: "p"), "name"),
            (RouterDraft(name: manyMarks(100), host: "h", username: "u", password: "p"), "name"),
            (RouterDraft(name: "n", host: "", username: "u", password: "p"), "host"),
            (RouterDraft(name: "n", host: "http://h", username: "u", password: "p"), "host"),
            (RouterDraft(name: "n", host: "h h", username: "u", password: "p"), "host"),
            (RouterDraft(name: "n", host: "h", port: 0, username: "u", password: "p"), "port"),
            (RouterDraft(name: "n", host: "h", port: 65_536, username: "u", password: "p"), "port"),
            (RouterDraft(name: "n", host: "h", username: "", password: "p"), "username"),
            (RouterDraft(name: "n", host: "h", username: "u", password: nil), "password"),
        ]
    )
    func badFieldsAreNamed(draft: RouterDraft, field: String) async throws {
        let shop = try await Shop.open(.memory)
        await expectRefusal(.invalidInput, field: field) { try await shop.owner.routers.add(draft, key: .new()) }
        #expect(try await shop.owner.routers.list().total == 1)
    }

    @Test(
        "what cannot be seen in a name is refused and named",
        arguments: [
            ("\u{3164}", "U+3164"), ("Lob\u{200B}by", "U+200B"), ("Lobby\u{202E}", "U+202E"),
            ("\u{2066}Lobby", "U+2066"),
            ("Lob\u{AD}by", "U+00AD"), ("\u{2800}", "U+2800"), ("Lob\u{FFA0}by", "U+FFA0"), ("a\u{34F}b", "U+034F"),
            ("Lobby 2\u{FE0F}", "U+FE0F"), ("tag\u{E0041}", "U+E0041"),
        ]
    )
    func invisibleNamesAreRefused(name: String, code: String) async throws {
        let shop = try await Shop.open(.memory)
        var draft = RouterDraft.fixture(name)
        func refusal(_ body: () async throws -> some Any) async -> BillingError? {
            do {
                _ = try await body()
                return nil
            } catch { return error as? BillingError }
        }
        let byRouter = await refusal { [draft] in try await shop.owner.routers.add(draft, key: .new()) }
        #expect(byRouter?.field == "name" && byRouter?.message.contains(code) == true, "\(byRouter as Any)")
        (draft.name, draft.username) = ("Roof", name)
        let byUser = await refusal { [draft] in try await shop.owner.routers.add(draft, key: .new()) }
        #expect(byUser?.field == "username" && byUser?.message.contains(code) == true)
        let byPackage = await refusal { try await shop.owner.packages.create(.fixture(name), key: .new()) }
        #expect(byPackage?.field == "name" && byPackage?.message.contains(code) == true)
    }

    @Test("names of any script, and pictures, are names", arguments: ["Café ❤️", "ฝั่งธน", "北京", "مقهى", "Ünï-1"])
    func visibleNamesAreKept(name: String) async throws {
        let shop = try await Shop.open(.memory)
        #expect(try await shop.owner.routers.add(.fixture(name), key: .new()).name == name)
    }

    @Test(arguments: Backing.allCases)
    func aNameIsTakenWhateverItsCase(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        await expectRefusal(.duplicate, field: "name") {
            try await shop.owner.routers.add(.fixture("LOBBY"), key: .new())
        }
        _ = try await shop.owner.routers.update(shop.router.id, .fixture("lobby"))
    }

    @Test(arguments: Backing.allCases)
    func aRouterStaysWhileItsVouchersCanBeUsed(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let batch = try await shop.generate(1)
        await expectRefusal(.conflict) { try await shop.owner.routers.remove(shop.router.id) }
        try await shop.see(batch.vouchers[0].code)
        shop.clock.advance(by: .seconds(4 * 3_600))
        #expect(try await shop.billing.upkeep.run().expired == 1)
        try await shop.provision(.removed)
        try await shop.owner.routers.remove(shop.router.id)
        try await shop.owner.routers.remove(shop.router.id)
        await expectRefusal(.notFound) { try await shop.owner.routers.router(shop.router.id) }
        #expect(try await shop.owner.routers.list().total == 0)
        await expectRefusal(.notFound, field: "router") { try await shop.generate() }
    }

    @Test("a router stays while changes wait for it or are put aside", arguments: Backing.allCases, [true, false])
    func aRouterStaysWhileItIsOwedChanges(backing: Backing, isParked: Bool) async throws {
        let shop = try await Shop.open(backing)
        let batch = try await shop.generate(1)
        try await shop.see(batch.vouchers[0].code)
        shop.clock.advance(by: .seconds(4 * 3_600))
        #expect(try await shop.billing.upkeep.run().expired == 1)
        if isParked {
            try await shop.provision(.failed(detail: "refused", retry: false))
        }
        do {
            try await shop.owner.routers.remove(shop.router.id)
            Issue.record("removed although a change is owed")
        } catch let error as BillingError {
            #expect(error.code == .conflict)
            #expect(error.message.contains("1 change") && error.message.contains("try"), "\(error.message)")
        }
        #expect(try await shop.owner.routers.retry(shop.router.id) == 1)
        try await shop.provision(.removed)
        try await shop.owner.routers.remove(shop.router.id)
        #expect(try await shop.owner.reports.dashboard().outboxDepth == 0)
    }

    @Test("a router stays while customers have services on it", arguments: Backing.allCases)
    func aRouterStaysWhileServicesAreOnIt(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let customer = try await shop.owner.customers.create(CustomerDraft(name: "Ada"), key: .new())
        let draft = ServiceAccountDraft(
            kind: .pppoe,
            router: shop.router.id,
            username: try #require(NumberPattern("ada"))
        )
        let account = try await shop.owner.serviceAccounts.create(draft, for: customer.id, key: .new())
        await expectRefusal(.conflict) { try await shop.owner.routers.remove(shop.router.id) }
        _ = try await shop.owner.serviceAccounts.delete(account.id)
        // It may stand there until the router shows that it does not.
        await expectRefusal(.conflict) { try await shop.owner.routers.remove(shop.router.id) }
        try await shop.provision(.removed)
        try await shop.owner.routers.remove(shop.router.id)
    }

    @Test("handing out a router's password is written down", arguments: Backing.allCases)
    func accessIsAudited(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let manager = try await shop.session(.manager)
        _ = try await manager.routers.access(shop.router.id)
        let entry = try #require(try await shop.owner.audit.entries().items.first)
        #expect((entry.action, entry.subject) == ("router.access", "router:\(shop.router.id)"))
        #expect(entry.actor == manager.actor)
    }

    @Test("a stored password is never sent to another host", arguments: Backing.allCases)
    func anotherHostNeedsThePasswordAgain(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        var draft = RouterDraft.fixture("Lobby", password: nil)
        draft.host = "10.66.66.66"
        await expectRefusal(.invalidInput, field: "password") { [draft] in
            try await shop.owner.routers.update(shop.router.id, draft)
        }
        #expect(try await shop.owner.routers.router(shop.router.id) == shop.router)
        draft.password = "typed again"
        #expect(try await shop.owner.routers.update(shop.router.id, draft).host == "10.66.66.66")
    }

    @Test(
        "a place that is too long or would not print is refused by name",
        arguments: [
            (RouterLocation(region: "Cen\u{0}tral", district: ""), "region"),
            (RouterLocation(region: String(repeating: "x", count: 101), district: ""), "region"),
            (RouterLocation(region: "", district: "Kam\npala"), "district"),
            (RouterLocation(region: "", district: manyMarks(100)), "district"),
        ]
    )
    func badPlacesAreNamed(location: RouterLocation, field: String) async throws {
        let shop = try await Shop.open(.memory)
        var draft = RouterDraft.fixture("Roof")
        draft.location = location
        await expectRefusal(.invalidInput, field: field) { [draft] in
            try await shop.owner.routers.add(draft, key: .new())
        }
    }

    @Test(arguments: Backing.allCases)
    func routersAreFoundSortedAndPaged(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        for (name, host, region) in [("roof", "10.0.0.9", "Gulu"), ("Cellar", "10.0.0.1", "Kampala")] {
            shop.clock.advance(by: .seconds(1))
            var draft = RouterDraft.fixture(name)
            draft.host = host
            draft.location = RouterLocation(region: region, district: "")
            _ = try await shop.owner.routers.add(draft, key: .new())
        }
        try await shop.billing.provisioning.recordStatus(shop.router.id, RouterReading(status: .online))
        let routers = shop.owner.routers
        func names(_ query: RouterQuery, _ page: PageRequest = PageRequest()) async throws -> [String] {
            try await routers.list(query, page).items.map(\.name)
        }
        #expect(try await names(RouterQuery()) == ["Cellar", "Lobby", "roof"])
        #expect(try await names(RouterQuery(order: .host)) == ["Cellar", "roof", "Lobby"])
        #expect(try await names(RouterQuery(order: .createdAt, isDescending: true)) == ["Cellar", "roof", "Lobby"])
        #expect(try await names(RouterQuery(search: "KAMP")) == ["Cellar"])
        #expect(try await names(RouterQuery(search: "10.10")) == ["Lobby"])
        #expect(try await names(RouterQuery(status: .online)) == ["Lobby"])
        #expect(try await names(RouterQuery(status: .offline)) == ["Cellar", "roof"])
        #expect(try await names(RouterQuery(), PageRequest(number: 2, size: 2)) == ["roof"])
        #expect(try await routers.list(RouterQuery(), PageRequest(number: 9, size: 2)).items.isEmpty)
    }
}
