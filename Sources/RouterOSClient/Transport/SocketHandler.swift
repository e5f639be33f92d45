/// Whoever uses a ``Transport``.
///
/// All calls come on the channel's event loop, in this order: connected once (only for outgoing channels), received and
/// drained any number of times, closed once.
package protocol SocketHandler: AnyObject, Sendable {
    /// The connection stands.
    func socketConnected()
    /// Bytes arrived.
    func socketReceived(_ bytes: [UInt8])
    /// What waited to be sent has gone down to ``SocketChannel/lowWater``, after it was above ``SocketChannel/highWater``.
    func socketDrained()
    /// The connection is over, by the peer or by an error; not called after ``Transport/close()``.
    func socketClosed(_ error: TransportError)
}

extension SocketHandler {
    package func socketDrained() {}
}
