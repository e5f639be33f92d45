import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

extension UseCase {
    /// What the operator of the installation does, and what has no session yet.
    static let operators: [UseCase] = [
        UseCase(operator: "Billing.tenants()", "list tenants") { billing, _, _ in _ = try await billing.tenants() },
        UseCase(operator: "Billing.createTenant(_:slug:currency:timeZone:key:)", "create a tenant") { billing, _, _ in
            _ = try await billing.createTenant("New", currency: .kes, timeZone: "Africa/Nairobi", key: .call)
        },
        UseCase(operator: "Billing.tenant(slug:)", "find a tenant") { shop, _ in
            try await shop.billing.setSlug("lake-view", of: shop.tenant.id)
        } run: { billing, _, _, _ in
            _ = try await billing.tenant(slug: "lake-view")
        },
        UseCase(operator: "Billing.setSlug(_:of:)", "name a tenant's panel") { billing, shop, _ in
            _ = try await billing.setSlug("lake-view", of: shop.tenant.id)
        },
        UseCase(operator: "Billing.suspendTenant(_:)", "suspend a tenant") { billing, shop, _ in
            _ = try await billing.suspendTenant(shop.tenant.id)
        },
        UseCase(operator: "Billing.resumeTenant(_:)", "resume a tenant") { shop, _ in
            try await shop.billing.suspendTenant(shop.tenant.id)
        } run: { billing, shop, _, _ in
            _ = try await billing.resumeTenant(shop.tenant.id)
        },
        UseCase(operator: "Billing.closeTenant(_:)", "close a tenant") { billing, shop, _ in
            _ = try await billing.closeTenant(shop.tenant.id)
        },
        UseCase(operator: "Billing.createFirstAdministrator(_:tenant:)", "create a first administrator") {
            billing,
            shop,
            _ in
            _ = try await billing.createFirstAdministrator("amina", tenant: shop.tenant.id)
        },
        UseCase(operator: "Billing.createAdministrator(_:tenant:)", "create an administrator") { billing, shop, _ in
            _ = try await billing.createAdministrator("amina", tenant: shop.tenant.id)
        },
        UseCase(operator: "Billing.createStaff(_:role:tenant:)", "create a member of staff") { billing, shop, _ in
            _ = try await billing.createStaff("amina", role: .cashier, tenant: shop.tenant.id)
        },
        UseCase(operator: "Billing.createToken(_:role:tenant:)", "create a token of a role") { billing, shop, _ in
            _ = try await billing.createToken("till", role: .cashier, tenant: shop.tenant.id)
        },
        UseCase(operator: "Billing.createToken(_:tenant:)", "create a narrow token") { billing, shop, _ in
            let draft = TokenDraft(name: "till", role: .cashier, scopes: [.sellVouchers])
            _ = try await billing.createToken(draft, tenant: shop.tenant.id)
        },
        UseCase(operator: "Billing.resealSecrets()", "seal secrets anew") { shop, _ in
            try await shop.sealWithAnotherKey()
        } run: { billing, _, _, _ in
            _ = try await billing.resealSecrets()
        },
        UseCase(operator: "Billing.applyRetention(of:)", "remove what is old, by night") { billing, shop, _ in
            _ = try await billing.applyRetention(of: shop.tenant.id)
        },
        UseCase(operator: "Billing.saveMissedDays(of:)", "save the days of a tenant") { shop, _ in
            shop.clock.advance(by: .seconds(3 * 86_400))
        } run: { billing, shop, _, _ in
            _ = try await billing.saveMissedDays(of: shop.tenant.id)
        },
        UseCase(operator: "Billing.signIn(_:password:code:tenant:origin:)", "sign in") { shop, _ in
            try await shop.billing.createStaff("amina", role: .cashier, tenant: shop.tenant.id).password
        } run: { billing, shop, _, password in
            _ = try await billing.signIn("amina", password: password, tenant: shop.tenant.id)
        },
        UseCase(operator: "Billing.session(secret:prolonging:origin:)", "go on with a session") { shop, _ in
            try await shop.signedIn().sessionSecret ?? ""
        } run: { billing, _, _, secret in
            _ = try await billing.session(secret: secret)
        },
        UseCase(operator: "BillingSession.signOut()", "sign out") { shop, _ in
            try await shop.signedIn().sessionSecret ?? ""
        } run: { billing, _, _, secret in
            try await billing.session(secret: secret, prolonging: false).signOut()
        },
        UseCase(operator: "Billing.apiSession(token:origin:)", "use a token") { shop, _ in
            try await shop.billing.createToken("till", role: .cashier, tenant: shop.tenant.id).secret
        } run: { billing, _, _, secret in
            _ = try await billing.apiSession(token: secret)
        },
    ]
}

extension Shop {
    /// A session that has been idle for a while.
    fileprivate func signedIn() async throws -> BillingSession {
        let session = try await person(.cashier, "amina").session
        clock.advance(by: .seconds(600))
        return session
    }
}
