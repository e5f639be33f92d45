import Glibc
import Workloads

/// `benchmarks [--json] [FILTER]`: measures the workloads of the codec whose name contains FILTER.
///
/// `benchmarks client …`: measures the client, see ``ClientCommand``; `benchmarks simulator …` the simulated router,
/// `benchmarks store …` the billing services on databases, see ``StoreCommand``; `benchmarks provisioning …` what keeps routers
/// as the records want them, see ``ProvisioningCommand``.
@main
struct BenchmarksCommand {
    private static let all = CodecWorkloads.all + MemoryWorkloads.all

    static func main() async throws {
        var arguments = CommandLine.arguments.dropFirst()
        let others = ["client", "serve", "simulator", "store", "provisioning", "routers"]
        if let command = arguments.first, others.contains(command) {
            do {
                let rest = arguments.dropFirst()
                switch command {
                case "client": return try await ClientCommand.run(rest)
                case "store": return try await StoreCommand.run(rest)
                case "provisioning": return try await ProvisioningCommand.run(rest)
                case "routers": return try ProvisioningCommand.serve(rest)
                case "serve": return try ClientCommand.serve(rest)
                default: return try SimulatorCommand.run(rest)
                }
            } catch {
                // A server that is not there is no reason for a backtrace.
                _ = "benchmarks: \(error)\n".withCString { write(STDERR_FILENO, $0, strlen($0)) }
                exit(1)
            }
        }
        let asJSON = arguments.first == "--json"
        if asJSON { arguments = arguments.dropFirst() }
        let filter = arguments.popFirst() ?? ""
        let workloads = all.filter { $0.name.contains(filter) }
        guard arguments.isEmpty, !filter.hasPrefix("-"), !workloads.isEmpty else {
            print(
                "usage: benchmarks [--json] [FILTER]\n       \(ClientCommand.usage)\n       \(ClientCommand.serveUsage)\n       \(SimulatorCommand.usage)\n       \(StoreCommand.usage)\n       \(ProvisioningCommand.usage)\nworkloads: \(all.map(\.name).joined(separator: " "))"
            )
            exit(EX_USAGE)
        }
        if !asJSON { print(line("workload", "ns/op", "C ns/op", "ratio", "allocs/op", "peak KiB", "wire bytes/op")) }
        for workload in workloads {
            let result = try Measurement(of: workload)
            print(asJSON ? result.json : line(result))
        }
    }

    private static func line(_ result: Measurement) -> String {
        line(
            result.name,
            Measurement.decimal(result.nanoseconds, places: 1),
            result.limitNanoseconds.map { Measurement.decimal($0, places: 1) } ?? "-",
            result.ratio.map { Measurement.decimal($0, places: 2) } ?? "-",
            Measurement.decimal(result.allocations, places: 3),
            Measurement.decimal(Double(result.peakBytes) / 1_024, places: 1),
            String(result.bytes)
        )
    }

    private static func line(_ name: String, _ columns: String...) -> String {
        columns.reduce(name + padding(name, to: 27)) { $0 + padding($1, to: 14) + $1 }
    }

    private static func padding(_ text: String, to width: Int) -> String {
        String(repeating: " ", count: max(1, width - text.count))
    }
}
