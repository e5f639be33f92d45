/// The number of a document, given once when it is issued.
public struct DocumentNumber: Hashable, Sendable, CustomStringConvertible {
    /// The kind of document it numbers.
    public let kind: DocumentKind

    /// The year whose documents are counted apart, if they are.
    public let year: Int?

    /// The place in the count, from 1 on.
    public let sequence: Int64

    /// The number as it is printed, such as `INV-2026-00042`.
    public let text: String

    /// Recreates a stored number.
    public init(kind: DocumentKind, year: Int?, sequence: Int64, text: String) {
        self.kind = kind
        self.year = year
        self.sequence = sequence
        self.text = text
    }

    /// The number as it is printed.
    public var description: String { text }
}
