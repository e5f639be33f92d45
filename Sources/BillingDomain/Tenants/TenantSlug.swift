/// The name of a tenant in addresses: the subdomain that its panel answers on.
public struct TenantSlug: Hashable, Sendable, LosslessStringConvertible, Comparable {
    /// The name, in lower case.
    public let description: String

    /// Reads a name: 3…40 letters a–z in either case, digits and inner hyphens; reserved names are `nil`.
    public init?(_ text: String) {
        var bytes = Array(text.utf8)
        for index in bytes.indices where (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[index]) {
            bytes[index] += 32
        }
        let isPlain = bytes.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || $0 == UInt8(ascii: "-")
        }
        guard (3...40).contains(bytes.count), isPlain, bytes.first != UInt8(ascii: "-"),
            bytes.last != UInt8(ascii: "-"), !bytes.starts(with: Array("xn--".utf8))
        else { return nil }
        let name = String(decoding: bytes, as: UTF8.self)
        guard !Self.reserved.contains(name) else { return nil }
        description = name
    }

    /// Names that belong to the service itself.
    public static let reserved: Set<String> = [
        "admin", "api", "app", "assets", "auth", "billing", "cdn", "dashboard", "docs", "ftp", "help", "imap",
        "localhost",
        "login", "mail", "ns1", "ns2", "panel", "pop", "public", "root", "router", "smtp", "static", "status",
        "support",
        "system", "test", "webmail", "www",
    ]

    /// Orders names by the alphabet.
    public static func < (left: TenantSlug, right: TenantSlug) -> Bool { left.description < right.description }
}
