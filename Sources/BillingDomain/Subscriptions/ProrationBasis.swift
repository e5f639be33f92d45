/// What a price is divided by when only part of its period is used.
public enum ProrationBasis: String, Hashable, Sendable, CaseIterable, Codable {
    /// Exact seconds.
    case seconds
    /// Whole days of the business calendar: the day of a change belongs to what comes after it.
    case days

    /// Divides the price of a period among the parts that cuts leave, in order; the parts sum to the price.
    ///
    /// Cuts outside the period count as its nearest end. A period without length belongs to its last part.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for a period too long for its microseconds.
    public func divide(
        _ price: Money,
        over period: Range<Timestamp>,
        at cuts: [Timestamp],
        in calendar: some BusinessCalendar
    ) throws(DomainError) -> [Money] {
        var weights: [Int64] = []
        var previous = position(period.lowerBound, in: calendar)
        let end = position(period.upperBound, in: calendar)
        for cut in cuts.sorted() {
            let next = min(max(position(cut, in: calendar), previous), end)
            weights.append(next.saturatingSubtracting(previous))
            previous = next
        }
        weights.append(end.saturatingSubtracting(previous))
        if !weights.contains(where: { $0 > 0 }) { weights[weights.count - 1] = 1 }
        return try price.allocate(by: weights)
    }

    /// The price of what is used up to `cut` and of what is not; together they are the price.
    public func split(
        _ price: Money,
        over period: Range<Timestamp>,
        at cut: Timestamp,
        in calendar: some BusinessCalendar
    ) throws(DomainError) -> (used: Money, unused: Money) {
        let parts = try divide(price, over: period, at: [cut], in: calendar)
        return (parts[0], parts[1])
    }

    private func position(_ instant: Timestamp, in calendar: some BusinessCalendar) -> Int64 {
        switch self {
        case .seconds: instant.secondsSince1970
        case .days: calendar.date(instant).daysSince1970
        }
    }
}
