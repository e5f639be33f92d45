extension RouterOSSimulator {
    /// Whether the router is up: neither off nor down for a time.
    public var isUp: Bool { process { !$0.isDown } }

    /// Pulls the plug, as ``SimulatorFault/powerCut`` does: the router stays off until ``powerOn()``, whatever fault comes meanwhile.
    public func powerOff() { process { $0.powerOff() } }

    /// Switches a router on that was switched off, that was shut down with `/system/shutdown`, or that is down for a time; one that runs goes on.
    public func powerOn() { process { $0.powerOn() } }
}
