extension RouterOSSimulator {
    /// Makes something go wrong.
    public func inject(_ fault: SimulatorFault) {
        process { $0.inject(fault) }
    }

    /// Makes something go wrong later.
    ///
    /// - Parameters:
    ///   - fault: what.
    ///   - delay: when, on the simulator's clock, from now.
    ///   - duration: after how long it is taken back by itself; nil for never.
    public func inject(_ fault: SimulatorFault, after delay: Duration, lasting duration: Duration? = nil) {
        process { $0.inject(fault, after: delay, lasting: duration) }
    }

    /// The faults in force, the oldest first.
    ///
    /// A fault that waits for a command is among them until it has happened.
    public var faults: [SimulatorFault] { process { $0.faults.faults } }

    /// The faults that were told to come later, the next one first.
    public var plannedFaults: [PlannedFault] { process { $0.plannedFaults } }

    /// Takes a fault back, whether it is in force or planned; does nothing when it is neither.
    public func clear(_ fault: SimulatorFault) {
        process { $0.clear(fault) }
    }

    /// Takes back every fault that is in force or planned, and carries out what a stalling router has been sent.
    public func clearFaults() {
        process { $0.clearFaults() }
    }
}
