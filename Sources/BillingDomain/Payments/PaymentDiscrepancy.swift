/// Why money that is there cannot simply be counted.
public enum PaymentDiscrepancy: String, Hashable, Sendable, CaseIterable, Codable {
    /// More or less than was asked for.
    case amount
    /// Another currency than was asked for.
    case currency
    /// One receipt number with two amounts.
    case receipt
    /// More went back than came in, or money of a currency in which nothing came in.
    case overRefunded = "over-refunded"
}
