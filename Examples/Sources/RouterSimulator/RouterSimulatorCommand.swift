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
            try router.listen(port: port)
            routers.append(router)
            print("listening 127.0.0.1:\(port)")
            // Whoever waits for this line may read it through a pipe.
            fflush(nil)
        }
        return routers
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
