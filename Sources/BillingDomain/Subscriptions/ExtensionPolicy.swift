/// What becomes of the paid time that is left when a subscription is renewed early.
public enum ExtensionPolicy: String, Hashable, Sendable, CaseIterable, Codable {
    /// The new period follows the old one.
    case append
    /// The new period begins now, and the rest of the old one is lost.
    case restart
}
