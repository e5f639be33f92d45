internal import CRouterOSOpenSSL

/// The SHA-256 digest of FIPS 180-4.
package enum SHA256 {
    /// The length of a digest in bytes.
    package static let byteCount = 32

    /// The 32-byte digest of `message`.
    package static func digest(of message: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: byteCount)
        var length: UInt32 = 0
        guard EVP_Digest(message, message.count, &digest, &length, EVP_sha256(), nil) == 1, length == byteCount else {
            throw .last("SHA-256")
        }
        return digest
    }

    /// The 32-byte digest of the UTF-8 bytes of `text`.
    package static func digest(of text: String) throws(OpenSSLError) -> [UInt8] {
        try digest(of: Array(text.utf8))
    }
}
