/// Who the peer of a client must be.
package enum TLSIdentity: Hashable, Sendable {
    /// Whoever holds a certificate for this name or address that an authority signed.
    case host(String)
    /// Whoever holds the certificate with this SHA-256 of its DER form.
    case pin([UInt8])
    /// Anybody, without a certificate: anonymous Diffie-Hellman and nothing else.
    case anonymous
    /// Whoever holds the certificate it shows: to find out which one that is, and for nothing else.
    case unverified
}
