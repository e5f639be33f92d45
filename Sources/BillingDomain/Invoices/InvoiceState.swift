/// Where an invoice stands.
public enum InvoiceState: String, Hashable, Sendable, CaseIterable, Codable {
    /// Being written; it has no number.
    case draft
    /// Sent, and nothing of it settled.
    case issued
    /// A part is paid or credited.
    case partlyPaid = "partly-paid"
    /// All is paid or credited.
    case paid
    /// Withdrawn; its number stays used.
    case void
    /// Given up: the debt is a loss.
    case writtenOff = "written-off"

    /// Whether something may still be owed on it.
    public var isOpen: Bool { self == .issued || self == .partlyPaid }
}
