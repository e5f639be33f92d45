/// Why a subscription is suspended.
public enum SuspensionCause: String, Hashable, Sendable, CaseIterable, Codable {
    /// Its paid time and its grace are over.
    case unpaid
    /// Somebody switched it off.
    case byHand = "by-hand"
}
