extension Subscription {
    /// How many periods one payment may grant.
    public static let maximumPeriods: Int64 = 1200

    /// pending payment → active: the first payment, which starts the first period.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` in any other state, with
    ///   ``DomainError/Code/invalidValue`` for a number of periods outside 1…``maximumPeriods``.
    public mutating func activate(
        on ground: RenewalGround,
        periods: Int64 = 1,
        at instant: Timestamp,
        in calendar: some BusinessCalendar
    ) throws(DomainError) {
        guard state == .pendingPayment else { throw illegal("activate", "only one that waits for payment can be") }
        try Self.check(periods)
        begin(terms, periods: periods, at: calendar.local(instant), in: calendar)
        state = .active
        lastGround = ground
    }

    /// active, grace or suspended for debt → active: more periods are paid.
    ///
    /// While service lasts, grace included, the new period follows the old one, or begins now if the terms say
    /// ``ExtensionPolicy/restart``. After a suspension it begins now, unless the terms invoice suspended time: then the
    /// periods without service are paid first, and one that is still behind stays as it is. Where other terms are
    /// scheduled, the periods are of those.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` in any other state or for the ground of the last
    ///   renewal, with ``DomainError/Code/invalidValue`` for a number of periods outside 1…``maximumPeriods``.
    public mutating func renew(
        on ground: RenewalGround,
        periods: Int64 = 1,
        at instant: Timestamp,
        in calendar: some BusinessCalendar
    ) throws(DomainError) {
        let (schedule, paidThrough) = try payable("renew", on: ground)
        try Self.check(periods)
        lastGround = ground
        endsWithPeriod = false
        let restarts = state == .suspended ? !terms.invoicesSuspendedTime : terms.extensionPolicy == .restart
        if let scheduledTerms {
            if state == .active, paidThrough > instant, !restarts {
                scheduledPeriods = scheduledPeriods.saturatingAdding(periods)
                return
            }
            let start = restarts ? instant : paidThrough
            begin(
                scheduledTerms,
                periods: scheduledPeriods.saturatingAdding(periods),
                at: calendar.local(start),
                in: calendar
            )
        } else if restarts {
            begin(terms, periods: periods, at: calendar.local(instant), in: calendar)
        } else {
            paidPeriods = paidPeriods.saturatingAdding(periods)
            self.paidThrough = schedule.instant(paidPeriods, in: calendar) + shift
        }
        serveIfPaid(at: instant)
    }

    /// active, grace or suspended for debt → active: other terms at once, with periods of them from now on.
    ///
    /// What the old terms leave unused is ``unusedCredit(at:basis:in:)``, to be taken before this move.
    ///
    /// - Throws: As ``renew(on:periods:at:in:)`` does, and ``DomainError`` with ``DomainError/Code/currencyMismatch``
    ///   for terms in another currency.
    public mutating func change(
        to newTerms: SubscriptionTerms,
        on ground: RenewalGround,
        periods: Int64 = 1,
        at instant: Timestamp,
        in calendar: some BusinessCalendar
    ) throws(DomainError) {
        _ = try payable("change", on: ground)
        try Self.check(periods)
        try checkCurrency(of: newTerms)
        begin(newTerms, periods: periods, at: calendar.local(instant), in: calendar)
        lastGround = ground
        endsWithPeriod = false
        serveIfPaid(at: instant)
    }

    /// Stays pending payment: other terms before anything is paid.
    public mutating func amend(to newTerms: SubscriptionTerms) throws(DomainError) {
        guard state == .pendingPayment else { throw illegal("amend", "its terms are paid for; change them instead") }
        terms = newTerms
    }

    /// What is paid for and not used at an instant, to be credited before a change or a refund.
    ///
    /// Whole periods ahead count in full, the present one by its unused part. While it is halted, the time of the halt
    /// counts instead of `instant`. Zero where nothing is paid ahead, and once it has ended.
    public func unusedCredit(
        at instant: Timestamp,
        basis: ProrationBasis,
        in calendar: some BusinessCalendar
    ) throws(DomainError) -> Money {
        guard !state.isFinal else { return .zero(terms.price.currency) }
        let prepaid = try (scheduledTerms?.price ?? terms.price) * scheduledPeriods
        let moment = haltedAt ?? instant
        guard let schedule, let paidThrough, moment < paidThrough else { return prepaid }
        let number = schedule.periodNumber(at: moment - shift, in: calendar)
        let period = schedule.period(number, in: calendar)
        let part = try basis.split(
            terms.price,
            over: (period.lowerBound + shift)..<(period.upperBound + shift),
            at: moment,
            in: calendar
        )
        let ahead = try terms.price * max(0, paidPeriods.saturatingSubtracting(number).saturatingSubtracting(1))
        return try part.unused + ahead + prepaid
    }

    /// What a prepaid balance allows: never more than the paid part of it covers, and nothing unless it was wished for.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/currencyMismatch`` for a balance of another currency.
    public func autoRenewal(fromBalance balance: Money) throws(DomainError) -> AutoRenewal {
        guard autoRenews, state == .active || state == .grace, !endsWithPeriod else { return .off }
        let price = scheduledTerms?.price ?? terms.price
        let missing = try price - balance
        return missing.isNegative || missing.isZero ? .affordable(price) : .short(missing)
    }

    /// The periods without service that have to be paid before service resumes: none, unless the terms invoice them.
    public func periodsOwed(at instant: Timestamp, in calendar: some BusinessCalendar) -> Int64 {
        guard state == .suspended, suspensionCause == .unpaid, terms.invoicesSuspendedTime, let schedule else {
            return 0
        }
        return max(0, schedule.periodNumber(at: instant - shift, in: calendar).saturatingSubtracting(paidPeriods))
    }

    func checkCurrency(of newTerms: SubscriptionTerms) throws(DomainError) {
        guard newTerms.price.currency == terms.price.currency else {
            throw DomainError(
                .currencyMismatch,
                "A subscription in \(terms.price.currency) stays in it; end it and begin one in the other currency."
            )
        }
    }

    mutating func begin(
        _ newTerms: SubscriptionTerms,
        periods: Int64,
        at start: LocalDateTime,
        in calendar: some BusinessCalendar
    ) {
        terms = newTerms
        scheduledTerms = nil
        scheduledPeriods = 0
        anchor = start
        paidPeriods = periods
        shift = .zero
        paidThrough = CycleSchedule(anchor: start, cycle: newTerms.cycle).instant(periods, in: calendar)
    }

    private mutating func serveIfPaid(at instant: Timestamp) {
        guard let paidThrough, paidThrough > instant else { return }
        state = .active
        haltedAt = nil
        suspensionCause = nil
        reason = nil
        postponedUntil = nil
        postponementReason = nil
    }

    private func payable(
        _ move: String,
        on ground: RenewalGround
    ) throws(DomainError) -> (CycleSchedule, Timestamp) {
        switch state {
        case .active, .grace: break
        case .suspended where suspensionCause == .unpaid: break
        case .suspended, .paused: throw illegal(move, "resume it first")
        case .pendingPayment: throw illegal(move, "activate it with its first payment")
        case .terminated, .cancelled: throw illegal(move, "it has ended; begin a new one")
        }
        guard ground != lastGround else { throw illegal(move, "\(ground) has been counted already") }
        guard let schedule, let paidThrough else { throw illegal(move, "it has never been paid") }
        return (schedule, paidThrough)
    }

    private static func check(_ periods: Int64) throws(DomainError) {
        guard (1...maximumPeriods).contains(periods) else {
            throw DomainError(.invalidValue, field: "periods", "A payment grants 1 to \(maximumPeriods) periods.")
        }
    }
}
