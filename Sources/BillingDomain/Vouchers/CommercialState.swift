/// The money side of a voucher.
public enum CommercialState: String, Hashable, Sendable, CaseIterable {
    /// In stock: expected revenue only, nothing posted.
    case generated
    /// Kept back for a payment under way.
    case reserved
    /// Paid for.
    case sold
    /// Paid back.
    case refunded
    /// Given up: lost, destroyed, or never paid.
    case writtenOff = "written-off"
}
