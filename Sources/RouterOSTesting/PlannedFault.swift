/// A fault that is to come.
public struct PlannedFault: Sendable, Hashable {
    /// What will go wrong.
    public let fault: SimulatorFault
    /// In how long, on the simulator's clock.
    public let after: Duration
    /// After how long it is taken back by itself; nil for never.
    public let duration: Duration?
}
