extension Behaviour {
    /// `/system/reboot` and `/system/shutdown`: the answer leaves first.
    static let system = Behaviour(verbs: ["reboot": putOff(.reboot), "shutdown": putOff(.shutdown)])

    private static func putOff(_ chore: Chore) -> Verb {
        { router, menu, request throws(Trap) in
            _ = try router.arguments(of: menu, request)
            router.later(chore, after: .seconds(1))
            return Answer()
        }
    }
}

/// Something the router does by itself a little later.
enum Chore: Sendable, Hashable {
    case reboot
    /// It switches itself off, for good.
    case shutdown
    /// A backup that was asked for is in `/file`.
    case backUp(WireText, password: WireText?)
}

extension SimulatedRouter {
    mutating func later(_ chore: Chore, after delay: Duration) { agenda.enter(.chore(chore), at: now + delay) }

    mutating func carryOut(_ chore: Chore) {
        guard !isDown else { return }
        switch chore {
        case .reboot: restart(inGoodOrder: true)
        case .shutdown: restart(inGoodOrder: true, downFor: nil)
        case .backUp(let name, let password): writeBackup(name, password: password)
        }
    }

    /// Connections and sessions end, and with the sessions goes whatever they have used.
    ///
    /// In good order what was said before still arrives.
    mutating func cutPower(inGoodOrder: Bool) {
        endConnections(inGoodOrder: inGoodOrder)
        forgetMemory()
        changes = []
    }
}
