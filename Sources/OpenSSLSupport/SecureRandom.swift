internal import CRouterOSOpenSSL

/// Bytes nobody can predict.
package enum SecureRandom {
    /// `count` bytes from the library's CSPRNG, which seeds itself from the kernel.
    ///
    /// Fails when the kernel has no entropy to give, rather than answer with weak bytes.
    package static func bytes(_ count: Int) throws(OpenSSLError) -> [UInt8] {
        guard let length = Int32(exactly: count), length >= 0 else {
            throw OpenSSLError("random bytes", "\(count) is not a number of bytes it can give")
        }
        var bytes = [UInt8](repeating: 0, count: count)
        guard length == 0 || RAND_bytes(&bytes, length) == 1 else { throw .last("random bytes") }
        return bytes
    }
}
