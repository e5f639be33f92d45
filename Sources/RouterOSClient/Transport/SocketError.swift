#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What the system said about a socket.
package struct SocketError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The `errno`, or 0 when the peer closed the connection.
    package let number: Int32

    package init(_ number: Int32) { self.number = number }

    /// The peer closed the connection in good order.
    package static let endOfStream = SocketError(0)

    package var description: String {
        guard number != 0, let text = strerror(number) else { return "the peer closed the connection" }
        return String(cString: text)
    }
}
