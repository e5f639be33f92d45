/// Text that PostgreSQL can take: it knows every character but U+0000, which no record holds but a query may.
///
/// U+0000 becomes U+0001 U+10FFFE, and U+0001 becomes U+0001 U+10FFFF: the order of texts by their bytes stays as it was,
/// and so do beginnings and parts.
enum StoredText {
    private static let zero: [UInt8] = [0x01, 0xF4, 0x8F, 0xBF, 0xBE]
    private static let one: [UInt8] = [0x01, 0xF4, 0x8F, 0xBF, 0xBF]

    static func encode(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        guard bytes.contains(where: { $0 <= 1 }) else { return bytes }
        return bytes.flatMap { $0 == 0 ? zero : $0 == 1 ? one : [$0] }
    }

    /// Reads what was kept; `nil` for what could not have been written.
    static func decode(_ bytes: UnsafeRawBufferPointer) -> String? {
        guard bytes.contains(1) else { return String(validating: bytes, as: UTF8.self) }
        var decoded: [UInt8] = []
        var rest = bytes[...]
        while let byte = rest.first {
            if byte != 1 {
                decoded.append(byte)
                rest = rest.dropFirst()
            } else if rest.starts(with: zero) {
                decoded.append(0)
                rest = rest.dropFirst(zero.count)
            } else if rest.starts(with: one) {
                decoded.append(1)
                rest = rest.dropFirst(one.count)
            } else {
                return nil
            }
        }
        return String(validating: decoded, as: UTF8.self)
    }
}
