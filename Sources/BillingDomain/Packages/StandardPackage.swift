/// Packages that hotspots commonly start with; only the price is the seller's to say.
///
/// Days and weeks are fixed times from the first login, 24 h, 7 × 24 h and 30 × 24 h; GB is 2³⁰ bytes.
public enum StandardPackage: String, Hashable, Sendable, CaseIterable {
    /// 1 GB in 24 hours.
    case oneGigabyteDaily = "1GB-DAILY"
    /// 5 GB in 7 days.
    case fiveGigabytesWeekly = "5GB-WEEKLY"
    /// 20 GB in 30 days.
    case twentyGigabytesMonthly = "20GB-MONTHLY"
    /// 24 hours without a data limit.
    case unlimitedDaily = "UNLIMITED-DAILY"
    /// 7 days without a data limit.
    case unlimitedWeekly = "UNLIMITED-WEEKLY"
    /// 30 days without a data limit.
    case unlimitedMonthly = "UNLIMITED-MONTHLY"

    /// The name on the price list.
    public var name: String { rawValue }

    /// The validity from the first login.
    public var validity: Duration {
        switch self {
        case .oneGigabyteDaily, .unlimitedDaily: .seconds(86_400)
        case .fiveGigabytesWeekly, .unlimitedWeekly: .seconds(7 * 86_400)
        case .twentyGigabytesMonthly, .unlimitedMonthly: .seconds(30 * 86_400)
        }
    }

    /// The whole gibibytes of the data quota; `nil` for no limit.
    public var gibibytes: Int64? {
        switch self {
        case .oneGigabyteDaily: 1
        case .fiveGigabytesWeekly: 5
        case .twentyGigabytesMonthly: 20
        case .unlimitedDaily, .unlimitedWeekly, .unlimitedMonthly: nil
        }
    }

    /// The terms at a price.
    ///
    /// - Throws: ``DomainError`` as ``VoucherTerms`` does, for the price, the cost or the profile.
    public func terms(
        price: Money,
        cost: Money? = nil,
        routerProfile: String = "default"
    ) throws(DomainError) -> VoucherTerms {
        var quota: ByteQuota?
        if let gibibytes { quota = try .gibibytes(gibibytes) }
        return try VoucherTerms(
            validity: validity,
            dataQuota: quota,
            price: price,
            cost: cost,
            routerProfile: routerProfile
        )
    }
}
