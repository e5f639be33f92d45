import BillingDomain
import BillingPersistence
import BillingServices
import HTTPServer
import Testing

@testable import WebPanel

struct APITests {
    @Test(arguments: Panel.routes.routes.filter { $0.admission == .api })
    func noCallIsAnsweredWithoutAToken(_ route: Route) async throws {
        let shop = try await Shop()
        let path = route.pattern.description.replacing(":id", with: "01890000-0000-7000-8000-000000000000")
        for token in [nil, "", "wrong", String(shop.token.reversed()), "a b"] {
            let answer = await shop.call(route.method, path, ["name": "x"], token: token)
            #expect(answer.status == 401)
            #expect(answer.code == "unauthenticated")
            #expect(answer.headers["WWW-Authenticate"] == "Bearer")
        }
    }

    @Test func aSessionCookieIsNoToken() async throws {
        let shop = try await Shop()
        let browser = try await shop.signIn()
        #expect(await browser.get("/api/v1/vouchers").status == 401)
    }

    @Test func thingsOfAnotherTenantAreNotFound() async throws {
        let shop = try await Shop()
        let router = await shop.addRouter()
        let code =
            await shop.call(.post, "/api/v1/vouchers/batch-generate", shop.order(router))
            .data["vouchers"].items.first?["code"].text ?? ""
        let other = try await shop.billing.createTenant("Other", currency: .usd, timeZone: "UTC", key: .new())
        let token = try await shop.billing.createToken("other", role: .manager, tenant: other.id).secret
        for (method, path) in [
            (HTTPMethod.get, "/api/v1/vouchers/\(code)"), (.get, "/api/v1/router-management/\(router)"),
            (.put, "/api/v1/router-management/\(router)"), (.delete, "/api/v1/router-management/\(router)"),
            (.post, "/api/v1/router-management/\(router)/test-connection"),
        ] {
            #expect(await shop.call(method, path, Shop.router()).status == (method == .delete ? 409 : 200), "\(path)")
            #expect(await shop.call(method, path, Shop.router(), token: token).status == 404, "\(path)")
        }
        let answer = await shop.call(.post, "/api/v1/vouchers/batch-generate", shop.order(router), token: token)
        #expect(answer.status == 404)
        #expect(answer.field == "router_id")
    }

    @Test(arguments: [
        (HTTPMethod.get, "/api/v1/nothing", 404), (.get, "/api", 404), (.get, "/api/v1/vouchers/NOSUCHCODE", 404),
        (.put, "/api/v1/router-management/not-an-id", 404), (.delete, "/api/v1/vouchers", 405),
        (.get, "/api/v1/vouchers/batch-generate", 404), (.put, "/api/v1/vouchers/batch-generate", 405),
    ])
    func whatIsNotThereIsSaidSo(_ method: HTTPMethod, _ path: String, _ status: Int) async throws {
        let shop = try await Shop()
        let answer = await shop.call(method, path, method == .put ? ["name": "x"] : nil)
        #expect(answer.status == status)
        #expect(answer.json["success"] == false)
        #expect(answer.code?.isEmpty == false)
        #expect((answer.headers["Allow"] != nil) == (status == 405))
    }

    @Test func aWrongMethodIsToldWhichOnesThereAre() async throws {
        let shop = try await Shop()
        let answer = await shop.call(.delete, "/api/v1/router-management")
        #expect(answer.headers["Allow"] == "GET, POST, HEAD")
    }

    @Test(
        "Broken JSON names the body",
        arguments: [
            "", "{", "[]", "7", "{\"quantity\": 1", "\u{0}", "{\"quantity\":" + String(repeating: "[", count: 20_000),
            "{\"price\": 1e999}", "{\"price\": 0." + String(repeating: "1", count: 40) + "}",
        ]
    )
    func brokenJSONIsRefused(_ body: String) async throws {
        let shop = try await Shop()
        for path in ["/api/v1/vouchers/batch-generate", "/api/v1/router-management", "/api/v1/packages"] {
            let answer = await shop.call(.post, path, raw: Array(body.utf8))
            #expect(answer.status == 400)
            #expect(answer.field == "body")
        }
    }

    @Test func theRoleIsLookedAtBeforeTheBody() async throws {
        let shop = try await Shop()
        let router = await shop.addRouter()
        let cashier = try await shop.billing.createToken("till", role: .cashier, tenant: shop.tenant.id).secret
        for (method, path) in [
            (HTTPMethod.post, "/api/v1/router-management"), (.put, "/api/v1/router-management/\(router)"),
            (.post, "/api/v1/packages"),
        ] {
            let answer = await shop.call(method, path, raw: Array("{".utf8), token: cashier)
            #expect(answer.status == 403, "\(path)")
        }
    }

    @Test func aBrokenBodyIsToldWhatIsWrong() async throws {
        let shop = try await Shop()
        let answer = await shop.call(.post, "/api/v1/packages", raw: Array(#"{"name": "a", "name": "b"}"#.utf8))
        #expect(answer.status == 400 && answer.field == "body")
        #expect(answer.json["message"].text?.contains("twice") == true, "\(answer.body)")
    }

    @Test(arguments: ["text/plain", "application/x-www-form-urlencoded", "application/json2"])
    func anotherContentTypeIsRefused(_ type: String) async throws {
        let shop = try await Shop()
        let router = await shop.addRouter()
        let answer = await shop.call(
            .post,
            "/api/v1/vouchers/batch-generate",
            shop.order(router),
            headers: ["Content-Type": type]
        )
        #expect(answer.status == 415)
        #expect(await shop.voucherCount() == 0)
    }

    @Test(arguments: [HTTPMethod.get, .post])
    func aLoginIsToldOfByTheTokenAloneAndWithoutOneThereIsNothing(method: HTTPMethod) async throws {
        let shop = try await Shop()
        let router = await shop.addRouter()
        #expect(await shop.call(.post, "/api/v1/vouchers/batch-generate", shop.order(router)).status == 201)
        let owner = try await shop.billing.apiSession(
            token: shop.billing.createToken("owner", role: .superAdministrator, tenant: shop.tenant.id).secret
        )
        let code = try #require(try await owner.vouchers.list().items.first?.code)
        _ = try await owner.settings.set(.loginCallbackURL, to: "https://panel.test")
        let claim = try #require(try await shop.billing.provisioning.claim(owner: "worker", of: .watched))
        let callback = try #require(try await shop.billing.provisioning.care(claim).callback)
        let path = String(callback.dropFirst("https://panel.test".count))
        let query = "?user=\(code)&mac=AA:BB:CC:00:11:22&address=10.5.50.2&at=jan/02/2024T03:04:05"
        for _ in 0..<2 { #expect(await shop.send(method, path + query, [:]).status == 200) }
        #expect(try await owner.vouchers.voucher(code: code).activationEvidence == .loginCallback)
        let nothing = await shop.send(.get, "/hooks/other", [:])
        for path in [
            "/hooks/login/x", path.dropLast() + (path.hasSuffix("0") ? "1" : "0"), "/hooks/login/", path + "/x",
        ] {
            let answer = await shop.send(.get, path + query, [:])
            #expect(answer.status == 404 && answer.body == nothing.body)
        }
    }

    @Test func theHealthCheckNeedsNoToken() async throws {
        let shop = try await Shop()
        #expect(await shop.call(.get, "/healthz", token: nil).status == 200)
        #expect(await shop.call(.head, "/healthz", token: nil).status == 200)
    }
}
