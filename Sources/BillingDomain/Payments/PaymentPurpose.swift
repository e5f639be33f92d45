/// What a payment is for.
public enum PaymentPurpose: Hashable, Sendable, LosslessStringConvertible {
    /// An invoice.
    case invoice(Identifier<Invoice>)
    /// Periods of a subscription.
    case subscription(Identifier<Subscription>)
    /// The customer's prepaid balance.
    case topUp
    /// One voucher.
    case voucher(Identifier<Voucher>)

    /// Reads `invoice:<id>`, `subscription:<id>`, `voucher:<id>` or `top-up`; anything else is `nil`.
    public init?(_ text: String) {
        if text == "top-up" {
            self = .topUp
            return
        }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let value = String(parts[1])
        switch parts[0] {
        case "invoice":
            guard let id = Identifier<Invoice>(value) else { return nil }
            self = .invoice(id)
        case "subscription":
            guard let id = Identifier<Subscription>(value) else { return nil }
            self = .subscription(id)
        case "voucher":
            guard let id = Identifier<Voucher>(value) else { return nil }
            self = .voucher(id)
        default: return nil
        }
    }

    /// `invoice:<id>`, `subscription:<id>`, `voucher:<id>` or `top-up`.
    public var description: String {
        switch self {
        case .invoice(let id): "invoice:\(id)"
        case .subscription(let id): "subscription:\(id)"
        case .topUp: "top-up"
        case .voucher(let id): "voucher:\(id)"
        }
    }
}
