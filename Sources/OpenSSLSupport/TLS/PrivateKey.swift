internal import CRouterOSOpenSSL

/// A private key as the library holds it; freed with this object.
final class PrivateKey {
    let pointer: OpaquePointer

    /// Reads a key in PEM, one without a pass phrase.
    init(pem: String) throws(TLSError) {
        pointer = try MemoryBIO.withText(pem) { bio throws(TLSError) in
            // Without this callback the library would ask the terminal for a pass phrase.
            guard let key = PEM_read_bio_PrivateKey(bio, nil, { _, _, _, _ in -1 }, nil) else {
                throw .configuration("reading a private key")
            }
            return key
        }
    }

    /// Makes an elliptic-curve key on P-256.
    init() throws(TLSError) {
        guard let key = routeros_generate_p256_key() else { throw .configuration("making a key") }
        pointer = key
    }

    deinit { EVP_PKEY_free(pointer) }
}
