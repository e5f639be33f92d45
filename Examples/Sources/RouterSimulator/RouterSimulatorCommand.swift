import Glibc
import HTTPServer
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
        do {
            let routers = try start(options)
            if let port = options.control { serve(Control(routers: routers), at: port) }
            wait(for: signals)
            for served in routers { served.router.stop() }
        } catch let problem as Scenario.Problem {
            report("router-simulator: \(problem.message)")
            exit(2)
        } catch {
            report("router-simulator: \(error)")
            exit(1)
        }
    }

    private static func start(_ options: Options) throws -> [ServedRouter] {
        let tls = try protection(options)
        let planned = try planned(options)
        guard Int(options.firstPort) + planned.count - 1 <= 65_535 else {
            throw Scenario.Problem(
                message: "there are not so many ports from \(options.firstPort) on; choose a lower --port"
            )
        }
        var routers: [ServedRouter] = []
        for (index, plan) in planned.enumerated() {
            let port = options.firstPort + UInt16(index)
            let router = RouterOSSimulator(
                plan.release,
                credentials: .user(options.user, password: options.password),
                identity: plan.identity,
                clock: .scaled(by: options.timeScale),
                traffic: .steady,
                seed: options.seed &+ UInt64(index)
            )
            // Enough to look into, little enough for a thousand, unless somebody wants more.
            router.limitTranscript(to: options.dialogue)
            let file = options.stateFile(port: port, of: planned.count)
            let isKnown = file.map { access($0, F_OK) == 0 } ?? false
            try router.prepare(plan.group, withRows: !isKnown)
            if let file { try router.keepTables(in: file) { report("router-simulator: \($0)") } }
            try router.begin(plan.group)
            if let tls { try router.listen(port: port, tls: tls) } else { try router.listen(port: port) }
            routers.append(ServedRouter(number: index + 1, port: port, router: router))
            announce("listening 127.0.0.1:\(port)")
        }
        return routers
    }

    private static func planned(_ options: Options) throws(Scenario.Problem) -> [Scenario.Planned] {
        if let path = options.scenario {
            return try Scenario.read(path).planned(defaultRelease: options.release, firstPort: options.firstPort)
        }
        return (0..<options.count).map { index in
            let name = options.count > 1 ? "MikroTik-\(Int(options.firstPort) + index)" : "MikroTik"
            return Scenario.Planned(release: options.release, identity: name, group: Scenario.Group())
        }
    }

    /// Serves the control port until the process ends.
    private static func serve(_ control: Control, at port: UInt16) {
        let server = HTTPServer(HTTPAddress(host: "127.0.0.1", port: port)) { control.answer($0) }
        Task {
            do {
                try await server.run { announce("control \($0)") }
            } catch {
                report("router-simulator: --control \(port): \(error)")
                exit(1)
            }
        }
    }

    private static func announce(_ line: String) {
        print(line)
        // Whoever waits for this line may read it through a pipe.
        fflush(nil)
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
