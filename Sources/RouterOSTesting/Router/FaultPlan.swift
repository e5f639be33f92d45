import RouterOSProtocol

/// Which faults are on.
struct FaultPlan: Sendable {
    enum Verdict {
        case none
        /// The command is carried out, its answer is not sent, and the connection ends.
        case dropConnection
    }

    /// What clients send without being told to.
    private static let ownCommands: Set<String> = ["/login", "/cancel", "/quit"]

    private(set) var stalls = false
    private(set) var talksGarbage = false
    private(set) var refusesLogin = false
    /// The commands still to come before a connection is dropped; counted down one by one.
    private var drops: [Int] = []

    mutating func add(_ fault: SimulatorFault) {
        switch fault.kind {
        case .dropConnection(let count): drops.append(max(1, count))
        case .stall: stalls = true
        case .garbage: talksGarbage = true
        case .refuseLogin: refusesLogin = true
        case .powerCut: break
        }
    }

    /// Counts a command.
    ///
    /// What a client sends of its own accord does not count, a cancel when its patience is over for instance: a test means
    /// the commands it sends itself.
    mutating func verdict(on sentence: Sentence) -> Verdict {
        guard !drops.isEmpty, !Self.ownCommands.contains(sentence.name) else { return .none }
        for index in drops.indices { drops[index] -= 1 }
        let isDue = drops.contains(0)
        drops.removeAll { $0 == 0 }
        return isDue ? .dropConnection : .none
    }
}
