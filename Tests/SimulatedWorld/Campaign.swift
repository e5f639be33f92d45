import Synchronization

/// Many worlds, one after another on every core, and what they came to together.
package struct Campaign: Sendable {
    /// What became of all of them.
    package struct Result: Sendable {
        package var worlds = 0
        package var steps = 0
        package var simulated = Duration.zero
        package var milestones: [Milestone: Int] = [:]
        /// The worlds in which something was wrong, by seed.
        package var violations: [World.Report] = []
        /// What happened in each world as one number, by seed; empty unless it was asked for.
        package var hashes: [UInt64: UInt64] = [:]
    }

    private let templates: Templates
    private let sabotage: Sabotage?

    /// Makes the businesses that the worlds begin with; `sabotage` is a safeguard that is switched off in all of them.
    ///
    /// - Throws: what making them throws.
    package init(sabotage: Sabotage? = nil) async throws {
        templates = try await Templates()
        self.sabotage = sabotage
    }

    /// One world, with everything that happened in it.
    package func replay(_ seed: UInt64) -> World.Report {
        World(seed: seed, templates, sabotage: sabotage, keepsLines: true).run()
    }

    /// One world twice; nil when it was the same in every step both times.
    package func difference(_ seed: UInt64) -> String? {
        let first = World(seed: seed, templates, sabotage: sabotage, keepsLines: true).run()
        let second = World(seed: seed, templates, sabotage: sabotage, keepsLines: true).run()
        guard first.hash != second.hash || first.steps != second.steps else { return nil }
        let place = zip(first.lines, second.lines).enumerated().first { $0.element.0 != $0.element.1 }
        return place.map { "line \($0.offset): \($0.element.0) | \($0.element.1)" } ?? "one of them is longer"
    }

    /// Runs the worlds of some seeds; none more when so many of them were wrong.
    package func run(_ seeds: Range<UInt64>, workers: Int = 2, mostViolations: Int = 1, keepsHashes: Bool = false) async
        -> Result
    {
        let progress = Progress(seeds, mostViolations: mostViolations, keepsHashes: keepsHashes)
        await withDiscardingTaskGroup { group in
            for _ in 0..<workers {
                group.addTask {
                    while let seed = progress.next() {
                        progress.add(World(seed: seed, templates, sabotage: sabotage).run())
                    }
                }
            }
        }
        return progress.result
    }
}

/// How far a campaign has come.
private final class Progress: Sendable {
    private struct State {
        var next: UInt64
        var result = Campaign.Result()
    }

    private let end: UInt64
    private let mostViolations: Int
    private let keepsHashes: Bool
    private let state: Mutex<State>

    init(_ seeds: Range<UInt64>, mostViolations: Int, keepsHashes: Bool) {
        end = seeds.upperBound
        self.mostViolations = mostViolations
        self.keepsHashes = keepsHashes
        state = Mutex(State(next: seeds.lowerBound))
    }

    var result: Campaign.Result { state.withLock { $0.result } }

    func next() -> UInt64? {
        state.withLock { state in
            guard state.next < end, state.result.violations.count < mostViolations else { return nil }
            defer { state.next += 1 }
            return state.next
        }
    }

    func add(_ report: World.Report) {
        state.withLock { state in
            state.result.add(report)
            if keepsHashes { state.result.hashes[report.seed] = report.hash }
        }
    }
}

extension Campaign.Result {
    fileprivate mutating func add(_ report: World.Report) {
        worlds += 1
        steps += report.steps
        simulated += report.simulated
        milestones.merge(report.milestones) { $0 + $1 }
        guard report.violation != nil else { return }
        violations.append(report)
        violations.sort { $0.seed < $1.seed }
    }
}
