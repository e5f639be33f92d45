internal import CRouterOSOpenSSL

/// A certificate as the library holds it; freed with this object.
final class X509Certificate {
    let pointer: OpaquePointer

    /// Takes a certificate over.
    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    /// Shares a certificate with whoever holds it.
    init(borrowing pointer: OpaquePointer) {
        X509_up_ref(pointer)
        self.pointer = pointer
    }

    deinit { X509_free(pointer) }

    /// All certificates in a PEM text, in order.
    static func all(inPEM text: String) throws(TLSError) -> [X509Certificate] {
        try MemoryBIO.withText(text) { bio throws(TLSError) in
            var found: [X509Certificate] = []
            while let certificate = PEM_read_bio_X509(bio, nil, nil, nil) {
                found.append(X509Certificate(owning: certificate))
            }
            // The end of the text shows as an error too; anything else is a broken certificate.
            let error = ERR_peek_last_error()
            guard !found.isEmpty, ERR_GET_REASON(error) == PEM_R_NO_START_LINE else {
                throw .configuration("reading a certificate")
            }
            ERR_clear_error()
            return found
        }
    }

    /// The SHA-256 of the DER form; nil when there is no memory.
    var sha256: [UInt8]? {
        var digest = [UInt8](repeating: 0, count: SHA256.byteCount)
        var length: UInt32 = 0
        guard X509_digest(pointer, EVP_sha256(), &digest, &length) == 1, length == digest.count else { return nil }
        return digest
    }

    /// Refuses a certificate whose time is over or has not come.
    func checkDates() throws(TLSError) {
        if X509_cmp_current_time(X509_get0_notBefore(pointer)) >= 0 {
            throw .certificate(Int(X509_V_ERR_CERT_NOT_YET_VALID))
        }
        if X509_cmp_current_time(X509_get0_notAfter(pointer)) <= 0 {
            throw .certificate(Int(X509_V_ERR_CERT_HAS_EXPIRED))
        }
    }

    /// Names are those of the extension made for them alone: a common name was never meant to be one.
    static let hostFlags = UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT)

    /// Refuses a certificate for other names and addresses.
    func check(host: String) throws(TLSError) {
        // -2: the text is no address.
        let byAddress = X509_check_ip_asc(pointer, host, 0)
        if byAddress == 1 { return }
        ERR_clear_error()
        guard byAddress == -2, X509_check_host(pointer, host, host.utf8.count, Self.hostFlags, nil) == 1 else {
            ERR_clear_error()
            throw .certificate(Int(X509_V_ERR_HOSTNAME_MISMATCH))
        }
    }
}
