import RouterOSProtocol

/// Which faults are in force, and what they make of a command.
struct FaultPlan: Sendable {
    /// What becomes of one command.
    struct Verdict: Sendable {
        enum Course: Sendable {
            case carryOut
            /// The connection ends before.
            case lose
            case trap(String)
            case fatal
        }

        var course = Course.carryOut
        /// The connection ends in the place of the answer.
        var dropsAnswer = false
        /// How long the router takes for it.
        var wait: Duration = .zero
    }

    /// What clients send without being told to: a test means the commands it sends itself.
    static let ownCommands: Set<String> = ["/login", "/cancel", "/quit"]

    private struct Armed: Sendable {
        let fault: SimulatorFault
        /// The commands still to come before it happens.
        var left: Int
    }

    private var armed: [Armed] = []
    private var knee: RequestKnee?
    private(set) var latency: Latency?
    /// The time between two bytes where they leave one by one.
    private(set) var pace: Duration?
    /// The time between two writes of the configuration to flash; nil when it is always there.
    private(set) var flashInterval: Duration?
    /// The mean time between two edits by hand; nil when there are none.
    private(set) var editInterval: Duration?
    /// By how many millionths the clock runs too fast.
    private(set) var drift: Int64 = 0
    /// How many faults were planned for later.
    private var planned = 0
    var random: SeededRandom

    init(seed: UInt64) {
        // Numbers of its own, so that a fault changes nothing else that is random.
        random = SeededRandom(seed: seed ^ 0xFA17_FA17_FA17_FA17)
    }

    /// In force, the oldest first.
    var faults: [SimulatorFault] { armed.map(\.fault) }

    func contains(_ kind: SimulatorFault.Kind) -> Bool { armed.contains { $0.fault.kind == kind } }

    /// A number for one more fault that is to come.
    mutating func nextPlanned() -> Int {
        planned += 1
        return planned
    }

    // Asked for every piece of data, so not looked up.
    private(set) var stalls = false
    private(set) var swallows = false
    private(set) var talksGarbage = false
    private(set) var refusesLogin = false
    private(set) var refusesConnections = false

    mutating func add(_ fault: SimulatorFault) {
        guard !fault.isMomentary else { return }
        if fault.lasts { armed.removeAll { $0.fault.family == fault.family } }
        armed.append(Armed(fault: fault, left: fault.count))
        if case .requestKnee(let place) = fault.kind { knee = place ?? RequestKnee(&random) }
        refresh()
    }

    mutating func remove(_ fault: SimulatorFault) {
        armed.removeAll { $0.fault == fault }
        refresh()
    }

    mutating func removeAll() {
        armed = []
        refresh()
    }

    private mutating func refresh() {
        (latency, pace) = (nil, nil)
        (flashInterval, editInterval, drift) = (nil, nil, 0)
        var hasKnee = false
        for armed in armed {
            switch armed.fault.kind {
            case .latency(let latency): self.latency = latency
            case .oneByte(let interval): pace = interval
            case .lateFlash(let interval): flashInterval = interval
            case .humanEdits(let interval): editInterval = interval
            case .clockDrift(let drift): self.drift = Int64(drift)
            case .requestKnee: hasKnee = true
            default: break
            }
        }
        if !hasKnee { knee = nil }
        stalls = contains(.stall)
        swallows = contains(.blackHole)
        talksGarbage = contains(.garbage)
        refusesLogin = contains(.refuseLogin)
        refusesConnections = contains(.refuseConnections)
    }

    /// Counts a command.
    ///
    /// Logins do not count, and only the knee delays them: a test means the commands it sends itself.
    mutating func verdict(on sentence: Sentence, at now: Duration) -> Verdict {
        var verdict = Verdict()
        guard !armed.isEmpty else { return verdict }
        if let wait = knee?.wait(at: now) { verdict.wait = wait }
        guard !Self.ownCommands.contains(sentence.name) else { return verdict }
        var isOver = false
        for index in armed.indices where armed[index].fault.countsCommands {
            armed[index].left -= 1
            guard armed[index].left == 0 else { continue }
            isOver = true
            switch armed[index].fault.kind {
            case .dropConnection: verdict.dropsAnswer = true
            case .loseCommand: verdict.course = .lose
            case .fatal: verdict.course = .fatal
            case .trap(_, let message): verdict.course = .trap(message)
            default: break
            }
        }
        if isOver { armed.removeAll { $0.fault.countsCommands && $0.left == 0 } }
        return verdict
    }

    /// Alters an answer to a command and says after how many of its bytes the connection breaks; nil when it does not.
    mutating func damage(_ answer: inout [UInt8]) -> Int? {
        guard !armed.isEmpty, !answer.isEmpty else { return nil }
        var end: Int?
        armed.removeAll { armed in
            switch armed.fault.kind {
            case .wrongByte(let place):
                answer[min(place, answer.count - 1)] ^= 0x55
                return true
            case .resetConnection(let count):
                end = min(end ?? .max, count, answer.count)
                return true
            default:
                return false
            }
        }
        return end
    }
}

extension SimulatorFault {
    /// Whether it happens at once and is never in force.
    var isMomentary: Bool {
        switch kind {
        case .powerCut, .reboot, .factoryReset, .clockJump, .certificateChange: true
        default: false
        }
    }

    /// Whether it lasts until somebody takes it back.
    var lasts: Bool { !isMomentary && !isOnce }

    private var isOnce: Bool {
        switch kind {
        case .resetConnection, .wrongByte: true
        default: countsCommands
        }
    }

    /// Whether it waits for a number of commands.
    var countsCommands: Bool { count > 0 }

    /// The number of the command it waits for; 0 when it waits for none.
    var count: Int {
        switch kind {
        case .dropConnection(let count), .loseCommand(let count), .fatal(let count), .trap(let count, _): count
        default: 0
        }
    }

    /// The first word of its name, which faults of one kind share.
    var family: Substring { name.prefix { $0 != " " } }
}
