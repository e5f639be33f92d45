extension Invoice {
    /// What has been earned by an instant of what is left of its net amount.
    ///
    /// A line with a period is earned evenly over its days, any other when the invoice is issued.
    public func earned(
        of rest: Money,
        at instant: Timestamp,
        in calendar: some BusinessCalendar
    ) throws(DomainError) -> Money {
        guard totals.net.minorUnits > 0 else { return rest }
        var sum = Money.zero(currency)
        for (line, share) in zip(lines, totals.shares) {
            guard let period = line.period else {
                sum = try sum + share
                continue
            }
            let start = calendar.instant(LocalDateTime(period.start))
            let end = calendar.instant(LocalDateTime(period.end))
            sum = try sum + StraightLineRecognition(share, from: start, until: end).earned(at: instant)
        }
        return try rest.fraction(sum.minorUnits, of: totals.net.minorUnits)
    }

    /// Notes that an amount was recognised at an instant, which may have been the last of it.
    public mutating func recognise(
        _ amount: Money,
        at instant: Timestamp,
        in calendar: some BusinessCalendar
    ) throws(DomainError) {
        earned = try earned + amount
        isEarning =
            isEarning
            && lines.contains { line in
                line.period.map { calendar.instant(LocalDateTime($0.end)) > instant } ?? false
            }
    }
}
