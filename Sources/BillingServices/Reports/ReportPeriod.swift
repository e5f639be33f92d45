public import BillingDomain

/// How a report divides its days.
public enum ReportPeriod: String, Hashable, Sendable, CaseIterable {
    /// Every day for itself.
    case day
    /// Weeks from Monday to Sunday.
    case week
    /// Months of the calendar.
    case month

    /// The parts of some days, in order: the first and the last may be shorter than a whole period.
    public func parts(of days: DateRange) -> [DateRange] {
        var parts: [DateRange] = []
        var start = days.start
        while start < days.end {
            let end = min(nextBeginning(after: start), days.end)
            guard let part = DateRange(start: start, end: end), !part.isEmpty else { break }
            parts.append(part)
            start = end
        }
        return parts
    }

    private func nextBeginning(after day: LocalDate) -> LocalDate {
        switch self {
        case .day: return day.adding(days: 1)
        case .week:
            // 1970-01-05 was a Monday.
            let intoWeek = ((day.daysSince1970 - 4) % 7 + 7) % 7
            return day.adding(days: 7 - intoWeek)
        case .month: return day.adding(months: 1, anchorDay: 1)
        }
    }
}
