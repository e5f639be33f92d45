import Glibc
import SimulatedWorld

/// Runs worlds from the command line; see `Tests/simulate.sh`.
@main
enum Simulate {
    static func main() async throws {
        var options = Options(CommandLine.arguments.dropFirst())
        let campaign = try await Campaign(sabotage: options.sabotage)
        if let seed = options.seed {
            let report = campaign.replay(seed)
            for line in report.lines { print(line) }
            print(report.violation.map { "seed \(seed): \($0)" } ?? "seed \(seed): nothing is wrong")
            options.fails = report.violation != nil
        } else {
            let began = ContinuousClock.now
            let result = await campaign.run(
                options.first..<options.first + options.seeds,
                workers: options.workers,
                mostViolations: options.mostViolations
            )
            for report in result.violations {
                print("Tests/simulate.sh --seed \(report.seed)   # \(report.violation ?? "")")
            }
            let milestones = Milestone.allCases.map { "\($0) \(result.milestones[$0, default: 0])" }
            print(
                "\(result.worlds) worlds, \(result.violations.count) violations, \(result.steps) steps, "
                    + "\(result.simulated.components.seconds / 3_600) h simulated in \(ContinuousClock.now - began)"
            )
            print(milestones.joined(separator: ", "))
            options.fails = !result.violations.isEmpty
        }
        if options.fails { exit(1) }
    }
}

/// What the command line asks for.
private struct Options {
    var seeds: UInt64 = 1_000
    var first: UInt64 = 1
    var seed: UInt64?
    var workers = 2
    var mostViolations = 1
    var sabotage: Sabotage?
    var fails = false

    init(_ arguments: some Collection<String>) {
        var rest = arguments.makeIterator()
        while let name = rest.next() {
            let value = rest.next() ?? ""
            switch name {
            case "--seeds": seeds = UInt64(value) ?? seeds
            case "--first": first = UInt64(value) ?? first
            case "--seed": seed = UInt64(value)
            case "--workers": workers = Int(value) ?? workers
            case "--violations": mostViolations = Int(value) ?? mostViolations
            case "--sabotage": sabotage = Sabotage(rawValue: value)
            default: print("Tests/simulate.sh does not know \(name)")
            }
        }
    }
}
