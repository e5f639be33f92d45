extension Subscription {
    /// How many periods one payment may grant.
    public static let maximumPeriods: Int64 = 1200

    /// pending payment → active: the first payment, which starts the first period.
    ///
    /// `price` is what was paid for each period with the tax in it, that of the terms without tax where it is left out;
    /// `granted` is what of it was paid with given credit, nothing where it is left out.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` in any other state, with
    ///   ``DomainError/Code/invalidValue`` for a number of periods outside 1…``maximumPeriods``.
    public mutating func activate(
        on ground: RenewalGround,
        periods: Int64 = 1,
        price: TaxedPrice? = nil,
        granted: Money? = nil,
        at instant: Timestamp,
        in calendar: some BusinessCalendar
    ) throws(DomainError) {
        guard state == .pendingPayment else { throw illegal("activate", "only one that waits for payment can be") }
        try Self.check(periods)
        runs.append(try PeriodRun(ground, periods, at: paid(price, for: terms), granted: granted, .scheduled))
        begin(terms, at: calendar.local(instant), in: calendar)
        state = .active
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
        price: TaxedPrice? = nil,
        granted: Money? = nil,
        at instant: Timestamp,
        in calendar: some BusinessCalendar
    ) throws(DomainError) {
        let (schedule, paidThrough) = try payable("renew", on: ground)
        try Self.check(periods)
        let restarts = state == .suspended ? !terms.invoicesSuspendedTime : terms.extensionPolicy == .restart
        let appends = scheduledTerms == nil && !restarts
        let paid = try paid(price, for: scheduledTerms ?? terms)
        runs.append(try PeriodRun(ground, periods, at: paid, granted: granted, appends ? .current : .scheduled))
        endsWithPeriod = false
        if appends {
            paidPeriods = paidPeriods.saturatingAdding(periods)
            self.paidThrough = schedule.instant(paidPeriods, in: calendar) + shift
        } else if restarts || state != .active || paidThrough <= instant {
            let start = restarts ? instant : paidThrough
            begin(scheduledTerms ?? terms, at: calendar.local(start), in: calendar)
        } else {
            return
        }
        serveIfPaid(at: instant)
    }

    /// active, grace or suspended for debt → active: other terms at once, with periods of them from now on.
    ///
    /// What the old terms leave unused is to be taken back before this move, by ``takeBackUnused(at:basis:in:)``.
    ///
    /// - Throws: As ``renew(on:periods:price:granted:at:in:)`` does, and ``DomainError`` with ``DomainError/Code/currencyMismatch``
    ///   for terms in another currency.
    public mutating func change(
        to newTerms: SubscriptionTerms,
        on ground: RenewalGround,
        periods: Int64 = 1,
        price: TaxedPrice? = nil,
        granted: Money? = nil,
        at instant: Timestamp,
        in calendar: some BusinessCalendar
    ) throws(DomainError) {
        _ = try payable("change", on: ground)
        try Self.check(periods)
        try checkCurrency(of: newTerms)
        let run = try PeriodRun(ground, periods, at: paid(price, for: newTerms), granted: granted, .scheduled)
        giveUpRuns()
        runs.append(run)
        begin(newTerms, at: calendar.local(instant), in: calendar)
        endsWithPeriod = false
        serveIfPaid(at: instant)
    }

    /// Stays pending payment: other terms before anything is paid.
    public mutating func amend(to newTerms: SubscriptionTerms) throws(DomainError) {
        guard state == .pendingPayment else { throw illegal("amend", "its terms are paid for; change them instead") }
        terms = newTerms
    }

    /// What a prepaid balance, given credit included, allows of a renewal at a price: nothing unless it was wished for.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/currencyMismatch`` for a balance of another currency.
    public func autoRenewal(for price: Money, fromBalance balance: Money) throws(DomainError) -> AutoRenewal {
        guard autoRenews, state == .active || state == .grace, !endsWithPeriod else { return .off }
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

    private func paid(_ price: TaxedPrice?, for terms: SubscriptionTerms) throws(DomainError) -> TaxedPrice {
        guard let price else { return try TaxedPrice(asked: terms.price) }
        _ = try price.asked - terms.price
        return price
    }

    func checkCurrency(of newTerms: SubscriptionTerms) throws(DomainError) {
        guard newTerms.price.currency == terms.price.currency else {
            throw DomainError(
                .currencyMismatch,
                "A subscription in \(terms.price.currency) stays in it; end it and begin one in the other currency."
            )
        }
    }

    /// Begins terms with the runs that wait for them; what was served before is given up.
    mutating func begin(_ newTerms: SubscriptionTerms, at start: LocalDateTime, in calendar: some BusinessCalendar) {
        for index in runs.indices { runs[index].standing = runs[index].standing == .scheduled ? .current : .over }
        terms = newTerms
        scheduledTerms = nil
        anchor = start
        paidPeriods = periods(.current)
        shift = .zero
        paidThrough = CycleSchedule(anchor: start, cycle: newTerms.cycle).instant(paidPeriods, in: calendar)
    }

    mutating func giveUpRuns() {
        for index in runs.indices { runs[index].standing = .over }
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
