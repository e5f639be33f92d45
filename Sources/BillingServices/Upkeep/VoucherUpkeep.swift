public import BillingDomain
import BillingPersistence

/// What becomes of vouchers by the clock alone, in every tenant; not for people.
///
/// Any number of programs may run it at the same time: what one has done is no longer due for the others.
public struct VoucherUpkeep: Sendable {
    let context: ServiceContext

    static let actor = Actor.system("upkeep")
    private static let portion = 500

    /// Ends what is over, gives rows up to their expiry rules and puts reservations that ran out back in stock.
    ///
    /// A row whose rule has it kept for a while is given up at the first ``SettingKey/cleanUpTime`` after that.
    ///
    /// A tenant where that fails does not keep the others waiting: the first error is thrown after the last tenant.
    ///
    /// - Parameter instant: What was not due then is left alone, whatever the clock says by the time that a transaction has its
    ///   turn; nil for what is due by the clock.
    /// - Returns: What was done.
    /// - Throws: ``BillingError``: the first of any tenant.
    @discardableResult
    public func run(until instant: Timestamp? = nil) async throws -> UpkeepSummary {
        var summary = UpkeepSummary()
        var failure: (any Error)?
        for tenant in try await context.read(.system, { try $0.tenants() }) {
            do {
                summary += try await run(tenant.id, until: instant)
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return summary
    }

    /// The same for one tenant.
    @discardableResult
    public func run(_ tenant: Identifier<Tenant>, until instant: Timestamp? = nil) async throws -> UpkeepSummary {
        var summary = UpkeepSummary()
        while true {
            let portion = try await context.change(tenant, by: Self.actor) { change in
                let now = min(instant ?? change.now, change.now)
                var done = try change.endDue(by: now, limit: Self.portion)
                done.released = try change.releaseDue(by: now, limit: Self.portion)
                return done
            }
            summary += portion
            guard portion.total > 0 else { return summary }
        }
    }
}

extension Change {
    /// Does what is due to vouchers, the longest due first.
    fileprivate mutating func endDue(by now: Timestamp, limit: Int) throws -> UpkeepSummary {
        let settings = try store.settings()
        let ends = Query(Voucher.Columns.nextDeadline <= now, Voucher.Columns.access.isOne(of: [.unused, .active]))
        var due = try store.records(ends.sorted(by: Voucher.Columns.nextDeadline).first(limit).locked(.skip))
        if settings[.cleansUp] {
            let last = try calendar().last(settings[.cleanUpTime], until: now)
            let cleanUps = Query(
                Voucher.Columns.nextDeadline <= last,
                Voucher.Columns.access.isOne(of: AccessState.allCases.filter(\.isFinal))
            )
            due += try store.records(cleanUps.sorted(by: Voucher.Columns.nextDeadline).first(limit).locked(.skip))
        }
        var summary = UpkeepSummary()
        for before in due {
            var voucher = before
            if before.access.isFinal {
                try voucher.cleanUp(at: now)
                summary.cleanedUp += 1
                try audit("voucher.clean-up", "voucher:\(voucher.id)", voucher.maskedCode)
            } else {
                try voucher.endIfDue(at: now)
                if before.access == .active {
                    summary.expired += 1
                    try audit("voucher.expire", "voucher:\(voucher.id)", voucher.maskedCode)
                } else {
                    summary.lapsed += 1
                    try settleEnd(of: voucher, before: before)
                }
            }
            try converge([voucher])
        }
        return summary
    }

    fileprivate func releaseDue(by now: Timestamp, limit: Int) throws -> Int {
        let due = try store.records(
            Query(Voucher.Columns.reservedUntil <= now, Voucher.Columns.commercial == .reserved)
                .sorted(by: Voucher.Columns.reservedUntil).first(limit).locked(.skip)
        )
        try release(due)
        return due.count
    }
}

extension BusinessCalendar {
    /// The latest instant up to now at which the clocks showed a time of day.
    fileprivate func last(_ time: LocalTime, until now: Timestamp) -> Timestamp {
        let today = instant(LocalDateTime(date(now), time))
        return today <= now ? today : instant(LocalDateTime(date(now).adding(days: -1), time))
    }
}
