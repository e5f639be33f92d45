extension CertificatePin {
    /// The certificate that a router shows now, for the first use of a pin.
    ///
    /// Connects, shakes hands without trusting anybody, and hangs up; no credentials are sent. Whoever can stand between
    /// now could show another certificate: compare the pin with the fingerprint on the router itself
    /// (`/certificate print detail`) before relying on it.
    ///
    /// - Parameters:
    ///   - host: a name, an IPv4 address or an IPv6 address without brackets.
    ///   - port: the port of the service `api-ssl`.
    ///   - timeout: how long the whole may take.
    /// - Returns: the certificate's pin, and what it says for people to read.
    /// - Throws: `RouterOSError`: `nameResolution`, `unreachable`, `connectionRefused`, `connectTimeout` when the port is not
    ///   reached; `deadlineExceeded`, `connectionClosed` when it does not finish the handshake; `tlsFailed` when it does not
    ///   speak TLS or has no certificate. `CancellationError` when the task is cancelled.
    public static func presented(
        by host: String,
        port: UInt16 = 8_729,
        timeout: Duration = .seconds(10)
    ) async throws -> PresentedCertificate {
        try await CertificateProbe(host, port, timeout).run()
    }
}
