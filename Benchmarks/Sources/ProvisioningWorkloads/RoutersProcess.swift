import ClientWorkloads
import Glibc
import RouterOSClient
import RouterOSProtocol
import RouterOSTesting

/// Simulated routers in a process of their own, so that what they cost is not counted as ours.
public struct RoutersProcess {
    static let credentials = Credentials.user("benchmark", password: "benchmark")

    /// The port of the first; the others have the ports after it.
    let firstPort: UInt16
    private let process: ServerProcess

    /// Starts routers whose answers are late by so many milliseconds.
    ///
    /// - Throws: an error that says so when they do not listen.
    init(_ count: Int, latency milliseconds: Int = 0) throws {
        process = try ServerProcess(arguments: ["routers", String(count), String(milliseconds)])
        firstPort = process.server.port
    }

    /// Serves in this process until its standard input ends, and tells on standard output where: `routers COUNT LATENCY`.
    ///
    /// - Throws: an error that says so when there are no such ports.
    public static func serve(_ count: Int, latency milliseconds: Int) throws {
        OpenFiles.allowAll()
        let (first, routers) = try listening(count)
        if milliseconds > 0 {
            for router in routers { router.inject(.latency(.milliseconds(milliseconds))) }
        }
        print("127.0.0.1:\(first)")
        fflush(nil)
        while getchar() != EOF {}
        for router in routers { router.stop() }
    }

    /// Routers on consecutive ports, wherever there are so many.
    private static func listening(_ count: Int) throws -> (UInt16, [RouterOSSimulator]) {
        for _ in 0..<50 {
            // Below the ports that the system gives to connections by itself.
            let first = Int.random(in: 10_000...(32_000 - count))
            var routers: [RouterOSSimulator] = []
            do {
                for port in first..<first + count {
                    let router = RouterOSSimulator(.v7_18, credentials: credentials, clock: .live)
                    router.limitTranscript(to: 10)
                    routers.append(router)
                    try router.listen(port: UInt16(port))
                }
                return (UInt16(first), routers)
            } catch {
                for router in routers { router.stop() }
            }
        }
        throw ProvisioningBenchmarkError(description: "there are no \(count) consecutive free ports")
    }
}

/// What kept a measurement from being made.
public struct ProvisioningBenchmarkError: Error, CustomStringConvertible {
    /// What it was.
    public let description: String
}

enum OpenFiles {
    /// As many files and sockets as the system lets this process have.
    static func allowAll() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}

enum ProcessorTime {
    /// What all threads of this process have used.
    static var now: Duration {
        var usage = rusage()
        getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
        return .seconds(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + .microseconds(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
    }
}
