import BillingDomain
import BillingServices
import HTTPServer
import Testing

@testable import WebPanel

/// What cannot be taken back is asked first; what somebody may not is not offered.
struct ConfirmationTests {
    private func batch(_ shop: Shop, _ router: String) async -> (path: String, codes: [String]) {
        let made = await shop.call(.post, "/api/v1/vouchers/batch-generate", shop.order(router))
        let codes = made.data["vouchers"].items.compactMap { $0["code"].text }
        return ("/batches/\(made.data["batch_id"].text ?? "")", codes)
    }

    @Test func aBatchIsSoldAfterAPageThatNamesCountAndSum() async throws {
        let shop = try await Shop()
        let browser = try await shop.signIn()
        let (path, codes) = await batch(shop, await shop.addRouter())
        _ = await browser.post("/vouchers/\(codes[0])/disable", ["form_token": browser.token(await browser.get(path))])
        let page = await browser.get(path).body
        #expect(!page.contains("action=\"\(path)/sell\"") && page.contains("Mark 4 as sold"))
        let question = await browser.get(path + "/sell").body
        #expect(question.contains("4 vouchers") && question.contains("USD 10.00"), "\(question)")
        #expect(question.contains("method=\"post\" action=\"\(path)/sell\""))
        #expect(
            await shop.call(.get, "/api/v1/vouchers/\(codes[1])").data["sale"] == "generated",
            "asking sells nothing"
        )
        #expect(await browser.post(path + "/sell").status == 303)
        #expect(await shop.call(.get, "/api/v1/vouchers/\(codes[1])").data["sale"] == "sold")
        #expect(await browser.get(path + "/sell").headers["Location"] == path)
    }

    @Test func aVoucherIsSoldAfterAPageThatNamesItsPrice() async throws {
        let shop = try await Shop()
        let browser = try await shop.signIn()
        let code = await batch(shop, await shop.addRouter()).codes[0]
        #expect(await browser.get("/vouchers/\(code)").body.contains("action=\"/vouchers/\(code)/sell\"") == false)
        let question = await browser.get("/vouchers/\(code)/sell").body
        #expect(question.contains(code) && question.contains("USD 2.50"))
        #expect(await browser.post("/vouchers/\(code)/sell").status == 303)
        #expect(await browser.get("/vouchers/\(code)/sell").headers["Location"] == "/vouchers/\(code)")
    }

    @Test func aRouterIsRemovedAndAPackageArchivedAfterAPageThatNamesThem() async throws {
        let shop = try await Shop()
        let browser = try await shop.signIn()
        let router = "/routers/\(await shop.addRouter())"
        _ = await browser.get("/packages/new")
        _ = await browser.post("/packages", ["name": "3 hours", "validity_hours": "3", "price": "2.50"])
        let id = await shop.call(.get, "/api/v1/packages").data.items.first?["id"].text ?? ""
        for (page, action, name) in [
            (router, router + "/remove", "Main house"), ("/packages", "/packages/\(id)/archive", "3 hours"),
        ] {
            let body = await browser.get(page).body
            #expect(body.contains("href=\"\(action)\"") && !body.contains("action=\"\(action)\""))
            let question = await browser.get(action).body
            #expect(question.contains("“\(name)”") && question.contains("method=\"post\" action=\"\(action)\""))
            if page == router { #expect(question.contains("0 vouchers made for it")) }
            #expect(await browser.post(action).status == 303)
        }
        #expect(await shop.call(.get, "/api/v1/router-management").data.items.isEmpty)
        #expect(await shop.call(.get, "/api/v1/packages").data.items.isEmpty)
    }

    @Test("nobody is offered what would be refused", arguments: [Role.cashier, .manager])
    func everyLinkAndButtonWorks(_ role: Role) async throws {
        let shop = try await Shop()
        let owner = try await shop.billing.apiSession(token: shop.token)
        _ = try await owner.packages.create(
            PackageDraft(name: "3 hours", terms: VoucherTerms(price: Money(decimal: "2.50", currency: .usd))),
            key: .new()
        )
        _ = await batch(shop, await shop.addRouter())
        let browser = try await shop.signIn(role: role)
        var (waiting, seen) = (["/"], Set(["/"]))
        while let path = waiting.popLast() {
            let answer = await browser.get(path)
            #expect([200, 303].contains(answer.status), "\(role) is led to \(path): \(answer.status)")
            let links = answer.body.values(of: "href") + [answer.headers["Location"] ?? "/"]
            for link in links where link.hasPrefix("/") && seen.insert(link).inserted { waiting.append(link) }
            for action in answer.body.values(of: "action") + answer.body.values(of: "formaction")
            where !["/sign-out", "/vouchers", "/routers"].contains(action) && seen.insert("POST " + action).inserted {
                let refused = await browser.post(
                    action,
                    ["form_token": browser.token(answer), "key": "once \(action)"]
                )
                #expect(refused.status != 403, "\(role) is offered \(action)")
            }
        }
        #expect(seen.contains("/routers/new") == (role == .manager))
        #expect(seen.contains("POST /generate"))
    }

    @Test func aCashierIsRefusedThePagesOfManagersToo() async throws {
        let shop = try await Shop()
        let router = await shop.addRouter()
        let browser = try await shop.signIn(role: .cashier)
        for page in ["/routers/new", "/routers/\(router)/edit", "/routers/\(router)/remove", "/packages/new"] {
            #expect(await browser.get(page).status == 403, "\(page)")
        }
    }
}

extension Browser {
    /// The form token of a page.
    func token(_ answer: Answer) -> String { answer.body.value(of: "form_token") ?? "" }
}

extension String {
    /// Every value of an attribute.
    fileprivate func values(of attribute: String) -> [String] {
        split(separator: " \(attribute)=\"").dropFirst().map {
            String($0.prefix { $0 != "\"" }).replacing("&amp;", with: "&")
        }
    }
}
