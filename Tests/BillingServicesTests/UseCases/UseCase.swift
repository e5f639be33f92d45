import BillingDomain
import BillingPersistence
import BillingServices
import Testing

/// Every use case: one line makes the proofs of authorisation, isolation and interruption cover it.
struct UseCase: Sendable, CustomTestStringConvertible {
    /// Does it, as an operator or in a session.
    typealias Run = @Sendable (Billing, BillingSession) async throws -> Void

    /// Who does it.
    enum Doer: Sendable {
        /// Somebody with a session, be it a person or a program with a token.
        case anybody
        /// Somebody who signed in: programs are refused.
        case person
        /// The operator of the installation, or a daemon.
        case system
    }

    /// The method that does it, as in `RouterService.retry(_:)`.
    let method: String
    let name: String
    let doer: Doer
    let permissions: Set<Permission>
    /// Whether it names something of the shop, which another tenant must not find.
    let namesThings: Bool
    /// When what went wrong is tried again, where it is put off and does not stop the rest; `nil` where it is told at once.
    let triesAgain: Duration?
    /// Whether a repetition answers with another secret, because the first is known to nobody any more.
    var replacesSecret = false
    /// Makes in the shop what must be there first, with the session that will do it, and says how it is done.
    ///
    /// The shop has two vouchers in a batch, the second of them disabled.
    let prepare: @Sendable (Shop, GeneratedBatch, BillingSession) async throws -> Run

    var testDescription: String { name }

    /// Whether it may be repeated with its key.
    var hasKey: Bool { method.contains("key:") }

    /// What a session does; where it takes a key that is ``IdempotencyKey/call``.
    init(
        _ method: String,
        _ name: String,
        _ permissions: Set<Permission>,
        namesThings: Bool = true,
        replacesSecret: Bool = false,
        run: @escaping @Sendable (BillingSession, Shop, GeneratedBatch) async throws -> Void
    ) {
        self.init(method, name, permissions, namesThings: namesThings) { _, _ in
        } run: { session, shop, batch, _ in
            try await run(session, shop, batch)
        }
        self.replacesSecret = replacesSecret
    }

    /// What a session does with something that the owner has made first.
    init<Given: Sendable>(
        _ method: String,
        _ name: String,
        _ permissions: Set<Permission>,
        namesThings: Bool = true,
        given: @escaping @Sendable (Shop, GeneratedBatch) async throws -> Given,
        run: @escaping @Sendable (BillingSession, Shop, GeneratedBatch, Given) async throws -> Void
    ) {
        self.method = method
        self.name = name
        doer = .anybody
        self.permissions = permissions
        self.namesThings = namesThings
        triesAgain = nil
        prepare = { shop, batch, _ in
            let given = try await given(shop, batch)
            return { _, session in try await run(session, shop, batch, given) }
        }
    }

    /// What people do about themselves, with something that they have made first.
    init<Given: Sendable>(
        ofPerson method: String,
        _ name: String,
        _ permissions: Set<Permission> = [],
        given: @escaping @Sendable (BillingSession, Shop) async throws -> Given,
        run: @escaping @Sendable (BillingSession, Given) async throws -> Void
    ) {
        self.method = method
        self.name = name
        doer = .person
        self.permissions = permissions
        namesThings = false
        triesAgain = nil
        prepare = { shop, _, session in
            let given = try await given(session, shop)
            return { _, session in try await run(session, given) }
        }
    }

    /// What people do about themselves.
    init(
        ofPerson method: String,
        _ name: String,
        _ permissions: Set<Permission> = [],
        run: @escaping @Sendable (BillingSession) async throws -> Void
    ) {
        self.init(ofPerson: method, name, permissions) { _, _ in
        } run: { session, _ in
            try await run(session)
        }
    }

    /// What the operator or a daemon does, with something that was made first.
    init<Given: Sendable>(
        operator method: String,
        _ name: String,
        triesAgain: Duration? = nil,
        given: @escaping @Sendable (Shop, GeneratedBatch) async throws -> Given,
        run: @escaping @Sendable (Billing, Shop, GeneratedBatch, Given) async throws -> Void
    ) {
        self.method = method
        self.name = name
        doer = .system
        permissions = []
        namesThings = false
        self.triesAgain = triesAgain
        prepare = { shop, batch, _ in
            let given = try await given(shop, batch)
            return { billing, _ in try await run(billing, shop, batch, given) }
        }
    }

    /// What the operator or a daemon does.
    init(
        operator method: String,
        _ name: String,
        run: @escaping @Sendable (Billing, Shop, GeneratedBatch) async throws -> Void
    ) {
        self.init(operator: method, name) { _, _ in
        } run: { billing, shop, batch, _ in
            try await run(billing, shop, batch)
        }
    }

    /// The session of somebody who may do it.
    func session(_ role: Role = .superAdministrator, in shop: Shop) async throws -> BillingSession {
        switch doer {
        case .person: try await shop.person(role).session
        case .anybody, .system: try await role == .superAdministrator ? shop.owner : shop.session(role)
        }
    }

    static let ofPeople =
        selling + vouchers + packages + imports + account + staff + cash + commission + house + reports + customers
        + subscriptions + balances + invoices + payments + sessions + ledger + taxes + routerCare
    static let all = ofPeople + operators + routerDaemons + daemons + routerCareDaemons
}

extension IdempotencyKey {
    /// The key of the one call that a use case makes.
    static let call = IdempotencyKey("the call") ?? .new()
}

extension Shop {
    /// A shop with two vouchers, the second of them disabled.
    static func withVouchers(_ backing: Backing, seed: UInt64 = 1) async throws -> (Shop, GeneratedBatch) {
        let shop = try await Shop.open(backing, seed: seed)
        return (shop, try await shop.vouchers())
    }

    /// Two vouchers, the second of them disabled.
    func vouchers() async throws -> GeneratedBatch {
        let batch = try await generate(2)
        _ = try await owner.vouchers.disable(code: batch.vouchers[1].code)
        return batch
    }

    /// The same services over another store, and a session there of who has one here.
    func served(by store: some BillingStore, for session: BillingSession) async throws -> (Billing, BillingSession) {
        let billing = Billing(store: store, secrets: secrets, environment: environment)
        if let secret = session.sessionSecret {
            return (billing, try await billing.session(secret: secret, prolonging: false))
        }
        return (billing, try await Self.session(.superAdministrator, of: tenant, in: billing))
    }
}
