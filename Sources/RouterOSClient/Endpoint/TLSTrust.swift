/// Why the router at the other end of a TLS connection is believed to be the right one.
public enum TLSTrust: Sendable, Hashable {
    /// Its certificate is signed by an authority that the system trusts, for the host name or address that was dialled.
    case systemRoots
    /// Its certificate is the one with this fingerprint, whoever signed it and whatever names it bears; the usual choice
    /// for routers, which sign their own.
    case pinned(CertificatePin)
    /// It is not: anonymous Diffie-Hellman, what a router without a certificate speaks. Nobody who only listens can read
    /// the connection; somebody in the middle can.
    case anonymous
}
