extension RouterOSSimulator {
    /// Switches a router on that was shut down with `/system/shutdown`, or that is down for a time; one that runs goes on.
    public func powerOn() { process { $0.powerOn() } }
}
