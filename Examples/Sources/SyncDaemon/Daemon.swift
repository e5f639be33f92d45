import BillingDomain
import BillingPersistence
import BillingProvisioning
import BillingServices
import Foundation
import HTTPServer
import RouterOSClient
import ServiceProgram

/// `sync-daemon`: what its command line asks for, done.
struct Daemon {
    static let usage = """
        sync-daemon --database sqlite:PATH|postgresql://… --key-file PATH
                [--metrics HOST:PORT] [--sync-interval SECONDS] [--commands-per-minute N] [--loops N] [--trust-clock]
                [--debug] [--once | --check | --plan ROUTER | --approve ROUTER]
            Keeps routers as the records want them and the records as the routers show them, and runs the jobs of the
            night. On SQLite it is the only process; on PostgreSQL any number of them share the work and may come and
            go at will. A database with a password in its URL belongs into BILLING_DATABASE, not on a command line.

            --metrics HOST:PORT      serves /metrics for Prometheus, /healthz and /readyz
            --sync-interval SECONDS  the time between two looks at each router; what its tenant's settings say if not
            --commands-per-minute N  how many commands each router is sent at most; what its tenant's settings say if not
                                     given, which is 100 unless somebody changed it
            --loops N                threads that share the connections, 1 to 64; 1 serves some 3 000 busy routers
            --trust-clock            acts although the clock was set. Without it, nothing is activated or ended for ten
                                     minutes after the machine's clock was set by more than two minutes: a clock that is
                                     a year ahead for a moment would end every voucher. Give it where somebody has just
                                     put the clock right, and leave it out again
            --debug                  writes a line for everything that is asked of a router, as MIKROTIK_DEBUG=1 in the
                                     environment does: which router, what, and how it ended
            --once                   does what is due now, looks at every router once, and ends; 1 if anything failed
                                     on this side, and not because a router is off
            --check                  opens the records and every router's password, and says what it found
            --plan ROUTER            prints what it would change on a router, and changes nothing
            --approve ROUTER         prints that and puts it right, although it is so much that a daemon stops and asks

            Ends with 0 when all went well, with 1 when not, and with 2 for a command line that cannot be followed.
        """

    private enum Errand {
        case stay, once, check
        case plan(String)
        case approve(String)
    }

    private let database: DatabaseURL
    private let keyFile: String
    private let metrics: HTTPAddress?
    private let syncInterval: Duration?
    private let commandsPerMinute: Int?
    private let loops: Int
    private let trustsClock: Bool
    private let logsCalls: Bool
    private let errand: Errand

    /// How long a stop may take: what waits for a router is cancelled at once, what waits for the database is not.
    private static let longestStop = Duration.seconds(10)

    /// Reads a command line.
    /// - Throws: ``UsageError``, ``HelpRequest``.
    init(_ arguments: ArraySlice<String>) throws {
        let options = try Options(
            arguments,
            values: [
                "--database", "--key-file", "--metrics", "--sync-interval", "--commands-per-minute", "--loops",
                "--plan", "--approve",
            ],
            flags: ["--once", "--check", "--trust-clock", CallLog.flag],
            usage: Self.usage
        )
        database = try DatabaseURL(options)
        keyFile = try options.required("--key-file")
        metrics = try options["--metrics"].map { text in
            guard let address = HTTPAddress(text) else {
                throw UsageError("“\(text)” is no address to listen at; write it like 127.0.0.1:9100.")
            }
            return address
        }
        syncInterval = try options.number("--sync-interval", in: 1...86_400).map { .seconds($0) }
        commandsPerMinute = try options.number("--commands-per-minute", in: 1...60_000)
        loops = try options.number("--loops", in: 1...64) ?? 1
        trustsClock = options.has("--trust-clock")
        logsCalls = CallLog.isWanted(options)
        var errands: [Errand] = []
        if options.has("--once") { errands.append(.once) }
        if options.has("--check") { errands.append(.check) }
        if let router = options["--plan"] { errands.append(.plan(router)) }
        if let router = options["--approve"] { errands.append(.approve(router)) }
        guard errands.count < 2 else {
            throw UsageError("--once, --check, --plan and --approve do not go together.")
        }
        errand = errands.first ?? .stay
    }

    /// Does what was asked for; false where something of it failed.
    func run() async throws -> Bool {
        // A new key would open nothing: whoever entered the routers has the key.
        guard FileManager.default.fileExists(atPath: keyFile) else {
            throw UsageError(
                "There is no key file at \(keyFile). Use the one of the panel that the routers were entered in."
            )
        }
        let secrets = try SecretKeys.keyFile(keyFile)
        let billing = try await Billing(store: database.open(log: Pulse.log), secrets: secrets)
        do {
            let isFine =
                switch errand {
                case .stay: try await stay(billing)
                case .once: try await once(billing)
                case .check: try await check(billing)
                case .plan(let name): try await plan(name, billing)
                case .approve(let name): try await approve(name, billing)
                }
            await billing.close()
            return isFine
        } catch {
            await billing.close()
            throw error
        }
    }

    private func provisioner(_ billing: Billing, _ pulse: Pulse) -> Provisioner {
        var connection = ConnectionConfiguration()
        connection.observer = logsCalls ? ObserverGroup(pulse.metrics, CallLog(log: Pulse.log)) : pulse.metrics
        return Provisioner(
            billing: billing,
            configuration: ProvisionerConfiguration(
                syncInterval: syncInterval,
                commandsPerMinute: commandsPerMinute,
                trustsClock: trustsClock,
                connection: connection,
                loops: loops,
                figures: pulse.figures,
                onFault: pulse.note
            )
        )
    }

    private func stay(_ billing: Billing) async throws -> Bool {
        let stops = StopSignals()
        let pulse = Pulse()
        let provisioner = provisioner(billing, pulse)
        let server = metrics.map { address in HTTPServer(address) { await pulse.respond(to: $0, billing) } }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await provisioner.run() }
            group.addTask {
                await BackgroundJobs(
                    billing,
                    until: provisioner.trustedInstant,
                    onRound: pulse.noteRound,
                    log: Pulse.log
                ).run()
            }
            if let server {
                group.addTask { try await server.run { Console.print("listening http://\($0)") } }
            }
            Pulse.log(LogLine(.info, "started", [("owner", provisioner.owner), ("loops", "\(loops)")]))
            group.addTask { for await _ in stops.received { return } }
            // Whichever ends first: a signal, or an address that cannot be listened at.
            defer { group.cancelAll() }
            try await group.next()
            server?.stop()
            Pulse.log(LogLine(.info, "stopping"))
            Self.endWithin(Self.longestStop)
        }
        return true
    }

    /// Ends the process however long the rest takes: claims that are not given back end by themselves.
    private static func endWithin(_ limit: Duration) {
        Task.detached {
            try? await Task.sleep(for: limit)
            Pulse.log(LogLine(.warning, "stopped", [("error", "The database did not answer in time.")]))
            exit(1)
        }
    }

    private func once(_ billing: Billing) async throws -> Bool {
        let pulse = Pulse()
        let provisioner = provisioner(billing, pulse)
        await provisioner.expireOnce()
        await provisioner.provisionOnce()
        await provisioner.syncOnce()
        await provisioner.provisionOnce()
        let round = try await BackgroundJobs(billing, until: provisioner.trustedInstant, log: Pulse.log).runOnce()
        if round == nil { Pulse.log(LogLine(.info, "the jobs are left to another process")) }
        return pulse.faults == 0 && round?.runs.contains { $0.state == .failed } != true
    }

    private func check(_ billing: Billing) async throws -> Bool {
        let tenants = try await billing.tenants()
        let routers = try await billing.provisioning.routers()
        var closed = 0
        for router in routers {
            do {
                _ = try await billing.provisioning.watched(router.id)
            } catch let error as BillingError where error.code == .unavailable {
                closed += 1
                Console.complain("\(router.name): \(error.message)")
            }
        }
        Console.print("\(tenants.count) tenants, \(routers.count - closed) routers whose passwords open with this key")
        return closed == 0
    }

    private func plan(_ name: String, _ billing: Billing) async throws -> Bool {
        let router = try await router(name, billing)
        Console.print("\(try await provisioner(billing, Pulse()).plan(router))")
        return true
    }

    private func approve(_ name: String, _ billing: Billing) async throws -> Bool {
        let router = try await router(name, billing)
        let pulse = Pulse()
        let provisioner = provisioner(billing, pulse)
        Console.print("\(try await provisioner.approve(router))")
        // Where no daemon runs, this does it.
        await provisioner.watchOnce()
        await provisioner.provisionOnce()
        return pulse.faults == 0
    }

    private func router(_ name: String, _ billing: Billing) async throws -> Identifier<Router> {
        let named = try await billing.provisioning.routers()
            .filter { $0.name.lowercased() == name.lowercased() || $0.id.description == name }
        guard let router = named.first else { throw UsageError("There is no router “\(name)”.") }
        guard named.count == 1 else {
            let ids = named.map { "\($0.id)" }.joined(separator: ", ")
            throw UsageError("Several routers are called “\(name)”. Say which by its id: \(ids).")
        }
        return router.id
    }
}
