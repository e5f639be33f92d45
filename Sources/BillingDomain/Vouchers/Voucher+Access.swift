/// The use side:
///
/// | move | from | to |
/// |---|---|---|
/// | ``activate(at:evidence:notBefore:calendar:)`` | unused | active |
/// | ``expire(at:)`` | unused, active | expired |
/// | ``deplete(at:)`` | active | depleted |
/// | ``disable()`` | unused, active | disabled |
/// | ``enable()`` | disabled | the state before |
/// | ``revoke(at:)`` | unused, active, disabled | revoked |
/// | ``extend(_:id:paid:by:cause:at:calendar:)`` | expired, depleted | active, or unused if it never was |
extension Voucher {
    /// Fixes what begins with its creation: the validity, where its terms start it then.
    ///
    /// Called once on a new voucher; without effect where the validity starts later.
    public mutating func issue(in calendar: any BusinessCalendar = FixedOffsetCalendar.utc) throws(DomainError) {
        guard access == .unused, commercial == .generated, validFrom == nil else {
            throw illegal("issue", "only a new voucher is issued, and once")
        }
        if terms.startRule == .onCreation { beginValidity(beforeLogin: createdAt, in: calendar) }
    }

    /// unused → active: the first login, which happens once and starts a validity that has not begun.
    ///
    /// - Parameters:
    ///   - instant: The earliest credible instant of it.
    ///   - evidence: What told us so.
    ///   - notBefore: When it was last known to be unused; better evidence may move the first login back to there.
    ///   - calendar: What calendar periods are counted in.
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` where the state does not allow it.
    public mutating func activate(
        at instant: Timestamp,
        evidence: ActivationEvidence,
        notBefore: Timestamp? = nil,
        calendar: any BusinessCalendar = FixedOffsetCalendar.utc
    ) throws(DomainError) {
        guard access == .unused else { throw illegal("activate", "only an unused voucher can be activated") }
        if let end = endOfUnused, end <= instant { throw illegal("activate", "it could be begun until \(end)") }
        access = .active
        activatedAt = instant
        activationEvidence = evidence
        activationNotBefore = notBefore.map { min(max($0, createdAt), instant) }
        limitUse(to: instant, in: calendar)
    }

    /// active or disabled → the same, its first login moved to an earlier instant that stronger evidence shows; says
    /// whether it moved.
    ///
    /// Evidence that is not stronger, or of an instant that is not earlier or lies before the voucher was last known to be
    /// unused, changes nothing; nor does any once the voucher was extended. A validity that began with the login ends
    /// earlier too.
    @discardableResult
    public mutating func improveActivation(
        to instant: Timestamp,
        evidence: ActivationEvidence,
        calendar: any BusinessCalendar = FixedOffsetCalendar.utc
    ) throws(DomainError) -> Bool {
        guard access == .active || access == .disabled, let activatedAt, let known = activationEvidence else {
            throw illegal("correct the first login of", "only one in use has a first login to correct")
        }
        guard known < evidence, instant < activatedAt, extensionCount == 0, let floor = activationNotBefore,
            instant >= floor
        else { return false }
        self.activatedAt = instant
        activationEvidence = evidence
        limitUse(to: instant, in: calendar)
        return true
    }

    /// active → expired once its use is over; unused → expired when it may no longer be begun.
    public mutating func expire(at instant: Timestamp) throws(DomainError) {
        let end: Timestamp?
        switch access {
        case .unused:
            end = endOfUnused
        case .active:
            end = expiresAt
        case .expired, .depleted, .disabled, .revoked:
            throw illegal("expire", "only an unused or active voucher can expire")
        }
        guard let end else { throw illegal("expire", "nothing ends it but its use") }
        guard end <= instant else { throw illegal("expire", "it is valid until \(end)") }
        finish(as: .expired, at: instant)
    }

    /// active → depleted: its data or session time is used up.
    public mutating func deplete(at instant: Timestamp) throws(DomainError) {
        guard access == .active else { throw illegal("deplete", "only an active voucher can be used up") }
        finish(as: .depleted, at: instant)
    }

    /// unused or active → disabled: switched off by hand, keeping what remains.
    ///
    /// A validity already begun runs on. A row that is present is pending until the router has confirmed it.
    public mutating func disable() throws(DomainError) {
        guard access == .unused || access == .active else {
            throw illegal("disable", "only an unused or active voucher can be disabled")
        }
        access = .disabled
        awaitConfirmation()
    }

    /// disabled → the state before, which is active if it had been logged in with and unused if not.
    ///
    /// A row that is present is pending until the router has confirmed it. What became due meanwhile is for
    /// ``endIfDue(at:)``.
    public mutating func enable() throws(DomainError) {
        guard access == .disabled else { throw illegal("enable", "only a disabled voucher can be enabled") }
        access = activatedAt == nil ? .unused : .active
        awaitConfirmation()
    }

    /// unused, active or disabled → revoked: withdrawn for good.
    ///
    /// What has ended by itself stays as it ended.
    public mutating func revoke(at instant: Timestamp) throws(DomainError) {
        guard !access.isFinal else { throw illegal("revoke", "it has already ended") }
        finish(as: .revoked, at: instant)
    }

    /// Begins the validity, and with it the time to its end, before the first login.
    mutating func beginValidity(beforeLogin instant: Timestamp, in calendar: any BusinessCalendar) {
        validBeforeLogin = instant
        expiresAt = terms.validityPeriod?.end(from: instant, in: calendar)
    }

    func illegal(_ move: String, _ reason: String) -> DomainError {
        DomainError(
            .illegalMove,
            "Cannot \(move) voucher \(maskedCode) (\(commercial.rawValue), \(access.rawValue), \(provisioning.rawValue)): \(reason)."
        )
    }

    /// Sets the end of use that follows from the first login: of a validity that begins with it, and of the deadline.
    private mutating func limitUse(to activation: Timestamp, in calendar: any BusinessCalendar) {
        if validBeforeLogin == nil { expiresAt = terms.validityPeriod?.end(from: activation, in: calendar) }
        guard let longest = terms.deadlines.useAfterActivation else { return }
        let latest = activation + longest
        expiresAt = min(expiresAt ?? latest, latest)
    }

    private mutating func finish(as state: AccessState, at instant: Timestamp) {
        access = state
        endedAt = instant
        if desiredPresence != .absent { awaitConfirmation() }
    }
}
