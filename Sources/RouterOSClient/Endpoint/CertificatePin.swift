/// The SHA-256 of a router's certificate in its DER form, by which the router is recognised.
///
/// Prints as 64 hexadecimal digits, as `openssl x509 -fingerprint -sha256` does without its colons.
public struct CertificatePin: Sendable, Hashable, CustomStringConvertible {
    /// The 32 bytes.
    public let sha256: [UInt8]

    /// Takes the 32 bytes of a digest; nil when there are fewer or more.
    public init?(sha256: [UInt8]) {
        guard sha256.count == 32 else { return nil }
        self.sha256 = sha256
    }

    /// Reads 64 hexadecimal digits of either case, with or without a colon between two bytes; nil for anything else.
    public init?(_ text: String) {
        var bytes: [UInt8] = []
        for pair in text.utf8.contains(UInt8(ascii: ":")) ? text.split(separator: ":") : Self.pairs(text) {
            guard pair.utf8.count == 2, pair.utf8.first != UInt8(ascii: "+"), let byte = UInt8(pair, radix: 16) else {
                return nil
            }
            bytes.append(byte)
        }
        self.init(sha256: bytes)
    }

    /// 64 lower-case hexadecimal digits.
    public var description: String {
        sha256.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func pairs(_ text: String) -> [Substring] {
        var pairs: [Substring] = []
        var rest = text[...]
        while !rest.isEmpty {
            pairs.append(rest.prefix(2))
            rest = rest.dropFirst(2)
        }
        return pairs
    }
}
