extension Subscription {
    /// active, grace, paused or suspended for debt → suspended by hand, with a reason.
    ///
    /// Paid time that is left is kept, unless the terms invoice suspended time.
    public mutating func suspend(at instant: Timestamp, reason: String) throws(DomainError) {
        guard isPayable || state == .paused else { throw illegal("suspend", "only one that is not yet halted can be") }
        try Self.check(reason)
        if state == .active || state == .grace { haltedAt = instant }
        state = .suspended
        suspensionCause = .byHand
        self.reason = reason
    }

    /// active → paused at the customer's wish, where the terms allow it; the paid time that is left is kept.
    public mutating func pause(at instant: Timestamp) throws(DomainError) {
        guard state == .active else { throw illegal("pause", "only an active one can be") }
        guard terms.allowsPause else { throw illegal("pause", "its terms do not allow it") }
        guard let paidThrough, paidThrough > instant else { throw illegal("pause", "its paid time is over") }
        state = .paused
        haltedAt = instant
    }

    /// paused → active; suspended by hand → active if paid time is left, and suspended for debt if none is.
    ///
    /// The time of the halt is put on to the paid time, so that none of it is invoiced, unless the terms say otherwise.
    public mutating func resume(at instant: Timestamp) throws(DomainError) {
        switch state {
        case .paused: break
        case .suspended where suspensionCause == .byHand: break
        case .suspended: throw illegal("resume", "it has to be paid first")
        case .pendingPayment, .active, .grace, .terminated, .cancelled:
            throw illegal("resume", "only one that is paused or suspended by hand can be")
        }
        let keepsTime = state == .paused || !terms.invoicesSuspendedTime
        if keepsTime, let haltedAt, let end = paidThrough, end > haltedAt, instant > haltedAt {
            shift += instant - haltedAt
            paidThrough = end + (instant - haltedAt)
        }
        reason = nil
        guard let paidThrough, paidThrough > instant else {
            state = .suspended
            suspensionCause = .unpaid
            haltedAt = instant
            return
        }
        state = .active
        suspensionCause = nil
        haltedAt = nil
    }

    /// active or grace stays: other terms from the end of the paid time on.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` in any other state or when periods of other terms
    ///   are paid already, with ``DomainError/Code/currencyMismatch`` for terms in another currency.
    public mutating func scheduleChange(to newTerms: SubscriptionTerms) throws(DomainError) {
        guard state.isServed else { throw illegal("schedule a change of", "only one that is served can be changed") }
        guard scheduledPeriods == 0 else { throw illegal("schedule a change of", "other terms are paid already") }
        try checkCurrency(of: newTerms)
        scheduledTerms = newTerms
    }

    /// active or grace stays: the scheduled terms are forgotten.
    public mutating func withdrawChange() throws(DomainError) {
        guard state.isServed, scheduledTerms != nil else {
            throw illegal("withdraw the change of", "none is scheduled")
        }
        guard scheduledPeriods == 0 else { throw illegal("withdraw the change of", "it is paid already") }
        scheduledTerms = nil
    }

    /// active or grace stays: it will be cancelled when the paid time ends, or now if that is over.
    public mutating func scheduleCancellation() throws(DomainError) {
        guard state.isServed else { throw illegal("schedule the end of", "only one that is served can end later") }
        endsWithPeriod = true
    }

    /// active or grace stays: it goes on after all.
    public mutating func withdrawCancellation() throws(DomainError) {
        guard state.isServed, endsWithPeriod else { throw illegal("withdraw the end of", "none is scheduled") }
        endsWithPeriod = false
    }

    /// Anything that was ever paid and has not ended → terminated by the house, with a reason.
    public mutating func terminate(at instant: Timestamp, reason: String) throws(DomainError) {
        guard !state.isFinal else { throw illegal("terminate", "it has already ended") }
        guard state != .pendingPayment else { throw illegal("terminate", "it never began; cancel it") }
        try Self.check(reason)
        end(.terminated, at: instant, reason: reason)
    }

    /// Anything that has not ended → cancelled at the customer's wish.
    public mutating func cancel(at instant: Timestamp, reason: String? = nil) throws(DomainError) {
        guard !state.isFinal else { throw illegal("cancel", "it has already ended") }
        if let reason { try Self.check(reason) }
        end(.cancelled, at: instant, reason: reason)
    }

    /// Whether it can take a payment: served, or suspended for debt.
    public var isPayable: Bool { state.isServed || (state == .suspended && suspensionCause == .unpaid) }

    mutating func end(_ final: SubscriptionState, at instant: Timestamp, reason: String?) {
        state = final
        endedAt = instant
        self.reason = reason
        endsWithPeriod = false
        suspensionCause = nil
        giveUpRuns()
    }

    static func check(_ reason: String) throws(DomainError) {
        guard (1...500).contains(reason.utf8.count) else {
            throw DomainError(.invalidValue, field: "reason", "A reason has 1 to 500 bytes.")
        }
    }
}
