import OpenSSLSupport

extension ConnectionSecurity {
    /// Who the peer must be; nil without TLS.
    func identity(of host: String) -> TLSIdentity? {
        switch self {
        case .plaintext: nil
        case .tls(.systemRoots): .host(host)
        case .tls(.pinned(let pin)): .pin(pin.sha256)
        case .tls(.anonymous): .anonymous
        }
    }
}
