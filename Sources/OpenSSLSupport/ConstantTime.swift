internal import CRouterOSOpenSSL

/// Comparisons whose duration says nothing about the contents.
package enum ConstantTime {
    /// Whether both hold the same bytes.
    ///
    /// Only their lengths can be learnt from the time it takes.
    package static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }
}
