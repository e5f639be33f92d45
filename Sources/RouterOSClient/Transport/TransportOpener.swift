/// Opens a transport on a loop for a handler, which then learns, in a later turn of the loop, that it is connected.
package typealias TransportOpener = @Sendable (EventLoop, any SocketHandler) throws(TransportError) -> any Transport
