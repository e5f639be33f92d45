/// A kind of numbered document.
public enum DocumentKind: String, Hashable, Sendable, CaseIterable, Codable {
    /// A demand for payment.
    case invoice
    /// What takes back a part of an invoice.
    case creditNote = "credit-note"
    /// What confirms a payment.
    case receipt
}
