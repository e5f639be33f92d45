import ClientWorkloads
import Glibc

/// `benchmarks simulator [--json] [NAME]`.
enum SimulatorCommand {
    static let usage = "benchmarks simulator [--json] [NAME]"

    static func run(_ arguments: some Collection<String>) throws {
        var rest = Array(arguments)
        let asJSON = rest.first == "--json"
        if asJSON { rest.removeFirst() }
        guard rest.count < 2, rest.first?.hasPrefix("-") != true else {
            print("usage: \(usage)")
            exit(EX_USAGE)
        }
        let simulator = SimulatorWorkloads()
        let workloads: [(String, () throws -> ClientWorkloads.Result)] = [
            // First, or it would find memory that the others have freed.
            ("simulator.routers1000", { try simulator.routers() }),
            ("simulator.print20000", { try simulator.print() }),
            ("simulator.add10000", { try simulator.add() }),
        ]
        for (name, workload) in workloads where rest.first.map({ $0 == name }) ?? true {
            let result = try workload()
            print(asJSON ? ClientCommand.json(result) : ClientCommand.line(result))
        }
    }
}
