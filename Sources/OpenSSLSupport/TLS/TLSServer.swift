/// Accepts TLS connections.
///
/// Safe to use from any thread.
package final class TLSServer: Sendable {
    private let context: TLSContext
    /// The SHA-256 of its certificate's DER form; nil for an anonymous one.
    package let certificateSHA256: [UInt8]?

    /// Shows a certificate, in PEM, its own first and those of its issuers after it; `keyPEM` is its private key.
    ///
    /// Without `hasTLS13` it speaks TLS 1.2 and nothing else.
    ///
    /// - Throws: ``TLSError`` with code `configuration` when they cannot be read or do not belong together.
    package init(certificatePEM: String, keyPEM: String, hasTLS13: Bool = true) throws(TLSError) {
        context = try .server(certificatePEM: certificatePEM, keyPEM: keyPEM, hasTLS13: hasTLS13)
        certificateSHA256 = try X509Certificate.all(inPEM: certificatePEM).first?.sha256
    }

    /// Shows none: anonymous Diffie-Hellman and nothing else, as a router without a certificate.
    package init(anonymous: Void) throws(TLSError) {
        context = try .server(certificatePEM: nil, keyPEM: "", hasTLS13: false)
        certificateSHA256 = nil
    }

    /// A connection that is yet to be accepted.
    package func session() throws(TLSError) -> TLSSession {
        try TLSSession.server(context)
    }
}
