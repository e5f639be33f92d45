import BillingDomain
import BillingPersistence
import BillingServices
import Testing

@Suite("Secrets stay secret")
struct SecretCanaryTests {
    /// Everything a careless log line could show of a value.
    private func everyText(of value: Any) -> String {
        var dumped = ""
        dump(value, to: &dumped)
        return "\(value) \(String(reflecting: value)) \(dumped)"
    }

    @Test func noValueShowsARouterPasswordOrASessionSecret() async throws {
        let shop = try await Shop.open(.memory)
        let (staff, password) = try await shop.billing.createAdministrator("amina", tenant: shop.tenant.id)
        let (token, tokenSecret) = try await shop.billing.createToken("till", role: .cashier, tenant: shop.tenant.id)
        let session = try await shop.billing.signIn("amina", password: password, tenant: shop.tenant.id)
        _ = try await shop.generate(1)
        let claim = try #require(try await shop.billing.provisioning.claim(owner: "w"))
        let values: [Any] = [
            RouterDraft.fixture("Roof"), shop.router, staff, token, session, claim, session.vouchers,
            try await shop.owner.routers.access(shop.router.id), try SecretKeys.ephemeral(), shop.billing,
            try await shop.billing.provisioning.routersToWatch(), try await shop.owner.reports.audit().items,
        ]
        let secrets = [Shop.routerPassword, password, tokenSecret, try #require(session.sessionSecret)]
        for value in values {
            let text = everyText(of: value)
            for secret in secrets {
                #expect(!text.contains(secret), "\(type(of: value)) shows a secret")
            }
        }
    }

    @Test func noRefusalRepeatsAPassword() async throws {
        let shop = try await Shop.open(.memory)
        let canary = "canary-typed-password"
        var refusals: [any Error] = []
        let attempts: [@Sendable () async throws -> Any] = [
            { try await shop.billing.signIn("amina", password: canary, tenant: shop.tenant.id) },
            { try await shop.billing.session(secret: canary) },
            { try await shop.billing.apiSession(token: canary) },
            { try await shop.owner.routers.add(.fixture("Lobby", password: canary), key: .new()) },
            { try await shop.owner.routers.add(.fixture("", password: canary), key: .new()) },
            {
                let long = canary + String(repeating: "x", count: 1_000)
                return try await shop.owner.routers.add(.fixture("Roof", password: long), key: .new())
            },
        ]
        for attempt in attempts {
            do {
                _ = try await attempt()
                Issue.record("expected a refusal")
            } catch {
                refusals.append(error)
            }
        }
        #expect(refusals.count == attempts.count)
        for refusal in refusals {
            #expect(!everyText(of: refusal).contains(canary))
        }
    }
}
