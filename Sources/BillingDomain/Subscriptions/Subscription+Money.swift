extension Subscription {
    /// What is paid for and not used at an instant: what a change or a cancellation credits.
    ///
    /// Whole periods ahead count in full, the present one by its unused part. While it is halted, the time of the halt
    /// counts instead of `instant`, unless the terms invoice it. Gifts and what has gone back already do not count. Zero
    /// where nothing is paid ahead, and once it has ended.
    public func unusedCredit(
        at instant: Timestamp,
        basis: ProrationBasis,
        in calendar: some BusinessCalendar
    ) throws(DomainError) -> Money {
        try .sum(unused(at: instant, basis: basis, in: calendar), in: terms.price.currency)
    }

    /// Takes back what ``unusedCredit(at:basis:in:)`` says, from each run its part, before a change or a cancellation.
    public mutating func takeBackUnused(
        at instant: Timestamp,
        basis: ProrationBasis,
        in calendar: some BusinessCalendar
    ) throws(DomainError) -> [ReturnedUnits] {
        var returned: [ReturnedUnits] = []
        for (index, amount) in try unused(at: instant, basis: basis, in: calendar).enumerated() where !amount.isZero {
            returned.append(try runs[index].takeBack(amount))
        }
        return returned
    }

    /// Takes back an amount of what a ground paid: the periods are served all the same, but never paid back again.
    ///
    /// What is not found any more because its time has passed was earned, but for the tax in it: `tax` is what the amount
    /// includes then.
    public mutating func takeBack(
        _ amount: Money,
        of ground: RenewalGround,
        includingTax tax: Money? = nil
    ) throws(DomainError) -> ReturnedUnits {
        let nothing = Money.zero(amount.currency)
        if let index = runs.lastIndex(where: { $0.ground == ground }), amount.currency == terms.price.currency {
            let units = try runs[index].takeBack(amount)
            let rest = try amount - units.paid - units.granted
            return ReturnedUnits(
                ground: ground,
                paid: try units.paid + rest,
                granted: units.granted,
                deferred: units.deferred,
                earned: try units.earned + rest,
                tax: units.tax
            )
        }
        let tax = tax ?? nothing
        return ReturnedUnits(
            ground: ground,
            paid: amount,
            granted: nothing,
            deferred: nothing,
            earned: try amount - tax,
            tax: tax
        )
    }

    /// Undoes ``takeBack(_:of:includingTax:)``: what was held is held again.
    ///
    /// - Returns: Whether its periods are still served; if not, nothing has changed.
    public mutating func putBack(
        deferred: Money,
        earned: Money,
        tax: Money,
        of ground: RenewalGround
    ) throws(DomainError) -> Bool {
        guard let index = runs.lastIndex(where: { $0.ground == ground && $0.standing != .over }) else { return false }
        let returned = try runs[index].returned - deferred - earned - tax
        guard !returned.isNegative else { return false }
        runs[index].returned = returned
        runs[index].earned = try runs[index].earned + earned
        runs[index].tax = try runs[index].tax + tax
        return true
    }

    /// Recognises what each run has earned by an instant, evenly over its time, and all of what is over.
    ///
    /// - Returns: What was not recognised before.
    public mutating func earn(at instant: Timestamp, in calendar: some BusinessCalendar) throws(DomainError) -> Money {
        let moment = served(until: instant) - shift
        var due = Money.zero(terms.price.currency)
        var kept: [PeriodRun] = []
        for (index, number) in numbers.enumerated() {
            var run = runs[index]
            let price = try run.price
            var isPast = run.standing == .over
            var target = isPast ? price : .zero(price.currency)
            if let number, let schedule {
                let start = schedule.instant(number.lowerBound, in: calendar)
                let end = schedule.instant(number.upperBound, in: calendar)
                target = try StraightLineRecognition(price, from: start, until: end).earned(at: moment)
                isPast = end <= moment
            }
            due = try due + run.earn(upTo: target)
            // The last one says which ground was counted last.
            if !isPast || index == runs.count - 1 { kept.append(run) }
        }
        runs = kept
        return due
    }

    /// Whether anything of it is still to be earned.
    public var isEarning: Bool { runs.contains { run in (try? run.held.isZero) != true } }

    /// The price of a period that is paid next, as the price list has it: what is asked for it may be more by a tax.
    public var nextPrice: Money { scheduledTerms?.price ?? terms.price }

    /// Why the last periods were granted.
    public var lastGround: RenewalGround? { runs.last?.ground }

    /// How many periods of the scheduled terms are paid already.
    public var scheduledPeriods: Int64 { periods(.scheduled) }

    func periods(_ standing: PeriodRun.Standing) -> Int64 {
        runs.reduce(0) { $1.standing == standing ? $0.saturatingAdding(max(0, $1.periods)) : $0 }
    }

    /// Until when it was served as of an instant: a halt that is not invoiced stands still.
    private func served(until instant: Timestamp) -> Timestamp {
        guard let haltedAt, state == .paused || !terms.invoicesSuspendedTime else { return instant }
        return min(instant, haltedAt)
    }

    /// The periods that each run is, counted from the anchor; `nil` for those that are not of the present schedule.
    private var numbers: [Range<Int64>?] {
        var next = max(0, paidPeriods.saturatingSubtracting(periods(.current)))
        return runs.map { run in
            guard run.standing == .current else { return nil }
            let start = next
            next = next.saturatingAdding(max(0, run.periods))
            return start..<next
        }
    }

    /// What of each run is not used.
    private func unused(
        at instant: Timestamp,
        basis: ProrationBasis,
        in calendar: some BusinessCalendar
    ) throws(DomainError) -> [Money] {
        let nothing = Money.zero(terms.price.currency)
        guard !state.isFinal else { return runs.map { _ in nothing } }
        let moment = served(until: instant)
        let present = schedule?.periodNumber(at: moment - shift, in: calendar) ?? 0
        var amounts: [Money] = []
        for (number, run) in zip(numbers, runs) {
            var unused = try run.standing == .scheduled ? run.price : nothing
            if let number, let schedule {
                let one = try run.price.fraction(1, of: max(1, run.periods))
                unused = try one * max(0, number.upperBound - max(number.lowerBound, present.saturatingAdding(1)))
                if number.contains(present) {
                    let period = schedule.period(present, in: calendar)
                    let shifted = (period.lowerBound + shift)..<(period.upperBound + shift)
                    unused = try unused + basis.split(one, over: shifted, at: moment, in: calendar).unused
                }
            }
            amounts.append(try .larger(unused - run.returned, nothing))
        }
        return amounts
    }
}
