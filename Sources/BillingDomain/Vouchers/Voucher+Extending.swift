extension Voucher {
    /// How often a voucher can be extended.
    public static let maximumExtensions = 1_000

    /// Adds time, data or session time, and gives the record of it; the only way back from expired and depleted.
    ///
    /// What has ended is active again, or unused if it never was in use, if nothing keeps it ended: one whose data and
    /// whose time are both over needs both. A disabled voucher stays disabled. Time added to one whose validity has not
    /// begun moves the time to begin it by. A revoked, refunded or written-off voucher cannot be extended.
    ///
    /// - Parameters:
    ///   - grant: What is added.
    ///   - id: The identity of the record.
    ///   - paid: What was paid for it; `nil` for a gift.
    ///   - actor: Who extends it.
    ///   - cause: Why.
    ///   - instant: When.
    ///   - calendar: What calendar periods are counted in.
    /// - Returns: The record, to be stored with the voucher.
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` where the state does not allow it.
    public mutating func extend(
        _ grant: VoucherGrant,
        id: Identifier<VoucherEntitlement>,
        paid: VoucherPayment? = nil,
        by actor: Actor,
        cause: String,
        at instant: Timestamp,
        calendar: any BusinessCalendar = FixedOffsetCalendar.utc
    ) throws(DomainError) -> VoucherEntitlement {
        guard access != .revoked, commercial != .refunded, commercial != .writtenOff else {
            throw illegal("extend", "it was withdrawn; sell another")
        }
        guard extensionCount < Self.maximumExtensions else {
            throw illegal("extend", "it was extended \(Self.maximumExtensions) times; sell another")
        }
        var extended = self
        try extended.add(grant, at: instant, in: calendar)
        if access.isFinal { try extended.reactivate(grant, at: instant) } else { extended.awaitConfirmation() }
        extended.extensionCount = extensionCount + 1
        let isTimed = grant.time != nil
        let record = VoucherEntitlement(
            id: id,
            tenant: tenant,
            voucher: self.id,
            grant: grant,
            previousEnd: isTimed ? expiresAt ?? activateBy : nil,
            newEnd: isTimed ? extended.expiresAt ?? extended.activateBy : nil,
            previousAccess: access,
            actor: actor,
            cause: cause,
            paid: paid,
            createdAt: instant
        )
        self = extended
        return record
    }

    private mutating func add(
        _ grant: VoucherGrant,
        at instant: Timestamp,
        in calendar: any BusinessCalendar
    ) throws(DomainError) {
        if let bytes = grant.bytes {
            guard terms.dataQuota != nil else { throw illegal("add data to", "it has no data limit") }
            extraBytes = extraBytes.saturatingAdding(bytes.bytes)
        }
        if let uptime = grant.uptime {
            guard terms.uptimeAllowance != nil else { throw illegal("add session time to", "it has no limit of it") }
            let sum = extraUptime.wholeMicroseconds.saturatingAdding(uptime.wholeMicroseconds)
            extraUptime = .microseconds(sum)
        }
        guard let time = grant.time else { return }
        func newEnd(_ end: Timestamp) -> Timestamp {
            time.end(from: grant.policy == .append ? max(instant, end) : instant, in: calendar)
        }
        let deadline = activatedAt == nil ? activateBy : nil
        guard expiresAt != nil || deadline != nil else { throw illegal("add time to", "its time has no end yet") }
        expiresAt = expiresAt.map(newEnd)
        if let deadline { activateByExtended = newEnd(deadline) }
    }

    private mutating func reactivate(_ grant: VoucherGrant, at instant: Timestamp) throws(DomainError) {
        if access == .depleted, grant.bytes == nil, grant.uptime == nil {
            throw illegal("extend", "its data or session time is used up; add some of that")
        }
        let end = activatedAt == nil ? endOfUnused : expiresAt
        guard !isAllowanceUsedUp, end.map({ instant < $0 }) ?? true else {
            throw illegal("extend", "it would still have ended; add time, data and session time as it needs")
        }
        access = activatedAt == nil ? .unused : .active
        endedAt = nil
        cleanedUpAt = nil
        provisionAgain()
    }
}
