/// What carries bytes to a peer and back, protected or not; a ``SocketHandler`` hears what comes.
///
/// All members may be called from any thread.
package protocol Transport: AnyObject, Sendable {
    /// Sends bytes; dropped when the connection is over.
    func write(_ bytes: [UInt8])
    /// Asks for no more bytes until ``resumeReading()``.
    func pauseReading()
    /// Asks for bytes again.
    func resumeReading()
    /// Ends the connection; on the loop's thread the handler hears nothing more.
    func close()
    /// As ``close()``, but the peer is given what has been written, however slowly it reads, for as long as `limit`.
    ///
    /// - Returns: what goes on sending until then, for as long as it lives; nil when nothing does.
    @discardableResult
    func finish(within limit: Duration) -> (any Transport)?
    /// As ``close()``, but the peer sees that the connection broke.
    func reset()
    /// Whether more waits to be sent than should.
    var isCongested: Bool { get }
}

extension Transport {
    package func finish(within limit: Duration) -> (any Transport)? {
        close()
        return nil
    }
}

extension SocketChannel: Transport {}
