/// Something that a fault does at its time.
enum FaultEvent: Sendable {
    /// A fault begins, and after a time it is over.
    case begin(SimulatorFault, lasting: Duration?)
    case end(SimulatorFault)
    /// The configuration is written to flash.
    case flash(generation: Int, every: Duration)
    /// Somebody edits a row by hand.
    case humanEdit(generation: Int, every: Duration)
    /// The router has been down and starts; the number tells one start from another.
    case boot(Int)
    /// The clock is set over the network.
    case clockSet(Int)
}
