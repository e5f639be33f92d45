internal import CRouterOSOpenSSL

/// The memory-hard password function of RFC 7914.
package struct Scrypt: Hashable, Sendable {
    /// N, a power of two above 1: twice as much takes twice the time and twice the memory.
    package let cost: UInt64
    /// r: the block size, in units of 128 bytes.
    package let blockSize: UInt64
    /// p: how many times the work is done, one after the other here.
    package let parallelism: UInt64

    /// The parameters of one evaluation; the library checks them when it derives.
    package init(cost: UInt64, blockSize: UInt64, parallelism: UInt64) {
        self.cost = cost
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// `count` bytes derived from `password` and `salt`.
    ///
    /// Blocks the calling thread for the whole evaluation. Refuses parameters that need more than
    /// `maximumMemory` bytes: they may come from a stored record.
    package func derive(
        _ count: Int,
        from password: [UInt8],
        salt: [UInt8],
        maximumMemory: UInt64 = 64 << 20
    ) throws(OpenSSLError) -> [UInt8] {
        guard count > 0 else { throw OpenSSLError("scrypt", "\(count) is not a length to derive") }
        var key = [UInt8](repeating: 0, count: count)
        let passed = password.withUnsafeBytes { password in
            // The library's default limit of 32 MiB is below what the recommended parameters need: say our own.
            EVP_PBE_scrypt(
                password.baseAddress?.assumingMemoryBound(to: CChar.self),
                password.count,
                salt,
                salt.count,
                cost,
                blockSize,
                parallelism,
                maximumMemory,
                &key,
                count
            )
        }
        guard passed == 1 else { throw .last("scrypt") }
        return key
    }
}
