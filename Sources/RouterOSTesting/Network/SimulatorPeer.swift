/// The simulator's end of one connection.
protocol SimulatorPeer: AnyObject, Sendable {
    func send(_ bytes: [UInt8])
    /// Whether the client has left more unread than the network should hold; the simulator is told when it no longer has.
    var isCongested: Bool { get }
    /// Takes nothing more from the client for now.
    func pauseReading()
    /// Takes bytes from the client again.
    func resumeReading()
    /// Ends the connection; by a reset, the client sees that it broke.
    func close(byReset isReset: Bool)
}
