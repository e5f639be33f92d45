extension Subscription {
    /// When service ends: after the paid time, the days of grace, and what was promised; `nil` until it is first paid.
    ///
    /// Days of grace are days of the business calendar and end at the time of day at which the paid time ended.
    public func suspensionDue(in calendar: some BusinessCalendar) -> Timestamp? {
        guard let paidThrough else { return nil }
        var due = paidThrough
        if terms.graceDays > 0 {
            let end = calendar.local(paidThrough)
            due = max(
                due,
                calendar.instant(LocalDateTime(end.date.adding(days: Int64(terms.graceDays)), end.time))
            )
        }
        return max(due, postponedUntil ?? due)
    }

    /// When time alone moves it on: the end of the paid time, of grace, or of the wait for termination.
    public func nextDeadline(in calendar: some BusinessCalendar) -> Timestamp? {
        switch state {
        case .active: return paidThrough
        case .grace: return endsWithPeriod ? paidThrough : suspensionDue(in: calendar)
        case .suspended:
            guard suspensionCause == .unpaid, let haltedAt, let days = terms.terminationDays else { return nil }
            let halted = calendar.local(haltedAt)
            return calendar.instant(LocalDateTime(halted.date.adding(days: Int64(days)), halted.time))
        case .pendingPayment, .paused, .terminated, .cancelled: return nil
        }
    }

    /// active → active on its scheduled terms, cancelled, grace or suspended, once the paid time is over;
    /// grace → suspended, once grace and what was promised are over, or cancelled where that was asked for.
    public mutating func lapse(at instant: Timestamp, in calendar: some BusinessCalendar) throws(DomainError) {
        guard state == .active || state == .grace, let paidThrough, let due = suspensionDue(in: calendar) else {
            throw illegal("lapse", "only an active one, or one in grace, can")
        }
        guard paidThrough <= instant else { throw illegal("lapse", "it is paid until \(paidThrough)") }
        if state == .active {
            if let scheduledTerms, scheduledPeriods > 0 {
                begin(scheduledTerms, at: calendar.local(paidThrough), in: calendar)
                return
            }
        }
        if endsWithPeriod {
            end(.cancelled, at: instant, reason: nil)
            return
        }
        if state == .active, due > instant {
            state = .grace
            return
        }
        guard due <= instant else { throw illegal("lapse", "it is served until \(due)") }
        state = .suspended
        suspensionCause = .unpaid
        haltedAt = instant
    }

    /// Makes every move that time alone has brought due, each as of the instant it fell due; whether there was one.
    @discardableResult
    public mutating func advance(to instant: Timestamp, in calendar: some BusinessCalendar) throws(DomainError) -> Bool
    {
        var hasMoved = false
        while let deadline = nextDeadline(in: calendar), deadline <= instant {
            if state == .suspended {
                try terminate(at: deadline, reason: "not paid")
            } else {
                try lapse(at: deadline, in: calendar)
            }
            hasMoved = true
        }
        return hasMoved
    }

    /// active or grace stays, suspended for debt → grace: suspension is put off to a date, for a reason.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` in any other state, with
    ///   ``DomainError/Code/invalidValue`` for a date that is not ahead or a reason that is not 1 to 500 bytes.
    public mutating func postpone(
        until date: Timestamp,
        reason: String,
        at instant: Timestamp
    ) throws(DomainError) {
        guard isPayable else { throw illegal("postpone", "only one that is served or in debt can be") }
        guard date > instant else {
            throw DomainError(.invalidValue, field: "until", "Suspension is put off to a time that is still ahead.")
        }
        try Self.check(reason)
        postponedUntil = date
        postponementReason = reason
        guard state == .suspended else { return }
        state = .grace
        suspensionCause = nil
        haltedAt = nil
    }
}
