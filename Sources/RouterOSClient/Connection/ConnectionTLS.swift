import OpenSSLSupport

/// How a connection is protected.
public struct ConnectionTLS: Sendable, Hashable, CustomStringConvertible {
    /// The version of the protocol, `TLSv1.2` or `TLSv1.3`.
    public let version: String
    /// The cipher suite by OpenSSL's name, `TLS_AES_256_GCM_SHA384` for one.
    public let cipherSuite: String
    /// Whether an earlier session was resumed, which spares the router the costly half of the handshake.
    public let isResumed: Bool
    /// The pin of the router's certificate; nil when it is anonymous.
    public let pin: CertificatePin?

    init(_ information: TLSInformation) {
        version = information.version
        cipherSuite = information.cipherSuite
        isResumed = information.isResumed
        pin = information.certificateSHA256.flatMap(CertificatePin.init(sha256:))
    }

    /// Version and cipher suite, `TLSv1.3 TLS_AES_256_GCM_SHA384`.
    public var description: String { "\(version) \(cipherSuite)" }
}
