/// How a connection is protected.
package struct TLSInformation: Hashable, Sendable {
    /// `TLSv1.2` or `TLSv1.3`.
    package let version: String
    /// The cipher suite by the library's name, `TLS_AES_256_GCM_SHA384`.
    package let cipherSuite: String
    /// Whether an earlier session was resumed, without the cost of a whole handshake.
    package let isResumed: Bool
    /// The SHA-256 of the peer's certificate in DER form; nil when it has none.
    package let certificateSHA256: [UInt8]?
}
