/// How something is paid: one vocabulary for sales, payments and refunds.
public enum PaymentMethod: Hashable, Sendable, LosslessStringConvertible, Codable {
    /// Into the hands of the staff.
    case cash
    /// Onto the bank account, confirmed by hand.
    case bankTransfer
    /// Out of the customer's prepaid balance.
    case balance
    /// Through a payment gateway, by its identifier.
    case gateway(String)
    /// By an agent: from what they paid in, at cost, or on credit up to their ceiling, as their terms say.
    case agent(Identifier<Agent>)

    /// Reads `cash`, `bank-transfer`, `balance`, `agent:<id>` or `gateway:<identifier>`, which is 1 to 60 bytes; else
    /// `nil`.
    public init?(_ text: String) {
        switch text {
        case "cash": self = .cash
        case "bank-transfer": self = .bankTransfer
        case "balance": self = .balance
        case _ where text.hasPrefix("agent:"):
            guard let id = Identifier<Agent>(String(text.dropFirst("agent:".count))) else { return nil }
            self = .agent(id)
        default:
            let identifier = text.dropFirst("gateway:".count)
            guard text.hasPrefix("gateway:"), (1...60).contains(identifier.utf8.count) else { return nil }
            self = .gateway(String(identifier))
        }
    }

    /// `cash`, `bank-transfer`, `balance`, `gateway:<identifier>` or `agent:<id>`.
    public var description: String {
        switch self {
        case .cash: "cash"
        case .bankTransfer: "bank-transfer"
        case .balance: "balance"
        case .gateway(let identifier): "gateway:\(identifier)"
        case .agent(let id): "agent:\(id)"
        }
    }

    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let method = PaymentMethod(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "The method is not known.")
        }
        self = method
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
