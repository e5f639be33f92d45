/// Who pays the fee of a payment.
public enum FeeBearer: String, Hashable, Sendable, CaseIterable, Codable {
    /// The customer: the fee is added to what they pay.
    case payer
    /// The seller: the fee is taken from what they receive.
    case seller
}
