import OpenSSLSupport

/// The certificate that a router shows, for somebody to compare with the one on the router itself.
///
/// Nothing of it has been verified: whoever stands between shows one of their own.
public struct PresentedCertificate: Sendable, Hashable {
    /// By what to recognise it from now on.
    public let pin: CertificatePin
    /// Whom it was made out to, `CN = router`; strange characters are replaced.
    public let subject: String
    /// The names and addresses it is good for, `DNS:router.lan`, `IP Address:192.168.88.1`.
    public let names: [String]
    /// The beginning of its time in UTC, `2026-11-21 05:30:00Z`.
    public let notBefore: String
    /// The end of its time in UTC.
    public let notAfter: String

    init?(_ certificate: TLSCertificate) {
        guard let pin = CertificatePin(sha256: certificate.sha256) else { return nil }
        self.pin = pin
        subject = certificate.subject
        names = certificate.names
        notBefore = certificate.notBefore
        notAfter = certificate.notAfter
    }
}
