import BillingDomain
import BillingPersistence
import BillingProvisioning
import BillingServices
import RouterOSClient
import RouterOSProtocol
import RouterOSTesting

@testable import SimulatedWorld

/// A shop whose worker goes on by itself, on a clock that jumps: whoever sleeps is woken when nobody else can go on.
///
/// Everything runs on the thread that calls ``run(for:until:)``, so the same happens every time.
final class BusyShop {
    let provisioner: Provisioner

    private let session: BillingSession
    private let router: Router
    private let package: Package
    private let executor: SeededExecutor
    private let process: SimulatedProcess
    private let host: RouterHost

    /// Opens the shop; its router may be sent so many commands a minute, and each row goes there by itself.
    init(commandsPerMinute: Int, syncInterval: Duration, statusInterval: Duration) async throws {
        executor = SeededExecutor(seed: 1)
        process = SimulatedProcess("daemon", isDaemon: true, on: executor, chance: Chance(seed: 1, part: 1))
        host = RouterHost("r1", seed: 1, on: executor)
        let environment = process.environment
        let billing = Billing(store: InMemoryStore(), secrets: try .ephemeral(), environment: environment)
        let tenant = try await billing.createTenant("Lake View", currency: .usd, timeZone: "UTC", key: .new())
        let administrator = try await billing.createAdministrator("admin", tenant: tenant.id)
        session = try await billing.signIn("admin", password: administrator.password, tenant: tenant.id)
        _ = try await session.settings.set(.addsByScript, to: false)
        let draft = RouterDraft(name: "Shop", host: host.name, username: "api", password: RouterHost.password)
        router = try await session.routers.add(draft, key: .new())
        package = try await session.packages.create(
            PackageDraft(name: "Day", terms: VoucherTerms(validity: .seconds(86_400), price: .zero(.usd))),
            key: .new()
        )
        let watch = Watch(
            EventLog(executor, keepsLines: false),
            Milestones(),
            executor,
            [router.id: host],
            slack: .zero,
            commandRate: nil
        )
        let network = SimulatedNetwork(executor, Chance(seed: 1, part: 2), [host], watch)
        let connection = ConnectionConfiguration()
        provisioner = Provisioner(
            billing: billing,
            configuration: ProvisionerConfiguration(
                syncInterval: syncInterval,
                statusInterval: statusInterval,
                pollInterval: .seconds(1),
                commandsPerMinute: commandsPerMinute,
                connection: connection,
                elapsed: { [executor] in executor.now },
                sleep: { [process] in try await process.sleep($0) },
                random: { [process] in process.chance.bits() }
            ),
            environment: environment,
            connector: SimulatedConnector(network, process, connection, nil)
        )
    }

    /// Generates vouchers and gives their codes, sorted.
    func generate(_ quantity: Int) async throws -> [String] {
        try await session.vouchers.generate(quantity, of: package.id, on: router.id, key: .new())
            .vouchers.map(\.code).sorted()
    }

    /// Starts the worker and lets time pass until something is so, but no longer than a duration; then stops the worker.
    ///
    /// It is stopped as well when it goes on and on without time passing.
    func run(for duration: Duration, until isOver: () -> Bool = { false }) {
        let most = executor.steps + Self.mostSteps
        process.begin { [provisioner] in await provisioner.run() }
        executor.run(until: executor.now + duration) { [executor] in isOver() || executor.steps > most }
        process.stop()
        executor.run(until: executor.now + .seconds(60)) { [process] in !process.isRunning }
    }

    /// Some twice as many as the longest test takes.
    private static let mostSteps = 20_000

    /// The names of the hotspot users on the router, sorted.
    var usersOnRouter: [String] { host.use { $0.rows(HotspotUser.self) }.map(\.name).sorted() }
}
