import OpenSSLSupport
public import RouterOSClient
import Synchronization

/// How a simulated router protects the port of its API.
public struct SimulatorTLS: Sendable {
    /// The pin by which its certificate is recognised; nil for an anonymous one.
    public let pin: CertificatePin?

    let server: TLSServer
    private let onlyTLS12: Bool

    private init(_ server: TLSServer, onlyTLS12: Bool) {
        self.server = server
        self.onlyTLS12 = onlyTLS12
        pin = server.certificateSHA256.flatMap { CertificatePin(sha256: $0) }
    }

    /// Another certificate for the same names and in the same version of TLS, as after a router has made itself a new one.
    func renewed() throws(SimulatorError) -> SimulatorTLS {
        // An anonymous service has none whose names it could take over.
        let names = pin == nil ? ["127.0.0.1", "localhost"] : server.certificateNames
        return try .selfSigned(names: names, onlyTLS12: onlyTLS12)
    }

    /// Shows a certificate, as a router with one on its service `api-ssl`.
    ///
    /// - Parameters:
    ///   - pem: the certificate in PEM, those of its issuers after it.
    ///   - key: its private key in PEM, without a pass phrase.
    ///   - onlyTLS12: whether it speaks TLS 1.2 and nothing else, as a service with `tls-version=only-1.2`.
    /// - Returns: what ``RouterOSSimulator/listen(port:address:tls:)`` takes.
    /// - Throws: ``SimulatorError`` with code `certificate` when they cannot be read or do not belong together.
    public static func certificate(
        pem: String,
        key: String,
        onlyTLS12: Bool = false
    ) throws(SimulatorError) -> SimulatorTLS {
        do throws(TLSError) {
            return SimulatorTLS(
                try TLSServer(certificatePEM: pem, keyPEM: key, hasTLS13: !onlyTLS12),
                onlyTLS12: onlyTLS12
            )
        } catch {
            throw SimulatorError(.certificate, "\(error). Check that both are PEM and belong together.")
        }
    }

    /// Shows a certificate that is made now and signs itself, as field routers do, good for ten years.
    ///
    /// - Parameters:
    ///   - names: the host names and IP addresses it is good for, one at least.
    ///   - onlyTLS12: whether it speaks TLS 1.2 and nothing else, as a service with `tls-version=only-1.2`.
    /// - Returns: what ``RouterOSSimulator/listen(port:address:tls:)`` takes; its ``pin`` is not nil.
    /// - Throws: ``SimulatorError`` with code `certificate` for a name that is none.
    public static func selfSigned(
        names: [String] = ["127.0.0.1"],
        onlyTLS12: Bool = false
    ) throws(SimulatorError) -> SimulatorTLS {
        let made: IssuedCertificate
        do throws(TLSError) {
            made = try IssuedCertificate.make(names: names)
        } catch {
            throw SimulatorError(.certificate, "\(error). Give host names and IP addresses, one at least.")
        }
        return try certificate(pem: made.certificatePEM, key: made.keyPEM, onlyTLS12: onlyTLS12)
    }

    /// Shows none: anonymous Diffie-Hellman and nothing else, as a router without a certificate.
    ///
    /// - Throws: ``SimulatorError`` with code `certificate` when the TLS library does not have it.
    public static var anonymous: SimulatorTLS {
        get throws(SimulatorError) {
            do throws(TLSError) {
                return SimulatorTLS(try TLSServer(anonymous: ()), onlyTLS12: false)
            } catch {
                throw SimulatorError(.certificate, "\(error). The TLS library was built without it.")
            }
        }
    }
}

extension RouterOSSimulator {
    /// Serves the API over TLS on a TCP port, as the service `api-ssl` does, until ``stop()``.
    ///
    /// - Parameters:
    ///   - port: the port, or 0 for one that is free.
    ///   - address: the IP address to listen on, written in digits; only this machine by default.
    ///   - tls: what the router shows of itself.
    /// - Returns: the port.
    /// - Throws: ``SimulatorError`` with code `network`, for instance when the port is taken.
    @discardableResult
    public func listen(
        port: UInt16 = 0,
        address: String = "127.0.0.1",
        tls: SimulatorTLS
    ) throws(SimulatorError) -> UInt16 {
        try open(port: port, address: address, tls: tls)
    }

    /// The pin of the certificate that the TLS ports show; nil when there is no such port or it shows none.
    public var certificatePin: CertificatePin? {
        state.withLock { $0.ports.lazy.compactMap { $0.tls?.pin }.first }
    }
}
