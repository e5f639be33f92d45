/// What a voucher gives and costs.
///
/// The limits are separate, and the first to end wins.
///
/// Terms are copied into every voucher, so that a later change of the price list never changes what was sold.
public struct VoucherTerms: Hashable, Sendable {
    /// The highest price in minor units.
    ///
    /// A batch of the largest size then costs 10¹⁷ at most, so that the books hold dozens of them in 64 bits.
    public static let maximumPrice: Int64 = 1_000_000_000_000

    /// The wall-clock time that use may last; `nil` for no end.
    public let validityPeriod: Validity?

    /// The sum of session time, which pauses while the customer is offline; `nil` for no limit.
    public let uptimeAllowance: Duration?

    /// The traffic in both directions together; `nil` for no limit.
    public let dataQuota: ByteQuota?

    /// What happens when the data quota is used up.
    public let quotaEnd: QuotaEndPolicy

    /// The speed; `nil` leaves it to the router's profile.
    public let rateLimit: RateLimit?

    /// How many devices may be online at once, 1…1 000.
    public let sharedUsers: Int

    /// Whether only the device of the first login may use it.
    public let locksToDevice: Bool

    /// When the validity begins.
    public let startRule: StartRule

    /// What becomes of the row on the router at the end.
    public let expiryRule: ExpiryRule

    /// The hours in which it may be used; `nil` for all.
    public let schedule: AccessSchedule?

    /// The deadlines apart from the validity.
    public let deadlines: VoucherDeadlines

    /// The selling price of one voucher.
    public let price: Money

    /// What one voucher costs the seller, in the currency of the price, if known.
    ///
    /// A figure of reports: the books know what was paid to suppliers from their bills, and would count it twice.
    public let cost: Money?

    /// The hotspot user profile on the router.
    public let routerProfile: String

    /// Creates terms.
    ///
    /// `validity` is short for a `validityPeriod` of a fixed time; give one of the two.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` and the field, for a limit or deadline that is not
    ///   above zero or longer than 100 years, a count out of its range, a price or cost that is negative, above
    ///   ``maximumPrice`` or of two currencies, a device lock for several users, or a profile that is empty, longer than
    ///   100 bytes, or holds a control character.
    public init(
        validity: Duration? = nil,
        validityPeriod: Validity? = nil,
        uptimeAllowance: Duration? = nil,
        dataQuota: ByteQuota? = nil,
        quotaEnd: QuotaEndPolicy = .cut,
        rateLimit: RateLimit? = nil,
        sharedUsers: Int = 1,
        locksToDevice: Bool = false,
        startRule: StartRule = .onFirstLogin,
        expiryRule: ExpiryRule = .remove,
        schedule: AccessSchedule? = nil,
        deadlines: VoucherDeadlines = .none,
        price: Money,
        cost: Money? = nil,
        routerProfile: String = "default"
    ) throws(DomainError) {
        guard validity == nil || validityPeriod == nil else {
            throw DomainError(.invalidValue, field: "validity", "Give the validity once, as a time or as a period.")
        }
        self.validityPeriod = validityPeriod ?? validity.map(Validity.elapsed)
        self.uptimeAllowance = uptimeAllowance
        self.dataQuota = dataQuota
        self.quotaEnd = quotaEnd
        self.rateLimit = rateLimit
        self.sharedUsers = sharedUsers
        self.locksToDevice = locksToDevice
        self.startRule = startRule
        self.expiryRule = expiryRule
        self.schedule = schedule
        self.deadlines = deadlines
        self.price = price
        self.cost = cost
        self.routerProfile = routerProfile
        try check()
    }

    private init(
        _ other: VoucherTerms,
        price: Money,
        cost: Money?,
        startRule: StartRule? = nil,
        deadlines: VoucherDeadlines? = nil
    ) {
        validityPeriod = other.validityPeriod
        uptimeAllowance = other.uptimeAllowance
        dataQuota = other.dataQuota
        quotaEnd = other.quotaEnd
        rateLimit = other.rateLimit
        sharedUsers = other.sharedUsers
        locksToDevice = other.locksToDevice
        self.startRule = startRule ?? other.startRule
        expiryRule = other.expiryRule
        schedule = other.schedule
        self.deadlines = deadlines ?? other.deadlines
        self.price = price
        self.cost = cost
        routerProfile = other.routerProfile
    }

    /// The wall-clock time that use may last where it is a fixed one; `nil` for no end and for calendar periods, which
    /// ``validityPeriod`` tells apart.
    public var validity: Duration? {
        if case .elapsed(let duration) = validityPeriod { duration } else { nil }
    }

    /// The session time that the router itself enforces: the smaller of uptime allowance and validity, of a calendar
    /// period the longest that it can be.
    ///
    /// It bounds use safely while the router is out of our reach; `nil` for no limit.
    public var routerUptimeLimit: Duration? {
        [validityPeriod?.longest, deadlines.useAfterActivation, uptimeAllowance].compactMap { $0 }.min()
    }

    /// The same terms at another price, cost or both.
    ///
    /// - Throws: ``DomainError`` as the initializer does.
    public func priced(_ price: Money, cost: Money?) throws(DomainError) -> VoucherTerms {
        let terms = VoucherTerms(self, price: price, cost: cost)
        try terms.check()
        return terms
    }

    /// The same terms with another start of the validity.
    public func starting(_ startRule: StartRule) -> VoucherTerms {
        VoucherTerms(self, price: price, cost: cost, startRule: startRule)
    }

    /// The same terms with one last instant to begin use at, whenever the sale is.
    ///
    /// - Parameters:
    ///   - end: The last instant, after `creation`.
    ///   - creation: When the vouchers are made.
    /// - Returns: The terms.
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` and the field `activateBy`, for an end that is not
    ///   in the future or farther away than 100 years.
    public func begun(by end: Timestamp, madeAt creation: Timestamp) throws(DomainError) -> VoucherTerms {
        try Self.check(end - creation, field: "activateBy")
        let deadlines = VoucherDeadlines(
            activateAfterCreation: end - creation,
            useAfterActivation: deadlines.useAfterActivation
        )
        return VoucherTerms(self, price: price, cost: cost, deadlines: deadlines)
    }

    /// The same terms at another cost, which the caller has checked.
    func costing(_ cost: Money?) -> VoucherTerms { VoucherTerms(self, price: price, cost: cost) }
}
