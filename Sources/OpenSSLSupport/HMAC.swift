internal import CRouterOSOpenSSL

/// The keyed digest of RFC 2104.
package enum HMAC {
    /// The digest that is keyed.
    package enum Digest: String, Hashable, Sendable, CaseIterable {
        /// 20 bytes: what one-time codes of every authenticator are made with.
        case sha1 = "SHA1"
        /// 32 bytes.
        case sha256 = "SHA256"

        /// The length of the answer in bytes.
        package var byteCount: Int { self == .sha1 ? 20 : 32 }
    }

    /// The HMAC of `message` under `key`.
    package static func code(
        _ digest: Digest,
        of message: [UInt8],
        key: [UInt8]
    ) throws(OpenSSLError) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: digest.byteCount)
        var length = 0
        let made = EVP_Q_mac(
            nil,
            "HMAC",
            nil,
            digest.rawValue,
            nil,
            key,
            key.count,
            message,
            message.count,
            &code,
            code.count,
            &length
        )
        guard made != nil, length == digest.byteCount else { throw .last("HMAC") }
        return code
    }
}
