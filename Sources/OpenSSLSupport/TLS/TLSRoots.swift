/// The authorities whose signature makes a certificate trusted.
package enum TLSRoots: Hashable, Sendable {
    /// Those of the system; `SSL_CERT_FILE` and `SSL_CERT_DIR` in the environment name others.
    case system
    /// The certificates in a PEM text.
    case pem(String)
}
