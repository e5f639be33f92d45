/// Why a period was granted: no period begins without one.
public enum RenewalGround: Hashable, Sendable, LosslessStringConvertible, Codable {
    /// A payment that was settled.
    case payment(Identifier<Payment>)
    /// A debit of the customer's balance that went through.
    case balance(Identifier<LedgerEntry>)
    /// A gift of the house, by the key of the command that gave it.
    case grant(String)

    /// Reads `payment:<id>`, `balance:<id>` or `grant:<key>`; anything else is `nil`.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let value = String(parts[1])
        switch parts[0] {
        case "payment":
            guard let id = Identifier<Payment>(value) else { return nil }
            self = .payment(id)
        case "balance":
            guard let id = Identifier<LedgerEntry>(value) else { return nil }
            self = .balance(id)
        case "grant":
            self = .grant(value)
        default:
            return nil
        }
    }

    /// `payment:<id>`, `balance:<id>` or `grant:<key>`.
    public var description: String {
        switch self {
        case .payment(let id): "payment:\(id)"
        case .balance(let id): "balance:\(id)"
        case .grant(let key): "grant:\(key)"
        }
    }

    /// Whether nothing was paid.
    public var isGift: Bool {
        if case .grant = self { true } else { false }
    }

    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let ground = RenewalGround(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "The ground is not known.")
        }
        self = ground
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
