/// What the row of a voucher on its router should say.
extension Voucher {
    /// How its row should stand on the router: the intent that provisioning converges to.
    ///
    /// A disabled voucher keeps its row, because removing the row would lose the counters of what was used. What has ended
    /// stays switched off until the delay of the expiry rule is over, then as the rule says.
    public var desiredPresence: RouterPresence {
        switch access {
        case .unused, .active: return .enabled
        case .disabled: return .disabled
        case .revoked: return .absent
        case .expired, .depleted:
            guard isCleanedUp else { return .disabled }
            return switch terms.expiryRule.action {
            case .keep: .disabled
            case .notice, .moveTo: .enabled
            case .remove: .absent
            }
        }
    }

    /// The user profile that its row should have.
    public var desiredProfile: String {
        if access == .expired || access == .depleted {
            if isCleanedUp, case .moveTo(let profile) = terms.expiryRule.action { return profile }
        } else if isThrottled, case .throttle(let profile) = terms.quotaEnd {
            return profile
        }
        return terms.routerProfile
    }

    /// The session time that the router itself should enforce: the smaller of the uptime allowance and the time on the
    /// wall; one second for a row that only gives notice, none for one that was moved.
    public var desiredUptimeLimit: Duration? {
        if access == .expired || access == .depleted, isCleanedUp {
            switch terms.expiryRule.action {
            case .notice: return .seconds(1)
            case .moveTo: return nil
            case .keep, .remove: break
            }
        }
        guard extensionCount > 0 else { return terms.routerUptimeLimit }
        let wall: Duration? =
            if let activatedAt, let expiresAt { max(.seconds(1), expiresAt - activatedAt) } else {
                [terms.validityPeriod?.longest, terms.deadlines.useAfterActivation].compactMap { $0 }.min()
            }
        return [wall, uptimeLimit].compactMap { $0 }.min()
    }

    /// The bytes that the router itself should enforce; none where access goes on after the quota.
    public var desiredByteLimit: ByteQuota? {
        if access == .expired || access == .depleted, isCleanedUp, case .moveTo = terms.expiryRule.action { return nil }
        if case .throttle = terms.quotaEnd { return nil }
        return dataLimit
    }

    /// The password that its row should have: its own, or the code.
    public var routerPassword: String { password?.value ?? code }

    /// When the row of a voucher that has ended is due to be cleaned up; `nil` while it has not ended, and afterwards.
    ///
    /// One whose data can be topped up waits for the end of its validity first.
    public var cleanUpDue: Timestamp? {
        guard let endedAt, access.isFinal, !isCleanedUp else { return nil }
        return (waitsForTopUp ? max(endedAt, expiresAt ?? endedAt) : endedAt) + terms.expiryRule.delay
    }

    /// expired or depleted → the same, its row given up to the expiry rule; once, when it is due.
    public mutating func cleanUp(at instant: Timestamp) throws(DomainError) {
        guard let cleanUpDue else {
            throw illegal("clean up", access.isFinal ? "that is done" : "only what has ended is cleaned up")
        }
        guard cleanUpDue <= instant else { throw illegal("clean up", "its row is kept until \(cleanUpDue)") }
        cleanedUpAt = instant
        if desiredPresence != .absent { awaitConfirmation() }
    }

    /// Whether the expiry rule holds for the row already.
    private var isCleanedUp: Bool {
        cleanedUpAt != nil || access == .revoked || (terms.expiryRule.delay == .zero && !waitsForTopUp)
    }

    private var waitsForTopUp: Bool { access == .depleted && terms.quotaEnd == .topUp && isDataUsedUp }
}
