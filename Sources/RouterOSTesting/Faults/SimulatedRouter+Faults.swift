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
            agenda.enter(.fault(.flash), at: now + interval)
        case .humanEdits(let interval): awaitHumanEdit(every: interval)
        default: break
        }
    }

    /// Makes something go wrong later, and for a time if it is to be over by itself.
    mutating func inject(_ fault: SimulatorFault, after delay: Duration, lasting: Duration?) {
        guard delay > .zero else { return begin(fault, lasting: lasting) }
        agenda.enter(.fault(.begin(fault, lasting: lasting, number: faults.nextPlanned())), at: now + delay)
    }

    private mutating func begin(_ fault: SimulatorFault, lasting: Duration?) {
        inject(fault)
        guard let lasting else { return agenda.remove(.fault(.end(fault))) }
        agenda.enter(.fault(.end(fault)), at: now + max(.zero, lasting))
    }

    /// Takes a fault back.
    mutating func clear(_ fault: SimulatorFault) {
        faults.remove(fault)
        agenda.remove(.fault(.end(fault)))
        faultsEnded()
    }

    /// Takes every fault back.
    mutating func clearFaults() {
        for fault in faults.faults { agenda.remove(.fault(.end(fault))) }
        faults.removeAll()
        faultsEnded()
    }

    private mutating func faultsEnded() {
        if faults.flashInterval == nil {
            flash = nil
            agenda.remove(.fault(.flash))
        }
        if faults.editInterval == nil { agenda.remove(.fault(.humanEdit)) }
        resume()
    }

    /// Something that a fault does has come due.
    mutating func carryOut(_ event: FaultEvent) {
        switch event {
        case .begin(let fault, let lasting, _): begin(fault, lasting: lasting)
        case .end(let fault): clear(fault)
        case .flash:
            guard let interval = faults.flashInterval else { return }
            if flash?.revision != revision { flash = Flash(self) }
            agenda.enter(.fault(.flash), at: now + interval)
        case .humanEdit:
            guard let interval = faults.editInterval else { return }
            if !isDown { editByHand() }
            awaitHumanEdit(every: interval)
        case .boot: boot()
        case .clockSet:
            clock.set(at: now)
            clockJumped()
        }
    }
}
