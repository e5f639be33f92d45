/// What the codes of a shop look like.
///
/// The default, 12 symbols of 31, gives 59 bits: with a million live codes and a guess every second it takes some 25 000
/// years on average to hit one. A prefix tells batches apart and is no part of that strength, nor is a check symbol.
public struct VoucherCodeStyle: Hashable, Sendable {
    /// The most bytes that a code may have in all.
    public static let maximumLength = 50

    /// The random symbols that a code may have.
    public static let lengths = 4...38

    /// The symbols.
    public let alphabet: CodeAlphabet

    /// How many of them are random.
    public let length: Int

    /// What every code begins with; empty for nothing.
    public let prefix: String

    /// Whether a check symbol follows, by which a code that was mistyped is told from one that does not exist.
    public let hasCheckSymbol: Bool

    /// Creates a style.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` and the field, for a length outside ``lengths``, a
    ///   prefix of anything but letters A–Z, digits and `-`, or a code of more than ``maximumLength`` bytes in all.
    public init(
        alphabet: CodeAlphabet = .unambiguous,
        length: Int = 12,
        prefix: String = "",
        hasCheckSymbol: Bool = false
    ) throws(DomainError) {
        guard Self.lengths.contains(length) else {
            throw DomainError(
                .invalidValue,
                field: "codeLength",
                "A code has \(Self.lengths.lowerBound) to \(Self.lengths.upperBound) random symbols."
            )
        }
        let room = Self.maximumLength - length - (hasCheckSymbol ? 1 : 0)
        guard prefix.utf8.count <= room, prefix.utf8.allSatisfy(Self.isPrefixByte) else {
            throw DomainError(
                .invalidValue,
                field: "codePrefix",
                "Use up to \(room) of the letters A–Z, digits and -."
            )
        }
        self.init(alphabet, length, prefix, hasCheckSymbol)
    }

    private init(_ alphabet: CodeAlphabet, _ length: Int, _ prefix: String, _ hasCheckSymbol: Bool) {
        self.alphabet = alphabet
        self.length = length
        self.prefix = prefix
        self.hasCheckSymbol = hasCheckSymbol
    }

    /// Twelve symbols without look-alikes, nothing before or after.
    public static let standard = VoucherCodeStyle(.unambiguous, 12, "", false)

    /// How many different codes there are; held at the largest number of 64 bits.
    public var space: UInt64 {
        var space: UInt64 = 1
        for _ in 0..<length {
            let (product, overflow) = space.multipliedReportingOverflow(by: UInt64(alphabet.count))
            if overflow { return .max }
            space = product
        }
        guard hasCheckSymbol else { return space }
        // Bodies whose check value has no symbol are left out.
        return space / UInt64(CheckSymbol(alphabet).modulus) * UInt64(alphabet.count)
    }

    /// Refuses a style that is too weak for so many codes.
    ///
    /// With n codes, those in stock and the new ones, of a space of N, the chance that two fall together is about n²/2N
    /// (the birthday bound). It may be one in a hundred at most; at 12 symbols of 31 that allows 125 million codes.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` and the field `codeLength`, which says how likely
    ///   that is, how likely a guess is to hit, and how many symbols would do.
    public func requireStrength(generating quantity: Int, inStock: Int = 0) throws(DomainError) {
        let count = UInt64(max(0, quantity)) + UInt64(max(0, inStock))
        guard !Self.isStrong(space, for: count) else { return }
        var enough = length
        while enough < Self.lengths.upperBound,
            !Self.isStrong(VoucherCodeStyle(alphabet, enough, prefix, hasCheckSymbol).space, for: count)
        { enough += 1 }
        let odds = Self.pairs(count) == 0 ? 0 : UInt64(min(UInt128(space) / Self.pairs(count), UInt128(UInt64.max)))
        let risk =
            odds > 1 ? "the risk that two of them are the same is 1 in \(odds)" : "two of them are sure to be the same"
        throw DomainError(
            .invalidValue,
            field: "codeLength",
            "\(length) symbols of \(alphabet.count) are too few for \(count) codes: \(risk) (allowed: 1 in 100), and "
                + "1 guess in \(max(1, space / max(1, count))) hits one. Use \(enough) symbols or more."
        )
    }

    /// n²/2, which n²/2N compares with the space.
    private static func pairs(_ count: UInt64) -> UInt128 { UInt128(count) * UInt128(count) / 2 }

    private static func isStrong(_ space: UInt64, for count: UInt64) -> Bool {
        // n²/2N ≤ 1/100, without fractions; half of the largest 128 bits hold 50 n² of any sensible n.
        let (left, overflow) = (UInt128(count) * UInt128(count)).multipliedReportingOverflow(by: 50)
        return !overflow && left <= UInt128(space)
    }

    private static func isPrefixByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            true
        default:
            false
        }
    }
}
