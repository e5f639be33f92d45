internal import CRouterOSOpenSSL

/// What a certificate says of its owner, for people to read.
package struct TLSCertificate: Hashable, Sendable {
    /// The SHA-256 of its DER form.
    package let sha256: [UInt8]
    /// Whom it was made out to, `CN=router, O=Shop`.
    package let subject: String
    /// The names and addresses it is good for, `DNS:router.lan`, `IP Address:192.168.88.1`.
    package let names: [String]
    /// The first second of its time in UTC, `2026-11-21 05:30:00Z`.
    package let notBefore: String
    /// The last second of its time in UTC.
    package let notAfter: String

    init?(_ certificate: X509Certificate) {
        guard let sha256 = certificate.sha256 else { return nil }
        self.sha256 = sha256
        let pointer = certificate.pointer
        subject = Self.visible(
            MemoryBIO.text { routeros_write_name($0, X509_get_subject_name(pointer)) == 1 } ?? ""
        )
        let position = X509_get_ext_by_NID(pointer, NID_subject_alt_name, -1)
        let text =
            position < 0 ? nil : MemoryBIO.text { X509V3_EXT_print($0, X509_get_ext(pointer, position), 0, 0) == 1 }
        names = (text ?? "").split(separator: ",").map { Self.visible(String($0.drop { $0 == " " })) }
        notBefore = Self.instant(X509_get0_notBefore(pointer))
        notAfter = Self.instant(X509_get0_notAfter(pointer))
        ERR_clear_error()
    }

    private static func instant(_ time: UnsafePointer<ASN1_TIME>?) -> String {
        var parts = [Int32](repeating: 0, count: 6)
        guard let time, routeros_read_time(time, &parts) == 1 else { return "unknown" }
        let text = parts.map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(text[0])-\(text[1])-\(text[2]) \(text[3]):\(text[4]):\(text[5])Z"
    }

    /// What strangers wrote, on one line, without what steers a terminal, and not longer than anyone reads.
    private static func visible(_ text: String) -> String {
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(256) {
            let isPlain = (0x20..<0x7F).contains(scalar.value) || scalar.properties.isAlphabetic
            shown.append(isPlain ? scalar : "\u{FFFD}")
        }
        return String(shown)
    }
}
