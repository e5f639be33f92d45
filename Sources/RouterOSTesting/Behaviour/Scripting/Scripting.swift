/// A script under way.
struct ScriptJob: Sendable {
    /// Who waits for it to end.
    enum Waiter: Sendable {
        /// Another script, which goes on then.
        case job(UInt64)
        /// Another script, which wants what it puts out.
        case output(UInt64)

        var job: UInt64 {
            switch self {
            case .job(let id), .output(let id): id
            }
        }
    }

    let id: UInt64
    let name: WireText
    /// With whose rights it runs; scripts of one user share their global variables.
    let caller: Caller
    let startedAt: WireText
    /// Which record tells of it.
    let record: Int
    var waiter: Waiter?
    var run: ScriptRun
    var output: [WireText] = []
}

/// A script that was begun, whether it is still under way or not.
struct BegunScript: Sendable {
    /// The id of its job.
    let job: UInt64
    /// The number of its record.
    let record: Int
}

/// The scripts of a router: those that run, what they share and how those before went.
struct Scripting: Sendable {
    /// How many records are kept at least.
    private static let recordCapacity = 10_000
    /// How many different sources are kept ready to run.
    private static let programCapacity = 1_000
    /// How many scripts may begin within one instant.
    static let beginnings = 20_000
    /// How many scripts may wait for one another.
    static let depth = 100
    /// How many scripts may be under way.
    static let jobCapacity = 10_000

    /// What each script may use up.
    var limits = ScriptLimits()
    /// The scripts under way.
    var jobs: [UInt64: ScriptJob] = [:]
    /// Numbers of jobs never come again, not even after a start: whoever still means an old one must not find another.
    private(set) var lastJob: UInt64 = 0
    /// Global variables, by their owner.
    var globals: [WireText: ScriptVariables] = [:]
    /// Jobs that can go on at once, and with what answer.
    var ready: [(job: UInt64, answer: ScriptAnswer?)] = []
    /// Whether somebody is already seeing to those.
    var isRunning = false
    private var random: SeededRandom
    private var programs: [WireText: Result<Script, ScriptError>] = [:]
    private(set) var records: [ScriptRecord] = []
    /// The number of the first record that is kept.
    private var firstRecord = 0
    private var begunAt: Duration = .zero
    private var begun = 0

    init(seed: UInt64) {
        random = SeededRandom(seed: seed ^ 0x5C41_9B7E_0D23_F6A8)
    }

    /// A source, read for the menus of a router.
    mutating func program(_ source: WireText, _ menus: ScriptMenus) -> Result<Script, ScriptError> {
        if let known = programs[source] { return known }
        let program: Result<Script, ScriptError>
        do throws(ScriptError) { program = .success(try Script(source.bytes, menus: menus)) } catch {
            program = .failure(error)
        }
        if programs.count >= Self.programCapacity { programs = [:] }
        programs[source] = program
        return program
    }

    /// Whether another script may begin: a script that begins itself over and over must come to an end.
    mutating func mayBegin(at now: Duration, awaitedBy waiter: ScriptJob.Waiter?) -> Bool {
        if begunAt != now { (begunAt, begun) = (now, 0) }
        begun += 1
        var (depth, next) = (0, waiter)
        while let waiting = next?.job, depth <= Self.depth {
            depth += 1
            next = jobs[waiting]?.waiter
        }
        return begun <= Self.beginnings && jobs.count < Self.jobCapacity && depth <= Self.depth
    }

    mutating func seed() -> UInt64 { random.next() }

    mutating func nextJob() -> UInt64 {
        lastJob += 1
        return lastJob
    }

    // MARK: Records

    /// Begins a record; its number.
    mutating func append(_ record: ScriptRecord) -> Int {
        records.append(record)
        if records.count >= 2 * Self.recordCapacity {
            firstRecord += records.count - Self.recordCapacity
            records.removeFirst(records.count - Self.recordCapacity)
        }
        return firstRecord + records.count - 1
    }

    mutating func update(record: Int, _ change: (inout ScriptRecord) -> Void) {
        let index = record - firstRecord
        guard records.indices.contains(index) else { return }
        change(&records[index])
    }

    /// A record; nil when so many others came after it that it is gone.
    func record(_ number: Int) -> ScriptRecord? {
        let index = number - firstRecord
        return records.indices.contains(index) ? records[index] : nil
    }

    mutating func clearRecords() {
        firstRecord += records.count
        records = []
    }

    /// The router stops: what runs is over, and variables are gone.
    mutating func forget(at now: Duration) {
        for job in jobs.values {
            update(record: job.record) { $0.end(at: now, .failed("the router stopped")) }
        }
        jobs = [:]
        ready = []
        globals = [:]
    }
}
