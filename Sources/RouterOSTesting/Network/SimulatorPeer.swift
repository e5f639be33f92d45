/// The simulator's end of one connection.
protocol SimulatorPeer: AnyObject, Sendable {
    func send(_ bytes: [UInt8])
    /// Ends the connection; by a reset, the client sees that it broke.
    func close(byReset isReset: Bool)
}
