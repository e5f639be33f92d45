internal import CRouterOSOpenSSL

/// A certificate with its key, made here: for simulated routers and for tests.
package struct IssuedCertificate: Sendable {
    /// The certificate in PEM.
    package let certificatePEM: String
    /// Its private key in PEM, P-256.
    package let keyPEM: String
    /// The SHA-256 of the certificate's DER form.
    package let sha256: [UInt8]

    /// Makes a certificate.
    ///
    /// - Parameters:
    ///   - names: the host names and IP addresses it is good for; the first is its common name.
    ///   - hasAlternativeNames: whether it has the extension in which names belong, or a common name alone, like the
    ///     certificates of long ago.
    ///   - validity: its time in seconds from now, −3 600 to 315 360 000 unless given.
    ///   - isAuthority: whether it may sign others.
    ///   - issuer: who signs it; itself when nil.
    /// - Returns: the certificate with its key.
    /// - Throws: ``TLSError`` with code `configuration` for a name that is none, or when the library refuses.
    package static func make(
        names: [String],
        hasAlternativeNames: Bool = true,
        validity: ClosedRange<Int> = -3_600...315_360_000,
        isAuthority: Bool = false,
        signedBy issuer: IssuedCertificate? = nil
    ) throws(TLSError) -> IssuedCertificate {
        let key = try PrivateKey()
        guard let pointer = X509_new() else { throw .configuration("making a certificate") }
        let certificate = X509Certificate(owning: pointer)
        let serial = (try? SecureRandom.bytes(7)) ?? [1]
        guard let first = names.first, X509_set_version(pointer, 2) == 1,
            ASN1_INTEGER_set_uint64(X509_get_serialNumber(pointer), serial.reduce(1) { $0 << 8 | UInt64($1) }) == 1,
            X509_gmtime_adj(X509_getm_notBefore(pointer), validity.lowerBound) != nil,
            X509_gmtime_adj(X509_getm_notAfter(pointer), validity.upperBound) != nil,
            X509_set_pubkey(pointer, key.pointer) == 1,
            let subject = X509_get_subject_name(pointer),
            X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, first, -1, -1, 0) == 1
        else { throw .configuration("making a certificate") }
        if hasAlternativeNames { try add(NID_subject_alt_name, try alternativeNames(names), to: pointer) }
        try add(NID_basic_constraints, isAuthority ? "critical,CA:TRUE" : "critical,CA:FALSE", to: pointer)
        if isAuthority { try add(NID_key_usage, "critical,keyCertSign,cRLSign", to: pointer) }
        if let issuer {
            let signer = try X509Certificate.all(inPEM: issuer.certificatePEM)
            let signingKey = try PrivateKey(pem: issuer.keyPEM)
            guard let signer = signer.first,
                X509_set_issuer_name(pointer, X509_get_subject_name(signer.pointer)) == 1,
                X509_sign(pointer, signingKey.pointer, EVP_sha256()) > 0
            else { throw .configuration("signing a certificate") }
        } else {
            guard X509_set_issuer_name(pointer, subject) == 1, X509_sign(pointer, key.pointer, EVP_sha256()) > 0 else {
                throw .configuration("signing a certificate")
            }
        }
        guard let sha256 = certificate.sha256,
            let certificatePEM = MemoryBIO.text({ PEM_write_bio_X509($0, pointer) == 1 }),
            let keyPEM = MemoryBIO.text({ PEM_write_bio_PrivateKey($0, key.pointer, nil, nil, 0, nil, nil) == 1 })
        else { throw .configuration("writing a certificate") }
        return IssuedCertificate(certificatePEM: certificatePEM, keyPEM: keyPEM, sha256: sha256)
    }

    private static func add(_ kind: Int32, _ value: String, to certificate: OpaquePointer) throws(TLSError) {
        guard let added = X509V3_EXT_conf_nid(nil, nil, kind, value) else {
            throw .configuration("an extension of a certificate")
        }
        defer { X509_EXTENSION_free(added) }
        guard X509_add_ext(certificate, added, -1) == 1 else { throw .configuration("an extension of a certificate") }
    }

    private static func alternativeNames(_ names: [String]) throws(TLSError) -> String {
        var entries: [String] = []
        for name in names {
            // Anything else would have a meaning of its own in the library's little language.
            guard !name.isEmpty,
                name.utf8.allSatisfy({
                    (0x30...0x3A).contains($0) || "-.*_".utf8.contains($0) || (0x41...0x5A).contains($0 & 0xDF)
                })
            else { throw TLSError(.configuration, "\"\(name)\" is neither a host name nor an IP address") }
            let isAddress =
                name.contains(":") || name.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) }
            entries.append((isAddress ? "IP:" : "DNS:") + name)
        }
        return entries.joined(separator: ",")
    }
}

extension IssuedCertificate: CustomStringConvertible, CustomReflectable {
    package var description: String { "IssuedCertificate(key: redacted)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
