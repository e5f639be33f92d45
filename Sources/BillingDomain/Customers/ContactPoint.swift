/// One way to reach a customer.
public struct ContactPoint: Hashable, Sendable, Codable {
    /// What kind of way it is.
    public enum Kind: String, Hashable, Sendable, CaseIterable, Codable {
        /// A telephone number.
        case phone
        /// An e-mail address.
        case email
        /// A telephone number that WhatsApp answers on.
        case whatsApp = "whatsapp"
        /// A postal address.
        case address
    }

    /// What kind of way it is.
    public let kind: Kind

    /// The number in international form, the e-mail address, or the lines of the postal address.
    public let value: String

    /// Whether it is tried first among those of its kind.
    public let isPreferred: Bool

    /// Creates a contact; blanks, dots, hyphens and brackets of a telephone number are dropped.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for a number that is not `+` and 7 to 15 digits,
    ///   an e-mail address without one `@` between two parts or above 254 bytes, or a postal address that is not 1 to
    ///   500 bytes.
    public init(_ kind: Kind, _ value: String, isPreferred: Bool = false) throws(DomainError) {
        switch kind {
        case .phone, .whatsApp: self.value = try Self.number(value, field: kind.rawValue)
        case .email:
            let parts = value.split(separator: "@", omittingEmptySubsequences: false)
            let isPlain = value.utf8.allSatisfy { $0 > 32 && $0 != 127 }
            guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."), isPlain, value.utf8.count <= 254,
                !parts[1].hasPrefix("."), !parts[1].hasSuffix(".")
            else {
                throw DomainError(.invalidValue, field: kind.rawValue, "An e-mail address is written name@example.org.")
            }
            self.value = value
        case .address:
            guard (1...500).contains(value.utf8.count) else {
                throw DomainError(.invalidValue, field: kind.rawValue, "A postal address has 1 to 500 bytes.")
            }
            self.value = value
        }
        self.kind = kind
        self.isPreferred = isPreferred
    }

    private static func number(_ text: String, field: String) throws(DomainError) -> String {
        let kept = text.filter { !" .-()/".contains($0) }
        let digits = kept.dropFirst().utf8
        guard kept.hasPrefix("+"), (7...15).contains(digits.count), digits.first != UInt8(ascii: "0"),
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else {
            throw DomainError(.invalidValue, field: field, "A number is written in full, such as +256 700 123456.")
        }
        return kept
    }
}
