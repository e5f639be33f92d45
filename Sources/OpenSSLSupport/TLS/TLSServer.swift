/// Accepts TLS connections.
///
/// Safe to use from any thread.
package final class TLSServer: Sendable {
    private let context: TLSContext
    /// The SHA-256 of its certificate's DER form; nil for an anonymous one.
    package let certificateSHA256: [UInt8]?
    /// The host names and IP addresses its certificate is good for; the common name where it is one of those of long ago.
    package let certificateNames: [String]

    /// Shows a certificate, in PEM, its own first and those of its issuers after it; `keyPEM` is its private key.
    ///
    /// Without `hasTLS13` it speaks TLS 1.2 and nothing else.
    ///
    /// - Throws: ``TLSError`` with code `configuration` when they cannot be read or do not belong together.
    package init(certificatePEM: String, keyPEM: String, hasTLS13: Bool = true) throws(TLSError) {
        context = try .server(certificatePEM: certificatePEM, keyPEM: keyPEM, hasTLS13: hasTLS13)
        let certificate = try X509Certificate.all(inPEM: certificatePEM).first.flatMap(TLSCertificate.init)
        certificateSHA256 = certificate?.sha256
        certificateNames = certificate.map(Self.names) ?? []
    }

    /// Shows none: anonymous Diffie-Hellman and nothing else, as a router without a certificate.
    package init(anonymous: Void) throws(TLSError) {
        context = try .server(certificatePEM: nil, keyPEM: "", hasTLS13: false)
        certificateSHA256 = nil
        certificateNames = []
    }

    private static func names(of certificate: TLSCertificate) -> [String] {
        let kinds = ["DNS:", "IP Address:"]
        let names = certificate.names.compactMap { name in
            kinds.first { name.hasPrefix($0) }.map { String(name.dropFirst($0.count)) }
        }
        guard names.isEmpty else { return names }
        for attribute in certificate.subject.split(separator: ",") {
            // `CN = router`, as people read it.
            let parts = attribute.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
            if parts.count == 2, parts[0] == "CN" { return [parts[1]] }
        }
        return []
    }

    /// A connection that is yet to be accepted.
    package func session() throws(TLSError) -> TLSSession {
        try TLSSession.server(context)
    }
}
