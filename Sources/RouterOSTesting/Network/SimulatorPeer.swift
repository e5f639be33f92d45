/// The simulator's end of one connection.
///
/// Called while the simulator is at work: none of it may call the simulator back.
package protocol SimulatorPeer: AnyObject, Sendable {
    func send(_ bytes: [UInt8])
    /// Whether the client has left more unread than the network should hold; the simulator is told when it no longer has.
    var isCongested: Bool { get }
    /// Takes nothing more from the client for now.
    func pauseReading()
    /// Takes bytes from the client again.
    func resumeReading()
    /// Whether it was ended in good order and still goes on sending what was said before.
    var isEnding: Bool { get }
    /// Ends the connection, or cuts off the end of one.
    func close(_ end: ConnectionEnd)
}
