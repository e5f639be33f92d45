import Glibc
import RouterOSClient
import RouterOSTesting

/// Runs simulated routers on TCP ports until it is told to stop.
@main
enum RouterSimulatorCommand {
    static func main() {
        let options: Options
        do throws(Options.Problem) {
            options = try Options(Array(CommandLine.arguments.dropFirst())) { name in
                getenv(name).map { String(cString: $0) }
            }
        } catch {
            report("router-simulator: \(error.message)\n\n\(Options.usage)")
            exit(2)
        }
        if options.wantsHelp {
            print(Options.usage)
            return
        }
        // Before any thread starts, so that every thread leaves these signals to the wait below.
        let signals = blockedStopSignals()
        do throws(SimulatorError) {
            let routers = try start(options)
            wait(for: signals)
            for router in routers { router.stop() }
        } catch {
            report("router-simulator: \(error)")
            exit(1)
        }
    }

    private static func start(_ options: Options) throws(SimulatorError) -> [RouterOSSimulator] {
        let tls = try protection(options)
        var routers: [RouterOSSimulator] = []
        for port in options.ports {
            let router = RouterOSSimulator(
                options.release,
                credentials: .user(options.user, password: options.password),
                identity: options.count > 1 ? "MikroTik-\(port)" : "MikroTik",
                clock: .live,
                traffic: .steady,
                seed: options.seed &+ UInt64(port - options.firstPort)
            )
            if let file = options.stateFile(port: port) {
                try router.keepTables(in: file) { report("router-simulator: \($0)") }
            }
            if let tls { try router.listen(port: port, tls: tls) } else { try router.listen(port: port) }
            routers.append(router)
            print("listening 127.0.0.1:\(port)")
            // Whoever waits for this line may read it through a pipe.
            fflush(nil)
        }
        return routers
    }

    /// How the ports are protected; nil for not at all.
    private static func protection(_ options: Options) throws(SimulatorError) -> SimulatorTLS? {
        if options.isAnonymous { return try .anonymous }
        guard let files = options.certificate else { return nil }
        return try .certificate(pem: text(of: files.certificate), key: text(of: files.key))
    }

    /// What stands in a file; nothing when it cannot be read, which is no certificate either.
    private static func text(of path: String) -> String {
        guard let file = fopen(path, "r") else {
            report("router-simulator: \(path) cannot be read")
            return ""
        }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    private static func blockedStopSignals() -> sigset_t {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGTERM)
        sigaddset(&signals, SIGINT)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        // Nobody may read what it prints any more; that is no reason to die.
        signal(SIGPIPE, SIG_IGN)
        return signals
    }

    private static func wait(for signals: sigset_t) {
        var signals = signals
        var received: Int32 = 0
        while sigwait(&signals, &received) != 0 {}
    }

    private static func report(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }
}
