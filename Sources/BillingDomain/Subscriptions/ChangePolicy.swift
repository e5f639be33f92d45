/// When a change to other terms takes effect.
public enum ChangePolicy: String, Hashable, Sendable, CaseIterable, Codable {
    /// At once, with credit for the part of the old period that is not used.
    case immediately
    /// With the next renewal.
    case atPeriodEnd = "at-period-end"

    /// The usual policy: an upgrade at once, a downgrade or a change of currency at the period's end.
    ///
    /// What costs more per day is an upgrade; a month counts as thirty days here.
    public static func usual(from old: SubscriptionTerms, to new: SubscriptionTerms) -> ChangePolicy {
        guard old.price.currency == new.price.currency else { return .atPeriodEnd }
        let before = Int128(old.price.minorUnits) * Int128(new.cycle.nominalDays)
        let after = Int128(new.price.minorUnits) * Int128(old.cycle.nominalDays)
        return after > before ? .immediately : .atPeriodEnd
    }
}

extension BillingCycle {
    var nominalDays: Int64 {
        switch self {
        case .days(let count): Int64(count)
        case .weeks(let count): Int64(count).saturatingMultiplied(by: 7)
        case .months(let count), .dayOfMonth(_, let count): Int64(count).saturatingMultiplied(by: 30)
        }
    }
}
