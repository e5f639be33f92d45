import Glibc
import ProvisioningWorkloads
import Workloads

/// `benchmarks provisioning [--json] [NAME]`; ends with 1 where something that is promised is not kept.
///
/// `benchmarks routers COUNT LATENCY`: the routers alone, see ``RoutersProcess``.
enum ProvisioningCommand {
    static let usage = "benchmarks provisioning [--json] [add1|add50|sync|poll]"

    static func run(_ arguments: some Collection<String>) async throws {
        var rest = Array(arguments)
        let asJSON = rest.first == "--json"
        if asJSON { rest.removeFirst() }
        let workloads = ProvisioningWorkloads()
        let all: [(String, () async throws -> ProvisioningWorkloads.Result)] = [
            ("add1", { try await workloads.add(latency: 1) }),
            ("add50", { try await workloads.add(latency: 50) }),
            ("sync", { try await workloads.sync() }),
            ("poll", { try await workloads.poll() }),
        ]
        let chosen = all.filter { name, _ in rest.first.map { $0 == name } ?? true }
        guard rest.count < 2, !chosen.isEmpty else {
            print("usage: \(usage)")
            exit(EX_USAGE)
        }
        var isWithin = true
        for (_, workload) in chosen {
            let result = try await workload()
            print(asJSON ? json(result) : line(result))
            fflush(nil)
            isWithin = isWithin && result.isWithin
        }
        if !isWithin { exit(1) }
    }

    /// Serves routers until standard input ends.
    static func serve(_ arguments: some Collection<String>) throws {
        let numbers = arguments.compactMap { Int($0) }
        guard numbers.count == 2, arguments.count == 2, (1...2_000).contains(numbers[0]), numbers[1] >= 0 else {
            print("usage: benchmarks routers COUNT LATENCY")
            exit(EX_USAGE)
        }
        try RoutersProcess.serve(numbers[0], latency: numbers[1])
    }

    private static func line(_ result: ProvisioningWorkloads.Result) -> String {
        let naive = result.naive.map { ", one after the other \(text($0))" } ?? ""
        let ratio = result.ratio.map { ", \(text($0)) times as fast" } ?? ""
        let least = result.leastRatio.map { ", at least \(text($0))" } ?? ""
        let bound = result.bound.map { ", at most \(text($0))" } ?? ""
        let verdict = naive + ratio + least + bound + (result.isWithin ? "" : ": NOT KEPT")
        return "\(result.name): \(text(result.value)) \(result.unit)\(verdict), \(result.note)"
    }

    private static func json(_ result: ProvisioningWorkloads.Result) -> String {
        var members = ["\"name\": \"\(result.name)\"", "\"value\": \(text(result.value))"]
        if let naive = result.naive { members.append("\"naive\": \(text(naive))") }
        if let ratio = result.ratio { members.append("\"ratio\": \(text(ratio))") }
        if let least = result.leastRatio { members.append("\"least_ratio\": \(text(least))") }
        if let bound = result.bound { members.append("\"bound\": \(text(bound))") }
        members += ["\"unit\": \"\(result.unit)\"", "\"note\": \"\(result.note)\""]
        return "{" + members.joined(separator: ", ") + "}"
    }

    private static func text(_ value: Double) -> String { Measurement.decimal(value, places: 3) }
}
