/// Revenue that is earned evenly over a span of time, instead of at first use.
public struct StraightLineRecognition: Hashable, Sendable {
    /// What is earned in all.
    public let total: Money

    /// When it begins to be earned.
    public let start: Timestamp

    /// When all of it is earned.
    public let end: Timestamp

    /// Creates a schedule; one that ends before it starts earns all at its start.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for a negative total.
    public init(_ total: Money, from start: Timestamp, until end: Timestamp) throws(DomainError) {
        try PostingRecipe.requireNotNegative(total)
        self.total = total
        self.start = start
        self.end = max(start, end)
    }

    /// What has been earned by an instant: grows with time, rounded down to the minor unit, and is all of it at the end.
    public func earned(at instant: Timestamp) -> Money {
        guard instant < end else { return total }
        guard instant > start else { return .zero(total.currency) }
        // Of instants in the order above the differences are positive and fit 64 bits without a sign.
        let passed = UInt64(bitPattern: instant.microsecondsSince1970 &- start.microsecondsSince1970)
        let span = UInt64(bitPattern: end.microsecondsSince1970 &- start.microsecondsSince1970)
        let units = span.dividingFullWidth(total.minorUnits.magnitude.multipliedFullWidth(by: passed)).quotient
        return Money(minorUnits: Int64(clamping: units), currency: total.currency)
    }

    /// What is to be recognised at an instant when some was recognised before; zero when nothing is.
    public func due(at instant: Timestamp, recognised: Money) throws(DomainError) -> Money {
        let due = try earned(at: instant) - recognised
        return due.isNegative ? .zero(total.currency) : due
    }
}
