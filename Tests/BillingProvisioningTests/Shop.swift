import BillingDomain
import BillingPersistence
import BillingServices
import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Synchronization
import TestSupport

@testable import BillingProvisioning

/// A hotspot shop with one simulated router, all on one clock that a test moves.
final class Shop: Sendable {
    let billing: Billing
    let tenant: Tenant
    let session: BillingSession
    let simulator: RouterOSSimulator
    let router: Router
    let package: Package
    let provisioner: Provisioner
    let port: UInt16

    /// No test waits for it to end: it is there for one that would wait for ever.
    static let patience = ConnectionConfiguration(connectTimeout: .seconds(60), requestTimeout: .seconds(60))

    private let clock: ManualClock
    private let passed: PassedTime

    /// Opens the shop; the router listens.
    init(store: some BillingStore = InMemoryStore(), chunk: Int = 100) async throws {
        let clock = ManualClock("2023-11-14T22:13:20Z")
        let passed = PassedTime()
        let environment = BillingEnvironment(
            now: { clock.now },
            randomBytes: BillingEnvironment.live.randomBytes
        )
        billing = Billing(store: store, secrets: try .ephemeral(), environment: environment)
        tenant = try await billing.createTenant("Lake View", currency: .usd, timeZone: "Africa/Kampala", key: .new())
        let administrator = try await billing.createAdministrator("admin", tenant: tenant.id)
        session = try await billing.signIn("admin", password: administrator.password, tenant: tenant.id)
        simulator = RouterOSSimulator(.v7_18, credentials: .user("api", password: "secret"))
        let simulator = simulator
        port = try OwnPort.listen { try simulator.listen(port: $0) }
        router = try await session.routers.add(
            RouterDraft(name: "Shop", host: "127.0.0.1", port: Int(port), username: "api", password: "secret"),
            key: .new()
        )
        package = try await session.packages.create(
            PackageDraft(
                name: "3 Hours",
                terms: VoucherTerms(
                    validity: .seconds(86_400),
                    uptimeAllowance: .seconds(10_800),
                    dataQuota: .mebibytes(1_536),
                    price: Money(decimal: "2.50", currency: .usd)
                )
            ),
            key: .new()
        )
        provisioner = Provisioner(
            billing: billing,
            configuration: ProvisionerConfiguration(
                chunk: chunk...chunk,
                heedsCommandRate: false,
                connection: Shop.patience,
                elapsed: { passed.total }
            ),
            environment: environment
        )
        self.clock = clock
        self.passed = passed
    }

    /// Another provisioner, whose connections stand behind commands of a test's own.
    func provisioner(
        through wrap: @escaping @Sendable (any RouterOSCommands) -> any RouterOSCommands
    ) -> Provisioner {
        let (clock, passed) = (clock, passed)
        let connection = Shop.patience
        return Provisioner(
            billing: billing,
            configuration: ProvisionerConfiguration(
                heedsCommandRate: false,
                connection: connection,
                elapsed: { passed.total }
            ),
            environment: BillingEnvironment(now: { clock.now }, randomBytes: BillingEnvironment.live.randomBytes),
            connector: InterposingConnector(inner: RouterConnections(connection), wrap: wrap)
        )
    }

    /// Lets time pass for everybody.
    func advance(by duration: Duration) {
        clock.advance(by: duration)
        passed.add(duration)
        simulator.advance(by: duration)
    }

    /// Sets the machine's clock, while no time passes.
    func setClock(by step: Duration) { clock.advance(by: step) }

    var now: Timestamp { clock.now }

    func generate(_ quantity: Int, sold: Bool = false) async throws -> [String] {
        try await session.vouchers.generate(quantity, of: package.id, on: router.id, sold: sold, key: .new())
            .vouchers.map(\.code)
    }

    /// Generates one voucher, brings it to the router and returns its code.
    func voucherOnRouter() async throws -> String {
        let codes = try await generate(1)
        await provisioner.provisionOnce()
        return codes[0]
    }

    func voucher(_ code: String) async throws -> Voucher { try await session.vouchers.voucher(code: code) }

    func logIn(_ code: String) throws {
        try simulator.run("/ip/hotspot/active/login", ["user": code, "password": code, "ip": "10.5.50.2"])
    }

    /// The names of the hotspot users on the router, sorted; a name that stands there twice comes twice.
    var usersOnRouter: [String] { simulator.rows(HotspotUser.self).map(\.name).sorted() }
}

/// The time that has passed, whatever the clock says.
private final class PassedTime: Sendable {
    private let duration = Mutex(Duration.zero)

    var total: Duration { duration.withLock { $0 } }

    func add(_ more: Duration) { duration.withLock { $0 += more } }
}
