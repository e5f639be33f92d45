/// Something that a fault does at its time.
enum FaultEvent: Sendable, Hashable {
    /// A fault begins, and after a time it is over; the number tells one that is to come from another.
    case begin(SimulatorFault, lasting: Duration?, number: Int)
    case end(SimulatorFault)
    /// The configuration is written to flash.
    case flash
    /// Somebody edits a row by hand.
    case humanEdit
    /// The router has been down and starts.
    case boot
    /// The clock is set over the network.
    case clockSet
}
