/// When the validity of a voucher begins.
public enum StartRule: String, Hashable, Sendable, CaseIterable {
    /// With the first login.
    case onFirstLogin = "on-first-login"
    /// With the sale.
    case onSale = "on-sale"
    /// When it is generated; what interfaces call `auto_activate`.
    case onCreation = "on-creation"

    /// The rule that the word `auto_activate` of an interface stands for.
    public init(autoActivate: Bool) { self = autoActivate ? .onCreation : .onFirstLogin }
}
