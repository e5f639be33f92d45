/// The count behind the numbers of one kind of document of a tenant: no number twice, and none left out.
///
/// The number is taken in the transaction that issues the document, so that a document that is not kept leaves no gap.
public struct DocumentSeries: Hashable, Sendable {
    /// The identity of the series.
    public let id: Identifier<DocumentSeries>

    /// The tenant whose documents are counted.
    public let tenant: Identifier<Tenant>

    /// The kind of document.
    public let kind: DocumentKind

    /// How a number is printed, such as `INV-{YYYY}-{00000}`.
    public let pattern: NumberPattern

    /// Whether the count begins anew with every year.
    public let restartsYearly: Bool

    /// The number that was given last; 0 for none.
    public private(set) var last: Int64

    /// The day of the document that got it.
    public private(set) var lastDate: LocalDate?

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates a series, or recreates a stored one.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for a pattern without a running number or with
    ///   random places, or without the year where the count restarts with it.
    public init(
        id: Identifier<DocumentSeries>,
        tenant: Identifier<Tenant>,
        kind: DocumentKind,
        pattern: NumberPattern,
        restartsYearly: Bool = false,
        last: Int64 = 0,
        lastDate: LocalDate? = nil,
        revision: Int64 = 1
    ) throws(DomainError) {
        guard pattern.hasNumber, pattern.possibilities == 1, !restartsYearly || pattern.hasYear else {
            throw DomainError(
                .invalidValue,
                field: "pattern",
                "Documents are numbered like INV-{00000}, or INV-{YYYY}-{00000} where the count restarts every year."
            )
        }
        self.id = id
        self.tenant = tenant
        self.kind = kind
        self.pattern = pattern
        self.restartsYearly = restartsYearly
        self.last = max(0, last)
        self.lastDate = lastDate
        self.revision = revision
    }

    /// Gives the next number to a document of a day.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for a day before that of the number given last,
    ///   because numbers run with time; with ``DomainError/Code/overflow`` at the end of 64 bits.
    public mutating func take(on date: LocalDate) throws(DomainError) -> DocumentNumber {
        if let lastDate, date < lastDate {
            throw DomainError(
                .invalidValue,
                field: "date",
                "The last number was given on \(lastDate); date it then or later."
            )
        }
        let restarts = restartsYearly && lastDate.map { $0.year < date.year } ?? false
        let (next, overflow) = (restarts ? 0 : last).addingReportingOverflow(1)
        guard !overflow else { throw DomainError(.overflow, "The series has no further number.") }
        last = next
        lastDate = date
        var nothing = NoRandomness()
        return DocumentNumber(
            kind: kind,
            year: restartsYearly ? date.year : nil,
            sequence: next,
            text: pattern.text(number: next, on: date, using: &nothing)
        )
    }

    /// Stands in where a pattern has no random place.
    private struct NoRandomness: RandomNumberGenerator {
        mutating func next() -> UInt64 { 0 }
    }
}
