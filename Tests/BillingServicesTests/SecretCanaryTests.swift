import BillingDomain
import BillingPersistence
import BillingPersistenceSQLite
import BillingServices
import BillingTesting
import Foundation
import TestSupport
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
            try await shop.billing.provisioning.watched(shop.router.id), try await shop.owner.audit.entries().items,
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

    @Test(
        "the audit trail shows no code of a voucher, which is worth what was paid for it",
        arguments: Backing.allCases
    )
    func noTrailShowsACode(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let codes = try await shop.generate(3, sold: true).vouchers.map(\.code)
        _ = try await shop.owner.vouchers.disable(code: codes[0])
        _ = try await shop.owner.vouchers.enable(code: codes[0])
        try await shop.see(codes[0])
        shop.clock.advance(by: .seconds(4 * 3_600))
        try await shop.billing.upkeep.run()
        let trail = try await shop.owner.audit.entries().items
        #expect(Set(trail.map(\.action)).isSuperset(of: ["voucher.disable", "voucher.activate", "voucher.expire"]))
        for line in trail { for code in codes { #expect(!everyText(of: line).contains(code), "\(line.action)") } }
    }

    /// What the system makes up itself and tells once: passwords, tokens, a second factor with its recovery codes.
    private func generated(_ shop: Shop) async throws -> (secrets: [String], answers: [Any]) {
        let (staff, password) = try await shop.billing.createStaff("ben", role: .cashier, tenant: shop.tenant.id)
        let added = try await shop.owner.staff.add(StaffDraft(username: "cleo", role: .cashier), key: .new())
        let reset = try await shop.owner.staff.resetPassword(staff.id)
        let token = try await shop.owner.tokens.create(TokenDraft(name: "kiosk", role: .cashier), key: .new())
        let person = try await shop.person(.manager)
        let enrolment = try await person.session.account.enrolSecondFactor(password: person.password)
        let code = try Authenticator(enrolment).code(at: shop.clock.now)
        let codes = try await person.session.account.confirmSecondFactor(code: code)
        let renewed = try await person.session.account.replaceRecoveryCodes(password: person.password)
        let till = try await Till.open(shop)
        let service = try await till.order().serviceAccount
        let opened = try await shop.owner.serviceAccounts.password(of: service.id)
        let secrets =
            [password, added.password, reset, token.secret, enrolment.secret, enrolment.address, opened] + codes
            + renewed
        let me = try await person.session.account.me()
        return (secrets, [staff, added.staff, token.token, enrolment, service, me, me.secondFactor as Any])
    }

    @Test(
        "what the system makes up itself is told once, and written down and shown nowhere",
        arguments: Backing.allCases
    )
    func generatedSecretsAreToldOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let (secrets, answers) = try await generated(shop)
        #expect(secrets.count > 20 && secrets.allSatisfy { $0.count >= 10 })
        // Recovery codes are typed with or without their hyphen.
        let forms = secrets + secrets.map { $0.filter { $0 != "-" } }
        for answer in answers {
            let text = everyText(of: answer)
            for secret in forms { #expect(!text.contains(secret), "\(type(of: answer)) shows a secret") }
        }
        for (table, rows) in try await StoreState(of: shop.store).rows {
            for value in rows.joined() {
                let text: String
                switch value {
                case .text(let value): text = value
                case .bytes(let value): text = String(decoding: value, as: UTF8.self)
                default: continue
                }
                for secret in forms { #expect(!text.contains(secret), "\(table) holds a secret") }
            }
        }
    }

    @Test("no secret is in the database's files, in a backup, or in anything a person can list")
    func noFileHoldsASecret() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "canary-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try await SQLiteStore(path: folder.appending(path: "billing.sqlite").path)
        let shop = try await Shop.open(on: store)
        let (_, password) = try await shop.billing.createAdministrator("amina", tenant: shop.tenant.id)
        let (_, tokenSecret) = try await shop.billing.createToken("till", role: .cashier, tenant: shop.tenant.id)
        let session = try await shop.billing.signIn("amina", password: password, tenant: shop.tenant.id)
        let typed = "canary-typed-password"
        _ = try? await shop.billing.signIn("amina", password: typed, tenant: shop.tenant.id)
        _ = try await session.routers.update(shop.router.id, .fixture("Lobby", password: "canary-second-password"))
        _ = try await session.routers.add(.fixture("Roof", password: "canary-third-password"), key: .new())
        _ = try await session.routers.access(shop.router.id)
        _ = try await shop.generate(2, sold: true)
        let claim = try #require(try await shop.billing.provisioning.claim(owner: "w"))
        try await shop.billing.provisioning.release(claim, error: "timed out")
        let secrets =
            [
                Shop.routerPassword, "canary-second-password", "canary-third-password", typed, password, tokenSecret,
                try #require(session.sessionSecret),
            ] + (try await generated(shop).secrets)

        try await store.backup(to: folder.appending(path: "backup.sqlite").path)
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        #expect(files.count >= 3, "a database, its log and a backup")
        var bytes = 0
        for file in files {
            let data = try Data(contentsOf: file)
            bytes += data.count
            for secret in secrets {
                #expect(data.range(of: Data(secret.utf8)) == nil, "\(file.lastPathComponent) holds a secret")
            }
        }
        #expect(bytes > 100_000)
        // What is no secret is found by the same search, so it does search.
        let copy = try Data(contentsOf: folder.appending(path: "backup.sqlite"))
        #expect(copy.range(of: Data("Lake View WiFi".utf8)) != nil)

        // A table that is not in the file, or values kept in another shape, would be found here.
        for (table, rows) in try await StoreState(of: store).rows {
            let text = everyText(of: rows)
            for secret in secrets { #expect(!text.contains(secret), "\(table) holds a secret") }
            for row in rows {
                for case .bytes(let value) in row {
                    let text = String(decoding: value, as: UTF8.self)
                    for secret in secrets { #expect(!text.contains(secret), "\(table) holds a secret") }
                }
            }
        }
        await shop.billing.close()
    }

    /// What use cases type in, or have typed in before.
    private static let typed = [
        Shop.routerPassword, Shop.Person.password, "correct horse battery", "canary-service-password",
        "canary-secret-1",
    ]

    @Test("no use case writes down or tells a secret, nor does its failure", arguments: UseCase.all)
    func nothingThatIsWrittenShowsASecret(useCase: UseCase) async throws {
        let (shop, batch) = try await Shop.withVouchers(.memory)
        let store = InterruptingStore(shop.store)
        let own = try await useCase.session(in: shop)
        let (billing, session) = try await shop.served(by: store, for: own)
        let run = try await useCase.prepare(shop, batch, own)
        for point in [InterruptingStore.Point.verb(0), .verb(2), .commit(0)] {
            store.interrupt(at: point)
            do {
                try await run(billing, session)
            } catch {
                let text = everyText(of: error)
                for secret in Self.typed { #expect(!text.contains(secret)) }
            }
        }
        store.interrupt(at: nil)
        try? await run(billing, session)
        // Identities, codes and what is sealed are bytes; the rest is what people typed or read.
        for (table, rows) in try await StoreState(of: shop.store).rows {
            for value in rows.joined() {
                let text: String
                switch value {
                case .text(let value): text = value
                case .bytes(let value): text = String(decoding: value, as: UTF8.self)
                default: continue
                }
                for secret in Self.typed { #expect(!text.contains(secret), "\(table) holds a secret") }
            }
        }
    }
}
