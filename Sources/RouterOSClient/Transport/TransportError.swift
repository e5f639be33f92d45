package import OpenSSLSupport

/// Why a connection did not come about or is over.
package enum TransportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// By what the system said about its socket; the end of the stream in good order too.
    case socket(SocketError)
    /// By what TLS found.
    case tls(TLSError)

    /// The peer closed the connection in good order.
    package static let endOfStream = TransportError.socket(.endOfStream)

    package var description: String {
        switch self {
        case .socket(let error): error.description
        case .tls(let error): error.description
        }
    }
}
