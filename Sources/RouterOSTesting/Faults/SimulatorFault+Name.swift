extension SimulatorFault: LosslessStringConvertible {
    /// What it is called, its parameters included: `latency uniform 10ms 40ms`.
    ///
    /// Making a fault from it gives the same fault.
    public var name: String {
        switch kind {
        case .latency(.fixed(let delay)): "latency fixed \(delay.faultText)"
        case .latency(.uniform(let least, let most)): "latency uniform \(least.faultText) \(most.faultText)"
        case .latency(.heavyTail(let median, let longest)):
            "latency heavy-tail \(median.faultText) \(longest.faultText)"
        case .requestKnee(let knee): knee.map { "request-knee \($0.after) \($0.delay.faultText)" } ?? "request-knee"
        case .stall: "stall"
        case .blackHole: "black-hole"
        case .refuseConnections: "refuse-connections"
        case .garbage: "garbage"
        case .refuseLogin: "refuse-login"
        case .oneByte(let interval): "one-byte \(interval.faultText)"
        case .lateFlash(let interval): "late-flash \(interval.faultText)"
        case .humanEdits(let interval): "human-edits \(interval.faultText)"
        case .clockDrift(let drift): "clock-drift \(drift)"
        case .dropConnection(let count): "drop-after \(count)"
        case .loseCommand(let count): "drop-before \(count)"
        case .fatal(let count): "fatal \(count)"
        case .trap(let count, let message): "trap \(count) \(message)"
        case .resetConnection(let count): "reset-after \(count)"
        case .wrongByte(let count): "wrong-byte \(count)"
        case .powerCut(let downtime): downtime == .zero ? "power-cut" : "power-cut \(downtime.faultText)"
        case .reboot(let downtime): downtime == .zero ? "reboot" : "reboot \(downtime.faultText)"
        case .factoryReset(let keepsUser): keepsUser ? "factory-reset keep-user" : "factory-reset"
        case .clockJump(let distance): "clock-jump \(distance.faultText)"
        case .certificateChange: "certificate-change"
        }
    }

    /// The ``name``.
    public var description: String { name }

    /// What the names of faults look like, one for each.
    public static let examples: [String] = [
        "latency fixed 20ms", "latency uniform 10ms 40ms", "latency heavy-tail 10ms 2s", "request-knee",
        "request-knee 150 20ms", "stall", "black-hole", "refuse-connections", "garbage", "refuse-login", "one-byte 1ms",
        "late-flash 10s", "human-edits 1m", "clock-drift 50", "clock-drift -50", "drop-after 3", "drop-before 3",
        "fatal 3",
        "trap 3 failure: router is busy",
        "reset-after 7", "wrong-byte 7", "power-cut", "power-cut 30s", "reboot", "reboot 1m", "factory-reset",
        "factory-reset keep-user", "clock-jump -1h", "certificate-change",
    ]

    /// The fault of a ``name``; nil when no fault is called so.
    public init?(_ name: String) {
        var words = FaultWords(name)
        let fault = Self.fault(words.next(), &words)
        guard let fault, words.isAtEnd else { return nil }
        self = fault
    }

    private static func fault(_ keyword: Substring?, _ words: inout FaultWords) -> SimulatorFault? {
        switch keyword {
        case "latency": latency(&words)
        case "request-knee":
            words.isAtEnd
                ? .requestKnee
                : words.number().flatMap { count in words.span().map { .requestKnee(after: count, delay: $0) } }
        case "stall": .stall
        case "black-hole": .blackHole
        case "refuse-connections": .refuseConnections
        case "garbage": .garbage
        case "refuse-login": .refuseLogin
        case "one-byte": words.span().map { .oneByteAtATime(every: $0) }
        case "late-flash": words.span().map { .lateFlash(every: $0) }
        case "human-edits": words.span().map { .humanEdits(every: $0) }
        case "clock-drift":
            words.integer().flatMap { (-100_000...100_000).contains($0) ? .clockDrift(partsPerMillion: $0) : nil }
        case "drop-after": words.number().map { .dropConnection(afterCommand: $0) }
        case "drop-before": words.number().map { .dropConnection(beforeCommand: $0) }
        case "fatal": words.number().map { .fatal(atCommand: $0) }
        case "trap": words.number().map { .trap(atCommand: $0, words.rest()) }
        case "reset-after": words.number().map { .resetConnection(afterBytes: $0) }
        case "wrong-byte": words.number().map { .wrongByte(afterBytes: $0) }
        case "power-cut": words.isAtEnd ? .powerCut : words.span().map { .powerCut(downFor: $0) }
        case "reboot": words.isAtEnd ? .reboot() : words.span().map { .reboot(downFor: $0) }
        case "factory-reset":
            words.isAtEnd ? .factoryReset() : words.next() == "keep-user" ? .factoryReset(keepsUser: true) : nil
        case "clock-jump": words.duration().map { .clockJump(by: $0) }
        case "certificate-change": .certificateChange
        default: nil
        }
    }

    private static func latency(_ words: inout FaultWords) -> SimulatorFault? {
        let shape = words.next()
        guard let first = words.span() else { return nil }
        if shape == "fixed" { return .latency(first) }
        guard let second = words.span() else { return nil }
        switch shape {
        case "uniform": return .latency(from: first, to: second)
        case "heavy-tail": return .latency(median: first, longest: second)
        default: return nil
        }
    }
}

/// The words of a name, taken one by one.
private struct FaultWords {
    private var text: Substring?

    init(_ text: String) { self.text = text[...] }

    var isAtEnd: Bool { text == nil }

    mutating func next() -> Substring? {
        guard let text else { return nil }
        guard let space = text.firstIndex(of: " ") else {
            self.text = nil
            return text
        }
        self.text = text[text.index(after: space)...]
        return text[..<space]
    }

    mutating func rest() -> String {
        defer { text = nil }
        return String(text ?? "")
    }

    mutating func integer() -> Int? { next().flatMap { Int($0) } }

    mutating func number() -> Int? { integer().flatMap { $0 >= 0 ? $0 : nil } }

    mutating func duration() -> Duration? { next().flatMap { Duration(faultText: $0) } }

    mutating func span() -> Duration? { duration().flatMap { $0 >= .zero ? $0 : nil } }
}
