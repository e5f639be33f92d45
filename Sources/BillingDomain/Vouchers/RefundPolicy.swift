/// How much of a voucher that has been used is paid back; one that has not is paid back in full.
public enum RefundPolicy: String, Hashable, Sendable, CaseIterable {
    /// Nothing.
    case nothing
    /// The part that is unused by time, session time or bytes, whichever is smallest.
    case unusedFraction = "unused-fraction"
}

extension Voucher {
    /// How much may be paid back at an instant, from nothing to what was paid; rounded down to the minor unit.
    ///
    /// A voucher that was never used gives all, unless its time to be begun ran out. Of one that was used, the policy
    /// decides; one without any limit has no part that could be told to be unused, so it gives nothing. One that was
    /// revoked counts as it stood when that happened; one that expired or was used up gives nothing.
    public func refundableAmount(at instant: Timestamp, policy: RefundPolicy) -> Money {
        let paid = paidPrice
        let nothing = Money.zero(paid.currency)
        guard commercial == .sold, access != .expired, access != .depleted, paid.minorUnits > 0 else { return nothing }
        let instant = access == .revoked ? min(instant, endedAt ?? instant) : instant
        if activatedAt == nil {
            return (endOfUnused.map { instant < $0 } ?? true) ? paid : nothing
        }
        guard policy == .unusedFraction else { return nothing }
        var parts: [(left: Int64, whole: Int64)] = []
        if let validFrom, let expiresAt {
            parts.append(Self.part((expiresAt - instant), of: expiresAt - validFrom))
        }
        if let uptimeLimit { parts.append(Self.part(uptimeLimit - usage.uptime, of: uptimeLimit)) }
        if let dataLimit {
            parts.append((dataLimit.bytes.saturatingSubtracting(usage.bytesTotal), dataLimit.bytes))
        }
        let amounts = parts.map { part -> Int64 in
            guard part.whole > 0 else { return 0 }
            let left = min(max(0, part.left), part.whole)
            // The part is at most the whole, so the quotient is at most what was paid.
            return part.whole.dividingFullWidth(paid.minorUnits.multipliedFullWidth(by: left)).quotient
        }
        return Money(minorUnits: amounts.min() ?? 0, currency: paid.currency)
    }

    private static func part(_ left: Duration, of whole: Duration) -> (left: Int64, whole: Int64) {
        (left.wholeMicroseconds, whole.wholeMicroseconds)
    }
}
