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

    /// What the router itself should enforce on a row, which holds what is left: the allowances less what had been counted
    /// before the counters of that row began.
    ///
    /// A row that is made anew counts from zero, so the whole allowance would be a fresh one. The session time is bounded by
    /// the time on the wall as well; it is one second for a row that only gives notice. A row that was moved has no limits,
    /// and one that goes on after its quota none of bytes.
    ///
    /// - Parameter counted: what had been counted before: the base of the usage for the row that stands there, all of it
    ///   for one that is made now.
    /// - Returns: the limits.
    public func limits(ofRowAfter counted: VoucherUsage.Counters) -> RowLimits {
        var isNotice = false
        if access == .expired || access == .depleted, isCleanedUp {
            switch terms.expiryRule.action {
            case .moveTo: return RowLimits()
            case .notice: isNotice = true
            case .keep, .remove: break
            }
        }
        let uptime = [longestOnWall, uptimeLimit?.rest(after: counted.uptime)].compactMap { $0 }.min()
        let isThrottling = if case .throttle = terms.quotaEnd { true } else { false }
        return RowLimits(
            uptime: isNotice ? .seconds(1) : uptime,
            bytes: isThrottling ? nil : dataLimit?.rest(after: counted.bytesTotal)
        )
    }

    /// The session time that the router itself should enforce on the row that stands there; `nil` for no limit.
    public var desiredUptimeLimit: Duration? { limits(ofRowAfter: usage.base).uptime }

    /// The bytes that the router itself should enforce on the row that stands there; `nil` for no limit.
    public var desiredByteLimit: ByteQuota? { limits(ofRowAfter: usage.base).bytes }

    /// The longest that use can go on by the clock on the wall, which bounds it while the router is out of our reach.
    private var longestOnWall: Duration? {
        if extensionCount > 0, let activatedAt, let expiresAt { return max(.seconds(1), expiresAt - activatedAt) }
        return [terms.validityPeriod?.longest, terms.deadlines.useAfterActivation].compactMap { $0 }.min()
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
