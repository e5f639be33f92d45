extension Voucher {
    /// unused → active: the first login, which happens once and starts the validity.
    public mutating func activate(at instant: Timestamp, evidence: ActivationEvidence) throws(DomainError) {
        guard access == .unused else { throw illegal("activate", "only an unused voucher can be activated") }
        access = .active
        activatedAt = instant
        activationEvidence = evidence
        expiresAt = terms.validity.map { instant + $0 }
    }

    /// active → expired once the validity is over; unused → expired when it may no longer be begun.
    public mutating func expire(at instant: Timestamp) throws(DomainError) {
        switch access {
        case .unused:
            break
        case .active:
            guard let expiresAt else { throw illegal("expire", "its terms have no validity") }
            guard expiresAt <= instant else { throw illegal("expire", "it is valid until \(expiresAt)") }
        case .expired, .depleted, .disabled, .revoked:
            throw illegal("expire", "only an unused or active voucher can expire")
        }
        access = .expired
        endedAt = instant
    }

    /// active → depleted: its data or session time is used up.
    public mutating func deplete(at instant: Timestamp) throws(DomainError) {
        guard access == .active else { throw illegal("deplete", "only an active voucher can be used up") }
        access = .depleted
        endedAt = instant
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
    /// A row that is present is pending until the router has confirmed it.
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
        access = .revoked
        endedAt = instant
    }

    func illegal(_ move: String, _ reason: String) -> DomainError {
        DomainError(
            .illegalMove,
            "Cannot \(move) voucher \(code) (\(commercial.rawValue), \(access.rawValue), \(provisioning.rawValue)): \(reason)."
        )
    }
}
