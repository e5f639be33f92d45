import BillingProvisioning
import BillingServices
import HTTPServer
import RouterOSClient
import ServiceProgram

/// `web-panel serve`: the panel itself, until it is asked to stop.
struct Serve {
    static let usage = """
        web-panel serve --database URL --key-file PATH [--listen HOST:PORT]
                [--sync] [--sync-interval SECONDS] [--commands-per-minute N] [--trust-clock] [--debug]
                [--connections-per-address COUNT]
            Serves the panel and the REST interface, at 127.0.0.1:8080 unless said otherwise. The key file, which
            protects the routers' passwords, is made where it is missing. With --sync the routers are provisioned and
            watched by this process, as often as the settings of their tenant say unless said otherwise here, and the
            jobs of the night are run; --trust-clock lets that go by the machine's clock although it was set, and
            --debug, or MIKROTIK_DEBUG=1 in the environment, writes a line for everything that is asked of a router.
            Put a reverse proxy with TLS in front; it is one address, so raise the connections allowed to one, which
            are 50.
        """

    private let database: DatabaseURL
    private let keyFile: String
    private let address: HTTPAddress
    /// Whether routers are looked after, and how often each is read; `nil` for what the settings of its tenant say.
    private let syncs: Bool
    let syncInterval: Duration?
    private let commandsPerMinute: Int?
    private let trustsClock: Bool
    private let logsCalls: Bool
    private var limits = HTTPServer.Limits()

    init(_ arguments: ArraySlice<String>) throws {
        let options = try Options(
            arguments,
            values: [
                "--database", "--key-file", "--listen", "--sync-interval", "--commands-per-minute",
                "--connections-per-address",
            ],
            flags: ["--sync", "--trust-clock", CallLog.flag],
            usage: Self.usage
        )
        database = try DatabaseURL(options)
        keyFile = try options.required("--key-file")
        let listen = options["--listen"] ?? "127.0.0.1:8080"
        guard let address = HTTPAddress(listen) else {
            throw UsageError("“\(listen)” is no address to listen at; write it like 127.0.0.1:8080.")
        }
        self.address = address
        syncs = options.has("--sync")
        syncInterval = try options.number("--sync-interval", in: 1...86_400).map { .seconds($0) }
        commandsPerMinute = try options.number("--commands-per-minute", in: 1...60_000)
        trustsClock = options.has("--trust-clock")
        logsCalls = CallLog.isWanted(options)
        limits.connectionsPerAddress = try options.number("--connections-per-address", in: 1...100_000) ?? 50
    }

    func run() async throws {
        let stops = StopSignals()
        let store = try await database.open { Console.complain("\($0)") }
        let billing = try Billing(store: store, secrets: .keyFile(keyFile))
        let panel = Panel(billing: billing, connectionTester: RouterOSConnectionTester(), log: Console.complain)
        let server = HTTPServer(address, limits: limits, policy: Panel.policy, handler: panel.respond)
        do {
            try await withThrowingTaskGroup { group in
                if syncs {
                    var connection = ConnectionConfiguration()
                    if logsCalls { connection.observer = CallLog { Console.complain("\($0)") } }
                    let provisioner = Provisioner(
                        billing: billing,
                        configuration: ProvisionerConfiguration(
                            syncInterval: syncInterval,
                            commandsPerMinute: commandsPerMinute,
                            trustsClock: trustsClock,
                            connection: connection,
                            onFault: { Console.complain("sync: \($0)") }
                        )
                    )
                    group.addTask { await provisioner.run() }
                    group.addTask {
                        await BackgroundJobs(billing, until: provisioner.trustedInstant) { Console.complain("\($0)") }
                            .run()
                    }
                }
                group.addTask {
                    for await _ in stops.received {
                        server.stop()
                    }
                }
                try await server.run { Console.print("listening http://\($0)") }
                group.cancelAll()
            }
        } catch {
            await billing.close()
            throw error
        }
        await billing.close()
    }
}
