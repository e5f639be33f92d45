/// Where money that is not a customer's is kept.
public enum CashPlace: String, Hashable, Sendable, CaseIterable {
    /// The drawer of whoever acts, whose shift must be open.
    case drawer
    /// Cash that is in nobody's drawer.
    case safe
    /// The bank account.
    case bank
}
