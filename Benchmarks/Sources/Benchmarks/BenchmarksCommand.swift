import Glibc
import Workloads

/// `benchmarks [--json] [FILTER]`: measures the workloads whose name contains FILTER.
@main
struct BenchmarksCommand {
    static func main() throws {
        var arguments = CommandLine.arguments.dropFirst()
        let asJSON = arguments.first == "--json"
        if asJSON { arguments = arguments.dropFirst() }
        let filter = arguments.popFirst() ?? ""
        let workloads = CodecWorkloads.all.filter { $0.name.contains(filter) }
        guard arguments.isEmpty, !filter.hasPrefix("-"), !workloads.isEmpty else {
            let names = CodecWorkloads.all.map(\.name).joined(separator: " ")
            print("usage: benchmarks [--json] [FILTER]\nworkloads: \(names)")
            exit(EX_USAGE)
        }
        if !asJSON { print(line("workload", "ns/op", "allocations/op", "wire bytes/op")) }
        for workload in workloads {
            let result = try Measurement(of: workload)
            print(
                asJSON
                    ? result.json
                    : line(
                        result.name,
                        Measurement.decimal(result.nanoseconds, places: 1),
                        Measurement.decimal(result.allocations, places: 3),
                        String(result.bytes)
                    )
            )
        }
    }

    private static func line(_ name: String, _ columns: String...) -> String {
        columns.reduce(name + padding(name, to: 24)) { $0 + padding($1, to: 16) + $1 }
    }

    private static func padding(_ text: String, to width: Int) -> String {
        String(repeating: " ", count: max(1, width - text.count))
    }
}
