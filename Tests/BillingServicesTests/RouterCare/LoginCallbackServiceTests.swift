import BillingDomain
import BillingPersistence
import BillingServices
import BillingTesting
import TestSupport
import Testing

@Suite("What routers tell of logins")
struct LoginCallbackServiceTests {
    @Test("activates a voucher at that instant, by the strongest evidence, once", arguments: Backing.allCases)
    func activates(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let code = try await shop.generate(1, sold: true).vouchers[0].code
        let token = try await shop.callbackToken()
        shop.clock.advance(by: .seconds(500))
        let at = shop.clock.now
        try await shop.billing.loginCallbacks.note(token: token, user: code.lowercased())
        let first = try await shop.owner.vouchers.voucher(code: code)
        #expect(first.activatedAt == at && first.activationEvidence == .loginCallback)
        let before = try await StoreState(of: shop.store)
        try await shop.billing.loginCallbacks.note(token: token, user: code)
        try await shop.billing.loginCallbacks.note(token: token, user: "nobody")
        try await shop.billing.loginCallbacks.note(token: token, user: "")
        try await shop.billing.loginCallbacks.note(token: token, user: String(repeating: "a", count: 1_000))
        #expect(try await StoreState(of: shop.store) == before)
        let revenue = try await shop.balances().first { $0.key.contains("revenue") }
        #expect(revenue != nil)
    }

    @Test("are nothing without a good token, and change nothing then", arguments: Backing.allCases)
    func forged(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let code = try await shop.generate(1).vouchers[0].code
        let token = try await shop.callbackToken()
        let other = try await shop.owner.routers.add(.fixture("Roof"), key: .new())
        let digits = Array(token)
        var forged = ["", "x", token + "0", String(token.dropLast()), String(repeating: "0", count: token.count)]
        // Each digit matters.
        for index in digits.indices {
            var changed = digits
            changed[index] = digits[index] == "0" ? "1" : "0"
            forged.append(String(changed))
        }
        // One router's token with the name of another.
        forged.append(other.id.description.filter { $0 != "-" } + token.dropFirst(32))
        let before = try await StoreState(of: shop.store)
        for token in forged {
            await expectRefusal(.notFound) { try await shop.billing.loginCallbacks.note(token: token, user: code) }
        }
        #expect(try await StoreState(of: shop.store) == before)
        #expect(try await shop.owner.vouchers.voucher(code: code).activatedAt == nil)
    }

    @Test("are nothing where they are switched off, of a router that is gone, and after the token was renewed")
    func over() async throws {
        let shop = try await Shop.open(.memory)
        let token = try await shop.callbackToken()
        try await shop.billing.loginCallbacks.note(token: token, user: "a")
        _ = try await shop.owner.settings.set(.loginCallbackURL, to: "")
        await expectRefusal(.notFound) { try await shop.billing.loginCallbacks.note(token: token, user: "a") }
        // Switched on again, the router shows what it showed before.
        #expect(try await shop.callbackToken() == token)
        try await shop.owner.routers.renewLoginCallback(shop.router.id)
        await expectRefusal(.notFound) { try await shop.billing.loginCallbacks.note(token: token, user: "a") }
        let renewed = try await shop.callbackToken()
        #expect(renewed != token)
        try await shop.owner.routers.remove(shop.router.id)
        await expectRefusal(.notFound) { try await shop.billing.loginCallbacks.note(token: renewed, user: "a") }
    }

    @Test("cannot be had of a key file that is not the one")
    func otherKeys() async throws {
        let shop = try await Shop.open(.memory)
        let token = try await shop.callbackToken()
        let other = Billing(store: shop.store, secrets: try .ephemeral(), environment: shop.environment)
        await expectRefusal(.notFound) { try await other.loginCallbacks.note(token: token, user: "a") }
    }

    @Test("are refused when a router tells too much, and taken again later; other routers go on")
    func throttled() async throws {
        let shop = try await Shop.open(.memory)
        let token = try await shop.callbackToken()
        for _ in 0..<200 { try await shop.billing.loginCallbacks.note(token: token, user: "a") }
        await expectRefusal(.throttled) { try await shop.billing.loginCallbacks.note(token: token, user: "a") }
        shop.clock.advance(by: .milliseconds(100))
        try await shop.billing.loginCallbacks.note(token: token, user: "a")
        await expectRefusal(.throttled) { try await shop.billing.loginCallbacks.note(token: token, user: "a") }
    }

    @Test(
        "go to an address that needs no quoting anywhere",
        arguments: [
            ("https://panel.example.com", "https://panel.example.com"),
            ("http://10.0.0.1:8080/", "http://10.0.0.1:8080"),
            ("https://a.b/billing/x~1", "https://a.b/billing/x~1"), ("", ""), ("ftp://a.b", nil), ("https://", nil),
            ("https://a b", nil), ("https://a/?x=1", nil), ("https://a/#b", nil), ("https://u:p@a", nil),
            ("https://a:0", nil), ("https://a:99999", nil), ("https://a/../b", nil), ("https://a//b", nil),
            ("https://a/\"", nil), ("https://a/$x", nil), ("https://é", nil), ("https://.", nil), ("a.b", nil),
            ("https://a/\n", nil),
        ] as [(String, String?)]
    )
    func addresses(text: String, stored: String?) {
        #expect(SettingKey<String>.loginCallbackURL.definition.normalized(text) == stored)
    }
}
