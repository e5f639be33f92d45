import BillingDomain
import BillingPersistence
import BillingServices
import Testing

@Suite("Importing routers from a list")
struct RouterImportTests {
    private func plan(_ text: String, _ shop: Shop) async throws -> RouterListPlan {
        try await shop.owner.imports.planRouters(csv: Array(text.utf8))
    }

    private func add(_ text: String, _ shop: Shop, key: IdempotencyKey = .new()) async throws -> [Router] {
        try await shop.owner.imports.addRouters(csv: Array(text.utf8), key: key)
    }

    @Test(arguments: Backing.allCases)
    func everyColumnArrivesAndThePasswordIsSealed(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let text =
            "\u{FEFF}\(RouterList.header)\r\n"
            + "\"Roof, east\",10.0.0.9,8729,billing,\"a \"\"quoted\"\" pass,word\",Central,Kampala,0.3476,32.58\r\n\r\n"
            + "Gate,gate.example.org,,api,canary-gate,,,,"
        let added = try await add(text, shop)
        #expect(added.map(\.name) == ["Gate", "Roof, east"])
        #expect(added.map(\.port) == [8_728, 8_729])
        #expect(added[0].location == nil)
        #expect(added[1].location?.district == "Kampala")
        #expect(added[1].location?.coordinates?.latitude == 0.3476)
        #expect(try await shop.owner.routers.access(added[1].id).password == "a \"quoted\" pass,word")
        #expect(!String(decoding: added[0].sealedPassword, as: UTF8.self).contains("canary-gate"))
        #expect(try await shop.owner.routers.list().total == 3)
    }

    @Test(
        "says of each line what is wrong with it",
        arguments: [
            ("X,10.0.0.2,8728,api,,,,,", "password"), (",10.0.0.2,8728,api,p,,,,", "name"),
            ("X,http://x,8728,api,p,,,,", "ip_address"), ("X,10.0.0.2,70000,api,p,,,,", "api_port"),
            ("X,10.0.0.2,ten,api,p,,,,", "api_port"), ("X,10.0.0.2,8728,,p,,,,", "username"),
            ("X,10.0.0.2,8728,api,p,,,91,0", "lat"), ("X,10.0.0.2,8728,api,p,,,0,181", "lng"),
            ("X,10.0.0.2,8728,api,p,,,0,", "lat"), ("X,10.0.0.2,8728,api,p,,,north,0", "lat"),
            ("X,10.0.0.2", "csv"), ("lobby,10.0.0.2,8728,api,p,,,,", "name"),
        ]
    )
    func wrongLinesAreNamed(line: String, field: String) async throws {
        let shop = try await Shop.open(.memory)
        let text = "\(RouterList.header)\nGood,10.0.0.3,8728,api,p,,,,\n\(line)\n"
        let plan = try await plan(text, shop)
        #expect(plan.lines.map(\.number) == [2, 3])
        #expect(plan.lines.map { $0.problem != nil } == [false, true])
        #expect(plan.lines[1].field == field)
        #expect(!plan.isComplete)
        do {
            _ = try await add(text, shop)
            Issue.record("a list with a wrong line was taken")
        } catch let error as BillingError {
            #expect(error.message.hasPrefix("Line 3:"))
        }
        #expect(try await shop.owner.routers.list().total == 1, "nothing is half done")
    }

    @Test(
        "a header that is not the one it should be, and what is no table, is refused",
        arguments: [
            "", "name,ip_address\n", "name,name,ip_address,username,password\nX,X,h,u,p", "a,b\n1,2",
            RouterList.header + "\n", RouterList.header + "\n\"X,10.0.0.2", RouterList.header + "\nX\"Y,1",
        ]
    )
    func tablesOutOfShapeAreRefused(text: String) async throws {
        let shop = try await Shop.open(.memory)
        await expectRefusal(.invalidInput, field: "csv") { try await plan(text, shop) }
        await expectRefusal(.invalidInput, field: "csv") { try await add(text, shop) }
    }

    @Test func bytesThatAreNoTextAreRefused() async throws {
        let shop = try await Shop.open(.memory)
        await expectRefusal(.invalidInput, field: "csv") {
            try await shop.owner.imports.planRouters(csv: [0xFF, 0xFE])
        }
    }

    @Test func aNameTwiceInTheListIsRefused() async throws {
        let shop = try await Shop.open(.memory)
        let text = "name,ip_address,username,password\nA,h,u,p\na,h,u,p\n"
        #expect(try await plan(text, shop).lines.map(\.field) == [nil, "name"])
    }

    @Test(arguments: Backing.allCases)
    func theSameListUnderTheSameKeyIsAddedOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let key = IdempotencyKey.new()
        let first = try await add(RouterList.sample, shop, key: key)
        #expect(try await add(RouterList.sample, shop, key: key) == first)
        #expect(try await shop.owner.routers.list().total == 2)
        let corrected = RouterList.sample.replacing("canary-secret-1", with: "another")
        await expectRefusal(.conflict, field: "key") { try await add(corrected, shop, key: key) }
    }
}
