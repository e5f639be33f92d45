import HTTPServer
import Testing

@testable import WebPanel

private let routers = "/api/v1/router-management"

struct RouterAPITests {
    @Test func aRouterIsAddedWithWhatItSaysOfItself() async throws {
        let shop = try await Shop()
        let place: JSON = [
            "region": "Central", "district": "Kampala",
            "coordinates": ["lat": JSON(0.3476), "lng": JSON(32.5825)],
        ]
        let answer = await shop.call(.post, routers, Shop.router("Main", ["location": place]))
        #expect(answer.status == 201)
        #expect(answer.data["name"] == "Main")
        #expect(answer.data["ip_address"] == "10.10.0.2")
        #expect(answer.data["api_port"] == JSON(8728))
        #expect(answer.data["status"] == "online")
        #expect(answer.data["last_seen"] != .null)
        #expect(answer.data["created_at"].text?.hasSuffix("Z") == true)
        #expect(answer.data["location"] == place)
        #expect(!answer.body.contains("canary-password"))
    }

    @Test func aRouterThatDoesNotAnswerIsAddedAsOffline() async throws {
        let shop = try await Shop(reaching: false)
        let answer = await shop.call(.post, routers, Shop.router())
        #expect(answer.status == 201)
        #expect(answer.data["status"] == "offline")
        #expect(answer.data["last_seen"] == .null)
    }

    @Test(
        "A bad router names its field and is not saved",
        arguments: [
            (["name": .text(String(repeating: "n", count: 300))], "name"), (["name": ""], "name"),
            (["name": JSON(7)], "name"), (["name": .null], "name"), (["ip_address": ""], "ip_address"),
            (["ip_address": .text(String(repeating: "h", count: 300))], "ip_address"),
            (["ip_address": "two words"], "ip_address"), (["api_port": JSON(0)], "api_port"),
            (["api_port": JSON(65_536)], "api_port"), (["api_port": "telnet"], "api_port"),
            (["username": ""], "username"), (["username": .text(String(repeating: "u", count: 300))], "username"),
            (["password": .null], "password"),
            (["location": ["coordinates": ["lat": JSON(91), "lng": JSON(0)]]], "location.coordinates.lat"),
            (["location": ["coordinates": ["lat": JSON(1)]]], "location.coordinates.lng"),
            (["location": "Kampala"], "location"), (["location": ["region": "Cen\ntral"]], "location.region"),
            (["location": ["district": .text(String(repeating: "d", count: 101))]], "location.district"),
        ] as [([String: JSON], String)]
    )
    func aBadRouterIsRefused(_ changes: [String: JSON], _ field: String) async throws {
        let shop = try await Shop()
        let answer = await shop.call(.post, routers, Shop.router("Second", changes))
        #expect((400..<500).contains(answer.status))
        #expect(answer.field == field, "\(answer.body)")
        #expect(await shop.call(.get, routers).data.items.isEmpty)
    }

    @Test func aChangeKeepsWhatItLeavesOut() async throws {
        let shop = try await Shop()
        let id = await shop.addRouter()
        let answer = await shop.call(.put, "\(routers)/\(id)", ["name": "Renamed"])
        #expect(answer.status == 200)
        #expect(answer.data["name"] == "Renamed")
        #expect(answer.data["ip_address"] == "10.10.0.2")
        #expect(answer.data["username"] == "api")
    }

    @Test func aChangeOfThePlaceKeepsWhatItLeavesOut() async throws {
        let shop = try await Shop()
        let place: JSON = [
            "region": "Central", "district": "Kampala", "coordinates": ["lat": JSON(1), "lng": JSON(2)],
        ]
        let id = await shop.call(.post, routers, Shop.router("Main", ["location": place])).data["id"].text ?? ""
        let answer = await shop.call(.put, "\(routers)/\(id)", ["location": ["region": "West"]])
        #expect(answer.data["location"]["region"] == "West")
        #expect(answer.data["location"]["district"] == "Kampala")
        #expect(answer.data["location"]["coordinates"]["lng"] == JSON(2))
    }

    @Test func aSavedRouterIsTestedWithChangesOnlyWithTheirPassword() async throws {
        let shop = try await Shop()
        let id = await shop.addRouter()
        let path = "\(routers)/test-connection"
        let refused = await shop.call(.post, path, ["id": .text(id), "username": "other"])
        #expect((refused.status, refused.field) == (422, "password"))
        #expect(await shop.call(.post, path, ["id": .text(id), "username": "other", "password": "new"]).status == 200)
        #expect(await shop.call(.get, "\(routers)/\(id)").data["username"] == "api")
    }

    @Test func anotherAddressTakesThePasswordAgain() async throws {
        let shop = try await Shop()
        let path = "\(routers)/\(await shop.addRouter())"
        let refused = await shop.call(.put, path, ["ip_address": "10.66.66.66"])
        #expect((refused.status, refused.field) == (422, "password"))
        #expect(await shop.call(.get, path).data["ip_address"] == "10.10.0.2")
        let answer = await shop.call(.put, path, ["ip_address": "10.66.66.66", "password": "typed again"])
        #expect(answer.data["ip_address"] == "10.66.66.66")
    }

    @Test func aRouterIsRemovedUnlessItsVouchersCanStillBeUsed() async throws {
        let shop = try await Shop()
        let (busy, idle) = (await shop.addRouter("Busy"), await shop.addRouter("Idle"))
        _ = await shop.call(.post, "/api/v1/vouchers/batch-generate", shop.order(busy))
        #expect(await shop.call(.delete, "\(routers)/\(busy)").status == 409)
        #expect(await shop.call(.delete, "\(routers)/\(idle)").status == 200)
        #expect(await shop.call(.get, routers).data.items.compactMap { $0["id"].text } == [busy])
    }

    @Test func routersAreSearchedFilteredAndSorted() async throws {
        let shop = try await Shop()
        for name in ["Beta", "Alpha", "Gamma"] { _ = await shop.addRouter(name) }
        func names(_ query: String) async -> [String] {
            await shop.call(.get, "\(routers)?\(query)").data.items.compactMap { $0["name"].text }
        }
        #expect(await names("sort_by=name&sort_order=desc") == ["Gamma", "Beta", "Alpha"])
        #expect(await names("search=alp") == ["Alpha"])
        #expect(await names("status=offline").isEmpty)
        #expect(await names("status=online&sort_by=created_at&per_page=1&page=2") == ["Alpha"])
    }

    @Test func aTestOfAnUnsavedRouterSavesNothing() async throws {
        let shop = try await Shop()
        let answer = await shop.call(.post, "\(routers)/test-connection", Shop.router("x", ["name": .null]))
        #expect(answer.status == 200)
        #expect(answer.data["steps"].items.first?["status"] == "passed")
        #expect(await shop.call(.get, routers).data.items.isEmpty)
    }

    @Test(arguments: ["id", "router_id", "path"])
    func aSavedRouterIsTestedWithItsSavedPassword(_ way: String) async throws {
        let shop = try await Shop(reaching: false)
        let id = await shop.addRouter()
        let answer =
            way == "path"
            ? await shop.call(.post, "\(routers)/\(id)/test-connection")
            : await shop.call(.post, "\(routers)/test-connection", .object([way: .text(id)]))
        #expect(answer.status == 422)
        #expect(answer.code == "connection_refused")
        #expect(answer.data["steps"].items.first?["step"] == "network")
        #expect(answer.data["steps"].items.first?["status"] == "failed")
        #expect(answer.data["steps"].items.first?["remedy"] == "/ip service enable <api>")
        #expect(!answer.body.contains("canary-password"))
    }
}
