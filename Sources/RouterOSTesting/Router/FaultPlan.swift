import RouterOSProtocol

/// Which faults are on.
struct FaultPlan: Sendable {
    enum Verdict {
        case none
        /// The command is carried out, its answer is not sent, and the connection ends.
        case dropConnection
    }

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
    /// Logins do not count: a test means the commands it sends itself.
    mutating func verdict(on sentence: Sentence) -> Verdict {
        guard !drops.isEmpty, sentence.name != "/login" else { return .none }
        for index in drops.indices { drops[index] -= 1 }
        let isDue = drops.contains(0)
        drops.removeAll { $0 == 0 }
        return isDue ? .dropConnection : .none
    }
}
