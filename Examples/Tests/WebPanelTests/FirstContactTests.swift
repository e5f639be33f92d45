import BillingDomain
import HTTPServer
import Testing

@testable import WebPanel

private let routers = "/api/v1/router-management"

/// What is said of a router right after it was saved.
struct FirstContactTests {
    @Test func aCorrectedPasswordUnderTheSameKeyIsNoSuccess() async throws {
        let shop = try await Shop(routerPassword: "right")
        let key: HTTPHeaders = ["Idempotency-Key": "once"]
        let wrong = await shop.call(.post, routers, Shop.router("Main", ["password": "wrong"]), headers: key)
        #expect((wrong.status, wrong.data["status"]) == (201, "error"))
        let corrected = await shop.call(.post, routers, Shop.router("Main", ["password": "right"]), headers: key)
        #expect(corrected.status == 409)
        let again = await shop.call(.post, routers, Shop.router("Main", ["password": "wrong"]), headers: key)
        #expect((again.status, again.data["status"], again.data["id"]) == (201, "error", wrong.data["id"]))
    }

    @Test func whatIsTriedIsWhatIsStored() async throws {
        let shop = try await Shop(routerPassword: "right")
        let id = await shop.call(.post, routers, Shop.router("Main", ["password": "right"])).data["id"].text ?? ""
        let renamed = await shop.call(.put, "\(routers)/\(id)", ["name": "Renamed"])
        #expect((renamed.data["name"], renamed.data["status"]) == ("Renamed", "online"))
    }

    @Test func aChangeAnswersWithAFreshStatus() async throws {
        let shop = try await Shop(routerPassword: "right")
        let path = "\(routers)/\(await shop.addRouter())"
        #expect(await shop.call(.get, path).data["status"] == "error")
        #expect(await shop.call(.put, path, ["password": "right"]).data["status"] == "online")
        let spoilt = await shop.call(.put, path, ["password": "wrong"])
        #expect((spoilt.data["status"], spoilt.data["status_detail"]) == ("error", "The password is refused."))
    }

    @Test func aToastSaysWhatTheRouterSaid() async throws {
        let shop = try await Shop(routerPassword: "right")
        let browser = try await shop.signIn()
        _ = await browser.get("/routers/new")
        var fields = ["name": "Roof", "host": "10.0.0.1", "port": "8728", "username": "api", "password": "wrong"]
        let path = await browser.post("/routers", fields).headers["Location"] ?? ""
        let refused = await browser.get(path).body
        #expect(refused.contains("cannot be used yet. The password is refused.") && !refused.contains("not reachable"))
        _ = await browser.get(path + "/edit")
        fields["password"] = "right"
        #expect(await browser.post(path, fields).headers["Location"] == path)
        #expect(await browser.get(path).body.contains("“Roof” is changed and online."))
    }

    @Test func aToastSaysThatNothingAnswers() async throws {
        let shop = try await Shop(reaching: false)
        let browser = try await shop.signIn()
        _ = await browser.get("/routers/new")
        let fields = ["name": "Roof", "host": "10.0.0.1", "port": "8728", "username": "api", "password": "x"]
        let path = await browser.post("/routers", fields).headers["Location"] ?? ""
        #expect(await browser.get(path).body.contains("not reachable yet; its vouchers will wait for it."))
    }
}
