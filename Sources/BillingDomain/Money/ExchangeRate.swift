/// What one unit of a currency was worth in another, who said so, and when.
public struct ExchangeRate: Hashable, Sendable {
    /// The currency that is given.
    public let from: Currency

    /// The currency that is received.
    public let to: Currency

    /// The digits of the rate: 371255 for 3712.55; 1…10¹⁵.
    public let mantissa: Int64

    /// How many of the digits stand behind the point, 0…12.
    public let scale: Int

    /// Who quoted it, such as `bank-of-uganda`.
    public let source: String

    /// When it was quoted.
    public let at: Timestamp

    /// Creates a rate from its digits.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for digits or a scale outside their ranges, or
    ///   a currency exchanged for itself.
    public init(
        from: Currency,
        to: Currency,
        mantissa: Int64,
        scale: Int,
        source: String,
        at instant: Timestamp
    ) throws(DomainError) {
        guard from != to else {
            throw DomainError(.invalidValue, field: "to", "\(from.code) needs no rate to itself.")
        }
        guard (1...1_000_000_000_000_000).contains(mantissa), (0...12).contains(scale) else { throw Self.badRate }
        self.from = from
        self.to = to
        self.mantissa = mantissa
        self.scale = scale
        self.source = source
        at = instant
    }

    /// Reads a rate such as `3712.55`: how many units of `to` one unit of `from` is worth.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for anything but digits with at most one point
    ///   between them, at most 15 digits and 12 of them behind the point, or for a rate of zero.
    public init(
        from: Currency,
        to: Currency,
        rate: String,
        source: String,
        at instant: Timestamp
    ) throws(DomainError) {
        let parts = rate.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let digits = parts.joined()
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }), digits.count <= 15,
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { throw Self.badRate }
        try self.init(
            from: from,
            to: to,
            mantissa: digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) },
            scale: parts.count == 2 ? parts[1].count : 0,
            source: source,
            at: instant
        )
    }

    /// The rate as a plain decimal: `3712.55`.
    public var decimalString: String {
        let digits = mantissa.magnitude.padded(to: scale + 1)
        guard scale > 0 else { return digits }
        return digits.dropLast(scale) + "." + digits.suffix(scale)
    }

    private static var badRate: DomainError {
        DomainError(
            .invalidValue,
            field: "rate",
            "A rate lies above zero and has at most 15 digits, 12 of them behind the point; write it like 3712.55."
        )
    }
}
