import BillingDomain
import BillingPersistence
import BillingServices
import HTTPServer
import Testing

@testable import WebPanel

struct PageTests {
    @Test(arguments: Panel.routes.routes.filter { $0.admission == .page || $0.admission == .action })
    func nothingIsShownOrDoneWithoutASession(_ route: Route) async throws {
        let shop = try await Shop()
        let browser = Browser(shop: shop)
        _ = await browser.get("/sign-in")
        let path = route.pattern.description.replacing(":id", with: "01890000-0000-7000-8000-000000000000")
        let answer = route.method == .get ? await browser.get(path) : await browser.post(path)
        #expect(answer.status == 303)
        #expect(answer.headers["Location"]?.hasPrefix("/sign-in") == true)
    }

    @Test(arguments: Panel.routes.routes.filter { $0.admission == .action })
    func noFormIsDoneWithoutItsToken(_ route: Route) async throws {
        let shop = try await Shop()
        let browser = try await shop.signIn()
        let path = route.pattern.description.replacing(":id", with: "01890000-0000-7000-8000-000000000000")
        #expect(await browser.post(path, ["form_token": ""]).status == 403)
        #expect(await browser.post(path, ["form_token": String(repeating: "0", count: 32)]).status == 403)
        #expect(await browser.post(path, headers: ["Sec-Fetch-Site": "cross-site"]).status == 403)
        #expect(await browser.post(path, headers: ["Sec-Fetch-Site": "same-site"]).status == 403)
        #expect(await browser.post(path, headers: ["Origin": "https://evil.test"]).status == 403)
        #expect(await browser.post(path, headers: ["Content-Type": "text/plain"]).status == 415)
    }

    @Test func pagesOnlyReadAndOnlyFormsAct() {
        for route in Panel.routes.routes {
            switch route.admission {
            case .page: #expect(route.method == .get)
            case .action: #expect(route.method == .post)
            case .open, .api: break
            }
        }
    }

    @Test func theSessionCookieIsOutOfReachForScriptsAndOtherSites() async throws {
        let shop = try await Shop()
        let password = try await shop.billing.createAdministrator("amina", tenant: shop.tenant.id).password
        for (scheme, name) in [("http", "panel"), ("https", "__Host-panel")] {
            let browser = Browser(shop: shop)
            _ = await browser.get("/sign-in", headers: ["X-Forwarded-Proto": scheme])
            let before = browser.cookies[name + "-sign-in"]
            #expect(before?.utf8.count == 32)
            let answer = await browser.post(
                "/sign-in",
                ["username": "amina", "password": password],
                headers: ["X-Forwarded-Proto": scheme]
            )
            let cookie = answer.headers["Set-Cookie"] ?? ""
            #expect(cookie.hasPrefix("\(name)="))
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"))
            #expect(cookie.contains("Secure") == (scheme == "https"))
            #expect(browser.cookies[name]?.prefix(32) != before?.prefix(32), "the form token is another")
            #expect(browser.cookies[name + "-sign-in"] == nil, "it is of no more use")
            #expect(!answer.body.contains(password))
        }
    }

    @Test func aWrongPasswordDoesNotSignInAndDoesNotSayWhatWasWrong() async throws {
        let shop = try await Shop()
        _ = try await shop.billing.createAdministrator("amina", tenant: shop.tenant.id)
        let browser = Browser(shop: shop)
        _ = await browser.get("/sign-in")
        let wrong = await browser.post("/sign-in", ["username": "amina", "password": "guess"])
        let unknown = await browser.post("/sign-in", ["username": "nobody", "password": "guess"])
        #expect(wrong.status == 401 && unknown.status == 401)
        #expect(wrong.body.contains("The user name or the password is not right."))
        #expect(unknown.body.contains("The user name or the password is not right."))
        #expect(await browser.get("/").status == 303)
    }

    @Test(arguments: [
        ("/routers", "/routers"), ("//evil.test", "/"), ("https://evil.test", "/"), ("/\\evil.test", "/"), ("", "/"),
        ("/a\r\nSet-Cookie: x=y", "/"),
    ])
    func signingInNeverLeadsToAnotherSite(_ next: String, _ location: String) async throws {
        let shop = try await Shop()
        let password = try await shop.billing.createAdministrator("amina", tenant: shop.tenant.id).password
        let browser = Browser(shop: shop)
        _ = await browser.get("/sign-in")
        let answer = await browser.post("/sign-in", ["username": "amina", "password": password, "next": next])
        #expect(answer.headers["Location"] == location)
    }

    @Test func whoHasSeveralBusinessesNamesTheirs() async throws {
        let shop = try await Shop()
        let other = try await shop.billing.createTenant("Beach Bar", currency: .kes, timeZone: "UTC", key: .new())
        let password = try await shop.billing.createAdministrator("amina", tenant: other.id).password
        let browser = Browser(shop: shop)
        let page = await browser.get("/sign-in").body
        #expect(page.contains("name=\"business\"") && !page.contains("Beach Bar"), "the list is nobody's to read")
        for business in ["Lake View", "Nothing", ""] {
            let answer = await browser.post(
                "/sign-in",
                ["business": business, "username": "amina", "password": password]
            )
            #expect(answer.status == 401)
        }
        let answer = await browser.post(
            "/sign-in",
            ["business": "beach bar", "username": "amina", "password": password]
        )
        #expect(answer.status == 303)
        #expect(await browser.get("/").body.contains("Beach Bar"))
    }

    @Test func signingOutEndsTheSessionOnTheServer() async throws {
        let shop = try await Shop()
        let browser = try await shop.signIn()
        let stolen = browser.cookies["panel"] ?? ""
        _ = await browser.get("/")
        #expect(await browser.post("/sign-out").status == 303)
        #expect(await browser.get("/").status == 303)
        #expect(await shop.send(.get, "/", ["Cookie": "panel=\(stolen)"]).status == 303)
    }

    @Test func whatARouterOrAPersonNamedItselfIsNeverMarkup() async throws {
        let shop = try await Shop()
        let browser = try await shop.signIn()
        let name = "<script>alert('1')</script>\"&"
        let id = await shop.addRouter(name)
        for page in [
            "/", "/routers", "/routers/\(id)", "/routers/\(id)/edit", "/vouchers", "/routers?search=%22%3E%3Cb%3E",
        ] {
            let body = await browser.get(page).body
            #expect(
                !body.contains("<script>alert") && !body.contains("<i>identity</i>") && !body.contains("\"><b>"),
                "\(page)"
            )
        }
        #expect(await browser.get("/routers/\(id)").body.contains("&lt;i&gt;identity&lt;/i&gt;"))
        #expect(await browser.post("/routers/\(id)/test").body.contains("&lt;b&gt;10.10.0.2&lt;/b&gt;"))
    }

    @Test func everyPageIsStrictAndHasNothingInline() async throws {
        let shop = try await Shop()
        let browser = try await shop.signIn()
        let router = await shop.addRouter()
        _ = try await generateBatch(shop, browser, router)
        let made = await shop.call(.post, "/api/v1/vouchers/batch-generate", shop.order(router)).data
        let batch = "/batches/\(made["batch_id"].text ?? "")"
        let code = made["vouchers"].items.first?["code"].text ?? ""
        for page in [
            "/", "/routers", "/routers/new", "/routers/\(router)", "/routers/\(router)/edit", "/packages",
            "/packages/new",
            "/generate", "/batches", batch, "/vouchers", "/vouchers/\(code)", "/nothing", "/sign-in",
            "/routers/\(router)/remove", "\(batch)/sell", "/vouchers/\(code)/sell",
        ] {
            let answer = await browser.get(page)
            #expect(answer.status == (page == "/nothing" ? 404 : 200), "\(page): \(answer.body)")
            #expect(
                answer.headers["Content-Security-Policy"]?.hasPrefix("default-src 'none'; script-src 'self'") == true
            )
            #expect(answer.headers["Content-Security-Policy"]?.contains("unsafe") == false)
            #expect(answer.headers["Cache-Control"] == "no-store")
            #expect(answer.headers["X-Content-Type-Options"] == "nosniff")
            for inline in [
                " style=", "<style", "<script>", " onclick", " onload", " onsubmit", "javascript:", "http://",
                "https://",
            ] {
                #expect(!answer.body.contains(inline), "\(page) has \(inline)")
            }
            #expect(!answer.body.contains("canary-password"))
        }
    }

    /// Creates a package and a batch of five in the browser; returns the batch's address.
    private func generateBatch(_ shop: Shop, _ browser: Browser, _ router: String) async throws -> String {
        _ = await browser.get("/packages/new")
        let made = await browser.post(
            "/packages",
            ["name": "3 hours", "validity_hours": "3", "data_mb": "1536", "price": "2.50"]
        )
        #expect(made.status == 303, "\(made.body)")
        let package = await shop.call(.get, "/api/v1/packages").data.items.first?["id"].text ?? ""
        _ = await browser.get("/generate")
        let answer = await browser.post(
            "/generate",
            ["package": package, "router": router, "quantity": "5", "codePrefix": "BIL", "sold": "yes"]
        )
        return try #require(answer.headers["Location"], "\(answer.body)")
    }

    @Test func aFormSentTwiceMakesOneBatch() async throws {
        let shop = try await Shop()
        let browser = try await shop.signIn()
        let router = await shop.addRouter()
        let first = try await generateBatch(shop, browser, router)
        let package = await shop.call(.get, "/api/v1/packages").data.items.first?["id"].text ?? ""
        let again = await browser.post(
            "/generate",
            ["package": package, "router": router, "quantity": "5", "codePrefix": "BIL", "sold": "yes"]
        )
        #expect(again.headers["Location"] == first)
        #expect(await shop.voucherCount() == 5)
    }

    @Test(arguments: [("quantity", "0"), ("quantity", "ten"), ("codePrefix", "a|b"), ("package", "x"), ("router", "x")])
    func aFaultIsShownAtItsFieldAndWhatWasTypedStays(_ field: String, _ value: String) async throws {
        let shop = try await Shop()
        let browser = try await shop.signIn()
        let router = await shop.addRouter()
        _ = try await generateBatch(shop, browser, router)
        let package = await shop.call(.get, "/api/v1/packages").data.items.first?["id"].text ?? ""
        _ = await browser.get("/generate")
        var fields = ["package": package, "router": router, "quantity": "77", "codePrefix": "KEEP"]
        fields[field] = value
        let answer = await browser.post("/generate", fields)
        #expect((400..<500).contains(answer.status))
        #expect(answer.body.contains("id=\"\(field)-fault\""))
        #expect(answer.body.contains(field == "codePrefix" ? "a|b" : "KEEP"))
        #expect(await shop.voucherCount() == 5)
    }

    @Test func aBatchIsPrintedSoldAndFollowed() async throws {
        let shop = try await Shop()
        let browser = try await shop.signIn()
        let batch = try await generateBatch(shop, browser, await shop.addRouter())
        #expect(await browser.get(batch).body.contains("5 vouchers made. They can be printed now."))
        #expect(await browser.get(batch).body.contains("vouchers made") == false, "a toast is shown once")
        let progress = await browser.get(batch + "/progress").json
        #expect(progress["total"] == JSON(5) && progress["pending"] == JSON(5) && progress["done"] == false)
        let codes = await shop.call(.get, "/api/v1/vouchers").data.items.compactMap { $0["code"].text }
        for paper in ["/sheet", "/roll"] {
            let sheet = await browser.get(batch + paper)
            #expect(codes.count == 5 && codes.allSatisfy { sheet.body.contains($0) })
            #expect(sheet.headers["Content-Security-Policy"]?.contains("script-src") == false)
        }
    }

    @Test func aVoucherIsSoldOnceAndDisabledAndEnabled() async throws {
        let shop = try await Shop()
        let browser = try await shop.signIn()
        let router = await shop.addRouter()
        let made = await shop.call(.post, "/api/v1/vouchers/batch-generate", shop.order(router))
        let code = made.data["vouchers"].items.first?["code"].text ?? ""
        let path = "/vouchers/\(code)"
        _ = await browser.get(path + "/sell")
        #expect(await browser.post(path + "/sell").headers["Location"] == path)
        #expect(await browser.get(path).body.contains("Sold, USD 2.50 taken."))
        _ = await browser.post(path + "/sell", ["key": "another"])
        #expect(await browser.get(path).body.contains("class=\"toast failure\""))
        _ = await browser.post(path + "/disable")
        #expect(await shop.call(.get, "/api/v1/vouchers/\(code)").data["status"] == "disabled")
        _ = await browser.get(path)
        _ = await browser.post(path + "/enable")
        #expect(await shop.call(.get, "/api/v1/vouchers/\(code)").data["status"] == "pending")
    }

    @Test func aCashierSellsAndSeesNoFigures() async throws {
        let shop = try await Shop()
        let router = await shop.addRouter()
        let browser = try await shop.signIn(role: .cashier)
        let start = await browser.get("/")
        #expect(start.status == 303 && start.headers["Location"] == "/generate")
        let page = await browser.get("/generate").body
        #expect(!page.contains("Dashboard</span>") && page.contains("Vouchers</span>"))
        let fields = ["key": "new", "name": "New", "host": "10.0.0.1", "username": "api", "password": "x"]
        #expect(await browser.post("/routers", fields).status == 403)
        #expect(await browser.post("/routers/test", fields).status == 403)
        #expect(await browser.post("/routers/\(router)/test").status == 403)
        #expect(await browser.get("/dashboard/figures").status == 403)
    }

    @Test func aBrowserWithoutScriptsFollowsABatchToo() async throws {
        let shop = try await Shop()
        let browser = try await shop.signIn()
        let batch = try await generateBatch(shop, browser, await shop.addRouter())
        #expect(
            await browser.get(batch).body.contains(
                "<noscript><meta http-equiv=\"refresh\" content=\"5; url=?refreshed=yes\"></noscript>"
            )
        )
    }

    @Test func aRouterIsTestedBeforeItIsSaved() async throws {
        let shop = try await Shop()
        let browser = try await shop.signIn()
        _ = await browser.get("/routers/new")
        let fields = [
            "name": "New", "host": "10.0.0.1", "port": "8728", "username": "api", "password": "canary-password",
        ]
        let page = await browser.post("/routers/test", fields)
        #expect(page.body.contains("The router can be used.") && page.body.contains("value=\"10.0.0.1\""))
        #expect(!page.body.contains("canary-password"))
        let fragment = await browser.post("/routers/test", fields, headers: ["X-Fragment": "yes"])
        #expect(fragment.body.hasPrefix("<p class=\"notice success\""))
        #expect(await shop.call(.get, "/api/v1/router-management").data.items.isEmpty)
        #expect(await browser.post("/routers", fields).status == 303)
    }

    // MARK: Mass changes

    /// A shop with a router about which something is asked.
    private func asking(_ changes: Int) async throws -> (shop: Shop, router: Identifier<Router>, path: String) {
        let shop = try await Shop()
        let router = try #require(Identifier<Router>(await shop.addRouter()))
        try await shop.ask(router, changes)
        return (shop, router, "/routers/\(router)")
    }

    @Test func aMassChangeIsShownAndAgreedToAsItWasShown() async throws {
        let (shop, router, path) = try await asking(31)
        let owner = try await shop.billing.apiSession(token: shop.token)
        let browser = try await shop.signIn()
        let page = await browser.get(path).body
        #expect(page.contains("Putting this &lt;b&gt;router&lt;/b&gt; right takes 31 changes."))
        #expect(page.contains("action=\"\(path)/approve\"") && page.value(of: "changes") == "31")
        #expect(await browser.post(path + "/approve", ["changes": "31"]).headers["Location"] == path)
        let answered = await browser.get(path).body
        #expect(answered.contains("makes the 31 changes") && answered.contains("up to 31 changes"))
        #expect(try await owner.routers.question(router)?.approvedChanges == 31)
        let trail = try await owner.audit.entries().items
        #expect(trail.first { $0.action == "router.approve-changes" }?.subject == "router:\(router)")
        #expect(try await shop.billing.provisioning.ask(router, changes: 31, "Again."))
        #expect(await browser.get(path).body.contains("/approve") == false)
        _ = await browser.post(path + "/approve", ["changes": "31"])
        #expect(await browser.get(path).body.contains("Nothing is asked about “Main house” any more."))
    }

    @Test("no more is agreed to than was shown, nor more than is asked")
    func agreesToNoMore() async throws {
        let (shop, router, path) = try await asking(31)
        let owner = try await shop.billing.apiSession(token: shop.token)
        let browser = try await shop.signIn()
        _ = await browser.get(path)
        try await shop.ask(router, 33)
        for fewer in ["31", "0", "-33"] {
            #expect(await browser.post(path + "/approve", ["changes": fewer]).headers["Location"] == path)
            #expect(await browser.get(path).body.contains("it takes 33 changes by now, and you were shown \(fewer)."))
        }
        for nothing in ["", "all", "99999999999999999999"] {
            #expect(await browser.post(path + "/approve", ["changes": nothing]).status == 400)
        }
        #expect(try await owner.routers.question(router)?.approvedAt == nil)
        _ = await browser.post(path + "/approve", ["changes": "1000"])
        #expect(try await owner.routers.question(router)?.approvedChanges == 33)
    }

    @Test func whoMayNotOperateARouterSeesWhatIsAskedAndAnswersNothing() async throws {
        let (shop, router, path) = try await asking(31)
        let owner = try await shop.billing.apiSession(token: shop.token)
        let browser = try await shop.signIn(role: .cashier)
        let page = await browser.get(path).body
        #expect(page.contains("takes 31 changes") && !page.contains("/approve") && !page.contains("\(path)/sync"))
        for changes in ["31", "1"] {
            #expect(await browser.post(path + "/approve", ["changes": changes]).status == 403)
        }
        #expect(await browser.post(path + "/sync").status == 403)
        #expect(try await owner.routers.question(router)?.approvedAt == nil)
        let trail = try await owner.audit.entries().items.map(\.action)
        #expect(!trail.contains("router.approve-changes") && !trail.contains("router.sync-now"))
    }

    @Test func aRouterIsReadWhenSomebodySaysSo() async throws {
        let shop = try await Shop()
        let path = "/routers/\(await shop.addRouter())"
        let browser = try await shop.signIn()
        #expect(await browser.get(path).body.contains("action=\"\(path)/sync\""))
        #expect(await browser.post(path + "/sync").headers["Location"] == path)
        #expect(await browser.get(path).body.contains("is read as soon as its turn comes"))
        let owner = try await shop.billing.apiSession(token: shop.token)
        #expect(try await owner.audit.entries().items.contains { $0.action == "router.sync-now" })
    }
}

extension Shop {
    /// A reading found that a router takes so many changes.
    fileprivate func ask(_ router: Identifier<Router>, _ changes: Int) async throws {
        let text = "Putting this <b>router</b> right takes \(changes) changes."
        #expect(try await !billing.provisioning.ask(router, changes: changes, text))
    }
}
