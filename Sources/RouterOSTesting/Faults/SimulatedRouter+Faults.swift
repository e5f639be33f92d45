extension SimulatedRouter {
    /// Makes something go wrong now.
    mutating func inject(_ fault: SimulatorFault) {
        faults.add(fault)
        switch fault.kind {
        // Only a hand on the switch starts a router that is off.
        case .powerCut(let downtime) where !isOff: restart(inGoodOrder: false, downFor: downtime)
        case .reboot(let downtime) where !isOff: restart(inGoodOrder: true, downFor: downtime)
        case .factoryReset(let keepsUser) where !isOff: resetConfiguration(keepsUser: keepsUser)
        case .clockJump(let distance):
            clock.jump(by: distance)
            clockJumped()
        case .certificateChange: certificateChanges += 1
        case .lateFlash(let interval):
            flash = Flash(self)
            agenda.enter(.fault(.flash), at: now + interval)
        case .humanEdits(let interval): awaitHumanEdit(every: interval)
        case .clockDrift: clockDrifts()
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

    /// The faults that are to come, the next one first.
    var plannedFaults: [PlannedFault] {
        agenda.entries.compactMap { due, entry in
            guard case .fault(.begin(let fault, let lasting, _)) = entry else { return nil }
            return PlannedFault(fault: fault, after: due - now, duration: lasting)
        }
    }

    /// Takes a fault back, in force or to come.
    mutating func clear(_ fault: SimulatorFault) {
        agenda.removeAll { entry in
            guard case .fault(.begin(fault, _, _)) = entry else { return false }
            return true
        }
        end(fault)
    }

    private mutating func end(_ fault: SimulatorFault) {
        faults.remove(fault)
        agenda.remove(.fault(.end(fault)))
        faultsEnded()
    }

    /// Takes every fault back, in force or to come.
    mutating func clearFaults() {
        agenda.removeAll { entry in
            guard case .fault(.begin) = entry else { return false }
            return true
        }
        for fault in faults.faults { agenda.remove(.fault(.end(fault))) }
        faults.removeAll()
        faultsEnded()
    }

    /// The clock runs as fast as the faults have it, from now on.
    private mutating func clockDrifts() {
        guard clock.drift != faults.drift else { return }
        clock.drift(by: faults.drift, from: now)
        clockJumped()
    }

    private mutating func faultsEnded() {
        if faults.flashInterval == nil {
            flash = nil
            agenda.remove(.fault(.flash))
        }
        clockDrifts()
        if faults.editInterval == nil { agenda.remove(.fault(.humanEdit)) }
        resume()
    }

    /// Something that a fault does has come due.
    mutating func carryOut(_ event: FaultEvent) {
        switch event {
        case .begin(let fault, let lasting, _): begin(fault, lasting: lasting)
        case .end(let fault): end(fault)
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
