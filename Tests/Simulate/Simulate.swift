import Glibc
import SimulatedWorld

/// Runs worlds from the command line; see `Tests/simulate.sh`.
@main
enum Simulate {
    static func main() async throws {
        guard let options = Options(CommandLine.arguments.dropFirst()) else { exit(2) }
        guard !options.sabotagesAll else { exit(try await sabotageAll(options) ? 0 : 1) }
        let campaign = try await Campaign(sabotage: options.sabotage)
        let isRight =
            if let seed = options.seed { replay(seed, campaign, options) } else { await run(campaign, options) }
        if !isRight { exit(1) }
    }

    /// Shows one world.
    private static func replay(_ seed: UInt64, _ campaign: Campaign, _ options: Options) -> Bool {
        if options.isTwice {
            let difference = campaign.difference(seed)
            print(difference.map { "seed \(seed) differs, \($0)" } ?? "seed \(seed) is the same in every step")
            return difference == nil
        }
        let report = campaign.replay(seed)
        for line in report.lines { print(line) }
        print("seed \(seed): \(report.violation ?? "nothing is wrong")")
        return report.violation == nil
    }

    /// Runs many worlds.
    private static func run(_ campaign: Campaign, _ options: Options) async -> Bool {
        let seeds = options.first..<options.first + options.seeds
        if options.isTwice {
            let differences = seeds.compactMap { seed in campaign.difference(seed).map { "seed \(seed) differs, \($0)" }
            }
            for difference in differences { print(difference) }
            print("\(differences.count) of \(seeds.count) worlds differ")
            return differences.isEmpty
        }
        let began = ContinuousClock.now
        let result = await campaign.run(
            seeds,
            workers: options.workers,
            mostViolations: options.mostViolations,
            keepsHashes: options.showsHashes
        )
        for (seed, hash) in result.hashes.sorted(by: { $0.key < $1.key }) { print(seed, String(hash, radix: 16)) }
        let sabotage = options.sabotage.map { " --sabotage \($0)" } ?? ""
        for report in result.violations {
            print("Tests/simulate.sh --seed \(report.seed)\(sabotage)   # \(report.violation ?? "")")
        }
        if !options.showsHashes {
            print(
                "\(result.worlds) worlds, \(result.violations.count) violations, \(result.steps) steps, "
                    + "\(result.simulated.components.seconds / 3_600) h simulated in \(ContinuousClock.now - began)"
            )
            print(Milestone.allCases.map { "\($0) \(result.milestones[$0, default: 0])" }.joined(separator: ", "))
        }
        // Worlds in which these never happen prove nothing about them.
        let missing = Milestone.allCases.filter { result.milestones[$0] == nil }
        let isEnough = missing.isEmpty || options.sabotage != nil || result.worlds < 1_000
        if !isEnough { print("never in \(result.worlds) worlds: \(missing)") }
        return result.violations.isEmpty && isEnough
    }

    /// Switches the safeguards off, one after the other, until each is missed.
    private static func sabotageAll(_ options: Options) async throws -> Bool {
        var isRight = true
        for sabotage in Sabotage.allCases {
            let seeds = options.first..<options.first + options.seeds
            let result = try await Campaign(sabotage: sabotage).run(seeds, workers: options.workers)
            isRight = isRight && !result.violations.isEmpty
            let noticed = result.violations.first.map { "noticed at seed \($0.seed)" }
            print("\(sabotage): \(noticed ?? "NOT noticed in \(result.worlds) worlds")")
        }
        return isRight
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
    var sabotagesAll = false
    var isTwice = false
    var showsHashes = false

    /// Nil, after a word about it, for what cannot be understood.
    init?(_ arguments: some Collection<String>) {
        var rest = arguments.makeIterator()
        while let name = rest.next() {
            switch name {
            case "--sabotages": sabotagesAll = true
            case "--twice": isTwice = true
            case "--hashes": showsHashes = true
            default:
                guard let value = rest.next(), set(name, to: value) else {
                    print("Tests/simulate.sh does not know \(name), or not what it is given")
                    return nil
                }
            }
        }
    }

    private mutating func set(_ name: String, to value: String) -> Bool {
        switch name {
        case "--sabotage":
            sabotage = Sabotage(rawValue: value)
            if sabotage == nil { print(Sabotage.allCases.map(\.rawValue).joined(separator: "\n")) }
            return sabotage != nil
        case "--seeds", "--first", "--seed", "--workers", "--violations":
            guard let number = UInt64(value), number < 1 << 40 else { return false }
            switch name {
            case "--seeds": seeds = number
            case "--first": first = number
            case "--seed": seed = number
            case "--workers": workers = max(1, Int(number))
            default: mostViolations = max(1, Int(number))
            }
            return true
        default: return false
        }
    }
}
