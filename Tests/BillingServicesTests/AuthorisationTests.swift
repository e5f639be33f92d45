import BillingDomain
import BillingPersistence
import BillingServices
import Testing

/// Every use case that people can reach, with the permissions it needs.
struct UseCase: Sendable, CustomTestStringConvertible {
    /// The method that does it, as in `RouterService.retry(_:)`.
    let method: String
    let name: String
    let permissions: Set<Permission>
    /// Does it with the identifiers of `owned` as the given session.
    let run: @Sendable (BillingSession, Shop, GeneratedBatch) async throws -> Void
    /// Whether it names something of the shop, which another tenant must not find.
    let namesThings: Bool
    /// Whether a program with a token is refused.
    let isForPeople: Bool

    init(
        _ method: String,
        _ name: String,
        _ permissions: Set<Permission>,
        namesThings: Bool = true,
        isForPeople: Bool = false,
        run: @escaping @Sendable (BillingSession, Shop, GeneratedBatch) async throws -> Void
    ) {
        self.method = method
        self.name = name
        self.permissions = permissions
        self.namesThings = namesThings
        self.isForPeople = isForPeople
        self.run = run
    }

    var testDescription: String { name }

    static let all: [UseCase] = shop + people + cash + house + vouchers + packages + imports + reports

    private static let shop: [UseCase] = [
        UseCase(
            "VoucherService.generate(_:of:on:codePrefix:sold:options:key:)",
            "generate of a package",
            [.generateVouchers]
        ) {
            session,
            shop,
            _ in
            _ = try await session.vouchers.generate(1, of: shop.package.id, on: shop.router.id, key: .new())
        },
        UseCase(
            "VoucherService.generate(_:terms:on:codePrefix:sold:options:key:)",
            "generate of terms",
            [.generateVouchers, .managePackages]
        ) { session, shop, _ in
            _ = try await session.vouchers.generate(1, terms: shop.package.terms, on: shop.router.id, key: .new())
        },
        UseCase(
            "VoucherService.generate(_:profile:inline:on:codePrefix:sold:options:key:)",
            "generate of a profile",
            [.generateVouchers],
            namesThings: false
        ) { session, shop, _ in
            _ = try await session.vouchers.generate(1, profile: "3 Hours", on: shop.router.id, key: .new())
        },
        UseCase(
            "VoucherService.generate(_:profile:inline:on:codePrefix:sold:options:key:)",
            "generate of CUSTOM",
            [.generateVouchers, .managePackages]
        ) { session, shop, _ in
            let price = Money(minorUnits: 1, currency: .ugx)
            let inline = InlineTerms(validity: .seconds(60), price: price)
            _ = try await session.vouchers.generate(
                1,
                profile: "custom",
                inline: inline,
                on: shop.router.id,
                key: .new()
            )
        },
        UseCase(
            "VoucherService.generate(_:of:on:codePrefix:sold:options:key:)",
            "generate sold",
            [.generateVouchers, .sellVouchers]
        ) { session, shop, _ in
            _ = try await session.vouchers.generate(
                1,
                of: shop.package.id,
                on: shop.router.id,
                sold: true,
                key: .new()
            )
        },
        UseCase("VoucherService.list(_:_:)", "list vouchers", [.viewVouchers], namesThings: false) { session, _, _ in
            _ = try await session.vouchers.list()
        },
        UseCase("VoucherService.voucher(code:)", "see a voucher", [.viewVouchers]) { session, _, batch in
            _ = try await session.vouchers.voucher(code: batch.vouchers[0].code)
        },
        UseCase("VoucherService.batch(_:)", "see a batch", [.viewVouchers]) { session, _, batch in
            _ = try await session.vouchers.batch(batch.batch.id)
        },
        UseCase("VoucherService.progress(batch:)", "see the progress of a batch", [.viewVouchers]) {
            session,
            _,
            batch in
            _ = try await session.vouchers.progress(batch: batch.batch.id)
        },
        UseCase("VoucherService.batches(_:)", "list batches", [.viewVouchers], namesThings: false) { session, _, _ in
            _ = try await session.vouchers.batches()
        },
        UseCase("VoucherService.sell(batch:options:key:)", "sell a batch", [.sellVouchers]) { session, _, batch in
            _ = try await session.vouchers.sell(batch: batch.batch.id, key: .new())
        },
        UseCase("VoucherService.sell(codes:options:key:)", "sell codes", [.sellVouchers]) { session, _, batch in
            _ = try await session.vouchers.sell(codes: [batch.vouchers[0].code], key: .new())
        },
        UseCase("VoucherService.disable(code:)", "disable a voucher", [.disableVouchers]) { session, _, batch in
            _ = try await session.vouchers.disable(code: batch.vouchers[0].code)
        },
        UseCase("VoucherService.enable(code:)", "enable a voucher", [.disableVouchers]) { session, _, batch in
            _ = try await session.vouchers.enable(code: batch.vouchers[1].code)
        },
        UseCase("RouterService.list(_:_:)", "list routers", [.viewRouters], namesThings: false) { session, _, _ in
            _ = try await session.routers.list()
        },
        UseCase("RouterService.router(_:)", "see a router", [.viewRouters]) { session, shop, _ in
            _ = try await session.routers.router(shop.router.id)
        },
        UseCase("RouterService.access(_:)", "reach a router", [.manageRouters]) { session, shop, _ in
            _ = try await session.routers.access(shop.router.id)
        },
        UseCase("RouterService.add(_:key:)", "add a router", [.manageRouters], namesThings: false) { session, _, _ in
            _ = try await session.routers.add(.fixture("New"), key: .new())
        },
        UseCase("RouterService.update(_:_:)", "update a router", [.manageRouters]) { session, shop, _ in
            _ = try await session.routers.update(shop.router.id, .fixture("Renamed"))
        },
        UseCase("RouterService.retry(_:)", "retry a router", [.manageRouters]) { session, shop, _ in
            _ = try await session.routers.retry(shop.router.id)
        },
        UseCase("RouterService.remove(_:)", "remove a router", [.manageRouters]) { session, shop, _ in
            let empty = try await shop.owner.routers.add(.fixture("Empty"), key: .new())
            try await session.routers.remove(empty.id)
        },
        UseCase("PackageService.list(includingArchived:)", "list packages", [.viewPackages], namesThings: false) {
            session,
            _,
            _ in
            _ = try await session.packages.list()
        },
        UseCase("PackageService.package(_:)", "see a package", [.viewPackages]) { session, shop, _ in
            _ = try await session.packages.package(shop.package.id)
        },
        UseCase("PackageService.create(_:key:)", "create a package", [.managePackages], namesThings: false) {
            session,
            _,
            _ in
            _ = try await session.packages.create(.fixture("New"), key: .new())
        },
        UseCase("PackageService.update(_:_:)", "update a package", [.managePackages]) { session, shop, _ in
            _ = try await session.packages.update(shop.package.id, .fixture("Renamed"))
        },
        UseCase("PackageService.archive(_:)", "archive a package", [.managePackages]) { session, shop, _ in
            _ = try await session.packages.archive(shop.package.id)
        },
        UseCase("ReportService.dashboard()", "see the dashboard", [.viewReports], namesThings: false) { session, _, _ in
            _ = try await session.reports.dashboard()
        },
        UseCase("ReportService.balances()", "see the balances", [.viewReports], namesThings: false) { session, _, _ in
            _ = try await session.reports.balances()
        },
        UseCase("ReportService.ledger(_:)", "see the ledger", [.viewReports], namesThings: false) { session, _, _ in
            _ = try await session.reports.ledger()
        },
        UseCase("ReportService.audit(_:)", "see the audit trail", [.viewAudit], namesThings: false) { session, _, _ in
            _ = try await session.reports.audit()
        },
    ]
}

@Suite("Who may do what")
struct AuthorisationTests {
    /// A shop with two vouchers, the second of them disabled.
    private func prepare(_ backing: Backing) async throws -> (Shop, GeneratedBatch) {
        let shop = try await Shop.open(backing)
        let batch = try await shop.generate(2)
        _ = try await shop.owner.vouchers.disable(code: batch.vouchers[1].code)
        return (shop, batch)
    }

    @Test("every public method of the services is among the use cases")
    func noMethodIsForgotten() throws {
        let services = [
            "VoucherService", "RouterService", "PackageService", "ReportService", "RetentionService", "ImportService",
            "AccountService", "StaffService",
            "RoleService", "TokenService", "SiteService", "ShiftService", "CommissionService", "AgentService",
            "SettingsService", "AuditService", "JobService", "NotificationService", "MessageService",
        ]
        let methods = try services.flatMap { try publicMethods(of: $0) }
        #expect(methods.count > 20)
        #expect(Set(methods).symmetricDifference(UseCase.all.map(\.method)).sorted() == [])
    }

    @Test("each role may do exactly what its permissions say", arguments: UseCase.all, Role.allCases)
    func rolesAreEnforced(useCase: UseCase, role: Role) async throws {
        let (shop, batch) = try await prepare(.memory)
        let session = try await (useCase.isForPeople ? shop.person(role).session : shop.session(role))
        if useCase.permissions.isSubset(of: role.permissions) {
            try await useCase.run(session, shop, batch)
        } else {
            await expectRefusal(.forbidden) { try await useCase.run(session, shop, batch) }
        }
    }

    @Test("a program with a token is refused what is about a person", arguments: UseCase.all.filter(\.isForPeople))
    func programsAreNoPeople(useCase: UseCase) async throws {
        let (shop, batch) = try await prepare(.memory)
        await expectRefusal(.forbidden) { try await useCase.run(shop.owner, shop, batch) }
    }

    @Test("nothing of another tenant is ever found", arguments: UseCase.all.filter(\.namesThings), Backing.allCases)
    func tenantsAreWalledOff(useCase: UseCase, backing: Backing) async throws {
        let (shop, batch) = try await prepare(backing)
        let other = try await shop.billing.createTenant("Other", currency: .usd, timeZone: "UTC", key: .new())
        let stranger =
            try await useCase.isForPeople
            ? Shop.person(.superAdministrator, of: other, in: shop.billing).session
            : Shop.session(.superAdministrator, of: other, in: shop.billing)
        await expectRefusal(.notFound) { try await useCase.run(stranger, shop, batch) }
        #expect(try await shop.owner.vouchers.batch(batch.batch.id).vouchers.map(\.access) == [.unused, .disabled])
    }

    @Test("lists of another tenant are empty", arguments: Backing.allCases)
    func listsAreWalledOff(backing: Backing) async throws {
        let (shop, batch) = try await prepare(backing)
        let other = try await shop.billing.createTenant("Other", currency: .usd, timeZone: "UTC", key: .new())
        let stranger = try await Shop.session(.superAdministrator, of: other, in: shop.billing)
        #expect(try await stranger.vouchers.list().total == 0)
        #expect(try await stranger.vouchers.list(VoucherFilter(batch: batch.batch.id)).total == 0)
        #expect(try await stranger.vouchers.batches().total == 0)
        #expect(try await stranger.routers.list().total == 0)
        #expect(try await stranger.packages.list(includingArchived: true).isEmpty)
        #expect(try await stranger.reports.ledger().total == 0)
        #expect(try await stranger.reports.balances().isEmpty)
        #expect(try await stranger.reports.dashboard().vouchers.total == 0)
        #expect(try await stranger.reports.dashboard().outboxDepth == 0)
        #expect(try await stranger.reports.audit().items.allSatisfy { $0.tenant == other.id })
    }

    @Test("two tenants may use the same names and keys", arguments: Backing.allCases)
    func namesAndKeysBelongToATenant(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let key = IdempotencyKey.new()
        _ = try await shop.owner.routers.add(.fixture("Roof"), key: key)
        let other = try await shop.billing.createTenant("Other", currency: .usd, timeZone: "UTC", key: .new())
        let stranger = try await Shop.session(.superAdministrator, of: other, in: shop.billing)
        let theirs = try await stranger.routers.add(.fixture("Roof"), key: key)
        #expect(theirs.tenant == other.id)
        _ = try await stranger.packages.create(.fixture("3 Hours"), key: .new())
    }
}
