extension SimulatedRouter {
    /// Makes something go wrong now.
    mutating func inject(_ fault: SimulatorFault) {
        faults.add(fault)
        switch fault.kind {
        case .powerCut(let downtime): restart(inGoodOrder: false, downFor: downtime)
        case .reboot(let downtime): restart(inGoodOrder: true, downFor: downtime)
        case .factoryReset(let keepsUser): resetConfiguration(keepsUser: keepsUser)
        case .clockJump(let distance):
            clock.jump(by: distance)
            clockJumped()
        case .certificateChange: certificateChanges += 1
        case .lateFlash(let interval):
            flash = Flash(self)
            agenda.enter(.fault(.flash(generation: faults.generation, every: interval)), at: now + interval)
        case .humanEdits(let interval):
            awaitHumanEdit(faults.generation, every: interval)
        default: break
        }
    }

    /// Makes something go wrong later, and for a time if it is to be over by itself.
    mutating func inject(_ fault: SimulatorFault, after delay: Duration, lasting: Duration?) {
        guard delay > .zero else { return begin(fault, lasting: lasting) }
        agenda.enter(.fault(.begin(fault, lasting: lasting)), at: now + delay)
    }

    private mutating func begin(_ fault: SimulatorFault, lasting: Duration?) {
        inject(fault)
        if let lasting { agenda.enter(.fault(.end(fault)), at: now + max(.zero, lasting)) }
    }

    /// Takes a fault back.
    mutating func clear(_ fault: SimulatorFault) {
        faults.remove(fault)
        faultsEnded()
    }

    /// Takes every fault back.
    mutating func clearFaults() {
        faults.removeAll()
        faultsEnded()
    }

    private mutating func faultsEnded() {
        if !faults.faults.contains(where: { $0.family == "late-flash" }) { flash = nil }
        resume()
    }

    /// Something that a fault does has come due.
    mutating func carryOut(_ event: FaultEvent) {
        switch event {
        case .begin(let fault, let lasting): begin(fault, lasting: lasting)
        case .end(let fault): clear(fault)
        case .flash(let generation, let interval):
            guard flash != nil, isInForce(.lateFlash(every: interval), generation) else { return }
            if flash?.revision != revision { flash = Flash(self) }
            agenda.enter(.fault(event), at: now + interval)
        case .humanEdit(let generation, let interval):
            guard isInForce(.humanEdits(every: interval), generation) else { return }
            if !isDown { editByHand() }
            awaitHumanEdit(generation, every: interval)
        case .boot(let number):
            if number == starts { boot() }
        case .clockSet(let number):
            guard number == starts else { return }
            clock.set(at: now)
            clockJumped()
        }
    }

    private func isInForce(_ kind: SimulatorFault.Kind, _ generation: Int) -> Bool {
        faults.number(of: kind) == generation
    }
}
