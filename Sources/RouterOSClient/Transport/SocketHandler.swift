/// Whoever uses a ``SocketChannel``.
///
/// All calls come on the channel's event loop, in this order: connected once (only for
/// outgoing channels), received any number of times, closed once.
package protocol SocketHandler: AnyObject, Sendable {
    /// The connection stands.
    func socketConnected()
    /// Bytes arrived.
    func socketReceived(_ bytes: [UInt8])
    /// The connection is over, by the peer or by an error; not called after ``SocketChannel/close()``.
    func socketClosed(_ error: SocketError)
}
