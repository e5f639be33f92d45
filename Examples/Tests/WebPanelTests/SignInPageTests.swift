import BillingDomain
import BillingServices
import HTTPServer
import Testing

@testable import WebPanel

/// Sessions of browsers: what begins one, and what leaves it alone.
struct SignInPageTests {
    @Test func aLinkFromAnotherSiteFindsTheSessionAndTheFormToSignInLeavesItAlone() async throws {
        let shop = try await Shop()
        let browser = try await shop.signIn()
        let session = browser.cookies["panel"]
        #expect(await browser.get("/", headers: ["Sec-Fetch-Site": "cross-site"]).status == 200)
        // A browser that withheld the session cookie is sent to sign in; that must not cost the session.
        let stranger = await shop.send(.get, "/sign-in", ["Host": "panel.test"])
        let cookies = stranger.headers.values("Set-Cookie")
        #expect(cookies.count == 1 && cookies[0].hasPrefix("panel-sign-in="), "\(cookies)")
        _ = await browser.get("/sign-in")
        #expect(browser.cookies["panel"] == session)
        #expect(await browser.get("/routers").status == 200)
    }

    @Test func signingInTakesTheTokenOfItsOwnForm() async throws {
        let shop = try await Shop()
        let password = try await shop.billing.createAdministrator("amina", tenant: shop.tenant.id).password
        let browser = Browser(shop: shop)
        let fields = ["username": "amina", "password": password]
        #expect(await browser.post("/sign-in", fields).status == 403)
        _ = await browser.get("/sign-in")
        #expect(await browser.post("/sign-in", fields, headers: ["Sec-Fetch-Site": "cross-site"]).status == 403)
        #expect(await browser.post("/sign-in", fields).status == 303)
        let page = await browser.get("/packages/new").body.value(of: "form_token") ?? ""
        _ = await browser.get("/sign-in")
        let answer = await browser.post("/packages", ["name": "x", "price": "1", "form_token": page])
        #expect(answer.status != 403, "a form already open works on")
    }

    @Test(arguments: ["/", "/dashboard/figures", "/batches"])
    func whatAPageAsksForByItselfDoesNotProlongTheSession(_ asked: String) async throws {
        let clock = PanelClock()
        let shop = try await Shop(now: { clock.now })
        let browser = try await shop.signIn()
        let polled = asked == "/dashboard/figures" ? asked : asked + "?refreshed=yes"
        for _ in 0..<2 {
            clock.advance(by: .seconds(14 * 60))
            #expect(await browser.get(polled).status == 200)
        }
        clock.advance(by: .seconds(3 * 60))
        #expect(await browser.get(polled).status == 303)
    }

    @Test func whatAPersonAsksForProlongsTheSession() async throws {
        let clock = PanelClock()
        let shop = try await Shop(now: { clock.now })
        let browser = try await shop.signIn()
        for _ in 0..<3 {
            clock.advance(by: .seconds(14 * 60))
            #expect(await browser.get("/").status == 200)
        }
    }

    @Test func anUnknownBusinessIsTriedCountedAndRefusedLikeAKnownOne() async throws {
        let clock = PanelClock()
        let shop = try await Shop(now: { clock.now })
        _ = try await shop.billing.createTenant("Beach Bar", currency: .kes, timeZone: "UTC", key: .new())
        _ = try await shop.billing.createAdministrator("amina", tenant: shop.tenant.id)
        var answers: [String: [String]] = [:]
        for business in ["Lake View", "No such business"] {
            let browser = Browser(shop: shop)
            _ = await browser.get("/sign-in")
            for _ in 1...11 {
                let fields = ["business": business, "username": "amina", "password": "guess"]
                let answer = await browser.post("/sign-in", fields)
                let sentence = answer.body.split(separator: "role=\"alert\">").last?.prefix { $0 != "<" } ?? ""
                answers[business, default: []].append("\(answer.status) \(sentence)")
            }
        }
        #expect(answers["No such business"] == answers["Lake View"])
        #expect(answers["Lake View"]?.first == "401 The business, the user name or the password is not right.")
        #expect(answers["Lake View"]?.last?.hasPrefix("429") == true)
    }

    @Test func signingInLeadsToThePageThatWasAskedForWithItsQuery() async throws {
        let shop = try await Shop()
        let password = try await shop.billing.createAdministrator("amina", tenant: shop.tenant.id).password
        let browser = Browser(shop: shop)
        let location = await browser.get("/vouchers?status=active&search=a%26b").headers["Location"] ?? ""
        let next = await browser.get(location).body.value(of: "next")?.replacing("&amp;", with: "&") ?? ""
        let answer = await browser.post("/sign-in", ["username": "amina", "password": password, "next": next])
        #expect(answer.headers["Location"] == "/vouchers?status=active&search=a%26b")
        #expect(await Browser(shop: shop).get("/").headers["Location"] == "/sign-in")
    }
}
