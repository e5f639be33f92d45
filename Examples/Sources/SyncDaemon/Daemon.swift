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
                [--metrics HOST:PORT] [--sync-interval SECONDS] [--once | --check | --plan ROUTER]
            Keeps routers as the records want them and the records as the routers show them, and runs the jobs of the
            night. On SQLite it is the only process; on PostgreSQL any number of them share the work and may come and
            go at will. A database with a password in its URL belongs into BILLING_DATABASE, not on a command line.

            --metrics HOST:PORT      serves /metrics for Prometheus, /healthz and /readyz
            --sync-interval SECONDS  the time between two looks at each router, 300 unless said otherwise
            --once                   does what is due now, looks at every router once, and ends; 1 if anything failed
                                     on this side, and not because a router is off
            --check                  opens the records and every router's password, and says what it found
            --plan ROUTER            prints what it would change on a router, and changes nothing
        """

    private enum Errand {
        case stay, once, check
        case plan(String)
    }

    private let database: DatabaseURL
    private let keyFile: String
    private let metrics: HTTPAddress?
    private let syncInterval: Int
    private let errand: Errand

    /// Reads a command line.
    /// - Throws: ``UsageError``, ``HelpRequest``.
    init(_ arguments: ArraySlice<String>) throws {
        let options = try Options(
            arguments,
            values: ["--database", "--key-file", "--metrics", "--sync-interval", "--plan"],
            flags: ["--once", "--check"],
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
        syncInterval = try options.number("--sync-interval", in: 1...86_400) ?? 300
        switch (options.has("--once"), options.has("--check"), options["--plan"]) {
        case (false, false, nil): errand = .stay
        case (true, false, nil): errand = .once
        case (false, true, nil): errand = .check
        case (false, false, let router?): errand = .plan(router)
        default: throw UsageError("--once, --check and --plan do not go together.")
        }
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
        let billing = try await Billing(store: database.open(), secrets: secrets)
        do {
            let isFine =
                switch errand {
                case .stay: try await stay(billing)
                case .once: try await once(billing)
                case .check: try await check(billing)
                case .plan(let name): try await plan(name, billing)
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
        connection.observer = pulse.metrics
        return Provisioner(
            billing: billing,
            configuration: ProvisionerConfiguration(
                syncInterval: .seconds(syncInterval),
                connection: connection,
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
                await BackgroundJobs(billing, when: provisioner.isClockTrusted, log: Pulse.log).run()
            }
            if let server {
                group.addTask { try await server.run { Console.print("listening http://\($0)") } }
            }
            Pulse.log(LogLine(.info, "started"))
            group.addTask { for await _ in stops.received { return } }
            // Whichever ends first: a signal, or an address that cannot be listened at.
            defer { group.cancelAll() }
            try await group.next()
            server?.stop()
            Pulse.log(LogLine(.info, "stopping"))
        }
        return true
    }

    private func once(_ billing: Billing) async throws -> Bool {
        let pulse = Pulse()
        let provisioner = provisioner(billing, pulse)
        await provisioner.expireOnce()
        await provisioner.provisionOnce()
        await provisioner.syncOnce()
        await provisioner.provisionOnce()
        let round = try await BackgroundJobs(billing, when: provisioner.isClockTrusted, log: Pulse.log).runOnce()
        if round == nil { Pulse.log(LogLine(.info, "the jobs are left to another process")) }
        return pulse.faults == 0 && round?.runs.contains { $0.state == .failed } != true
    }

    private func check(_ billing: Billing) async throws -> Bool {
        let tenants = try await billing.tenants()
        let routers = try await billing.provisioning.routersToWatch()
        Console.print("\(tenants.count) tenants, \(routers.count) routers whose passwords open with this key")
        return true
    }

    private func plan(_ name: String, _ billing: Billing) async throws -> Bool {
        let named = try await billing.provisioning.routersToWatch().map(\.router)
            .filter { $0.name.lowercased() == name.lowercased() || $0.id.description == name }
        guard let router = named.first else { throw UsageError("There is no router “\(name)”.") }
        guard named.count == 1 else {
            let ids = named.map { "\($0.id)" }.joined(separator: ", ")
            throw UsageError("Several routers are called “\(name)”. Say which by its id: \(ids).")
        }
        Console.print("\(try await provisioner(billing, Pulse()).plan(router.id))")
        return true
    }
}
