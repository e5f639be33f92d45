/// What a voucher gives and costs.
///
/// The limits are separate, and the first to end wins.
///
/// Terms are copied into every voucher, so that a later change of the price list never changes what was sold.
public struct VoucherTerms: Hashable, Sendable {
    /// The highest price in minor units.
    ///
    /// A batch of the largest size then costs 10¹⁶ at most, so that the books hold hundreds of them in 64 bits.
    public static let maximumPrice: Int64 = 1_000_000_000_000

    /// The wall-clock time from first login to the end of use; `nil` for no end.
    public let validity: Duration?

    /// The sum of session time, which pauses while the customer is offline; `nil` for no limit.
    public let uptimeAllowance: Duration?

    /// The traffic in both directions together; `nil` for no limit.
    public let dataQuota: ByteQuota?

    /// The selling price of one voucher.
    public let price: Money

    /// The hotspot user profile on the router.
    public let routerProfile: String

    /// Creates terms.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` and the field, for a limit that is not above
    ///   zero or longer than 100 years, a price that is negative or above ``maximumPrice``, or a profile that is empty,
    ///   longer than 100 bytes, or holds a control character.
    public init(
        validity: Duration? = nil,
        uptimeAllowance: Duration? = nil,
        dataQuota: ByteQuota? = nil,
        price: Money,
        routerProfile: String = "default"
    ) throws(DomainError) {
        try Self.check(validity, field: "validity")
        try Self.check(uptimeAllowance, field: "uptimeAllowance")
        if let dataQuota, dataQuota.bytes == 0 {
            throw DomainError(.invalidValue, field: "dataQuota", "A data quota lies above zero; leave it out for none.")
        }
        guard (0...Self.maximumPrice).contains(price.minorUnits) else {
            throw DomainError(
                .invalidValue,
                field: "price",
                "A price is not negative and at most \(Money(minorUnits: Self.maximumPrice, currency: price.currency))."
            )
        }
        let isPrintable = !routerProfile.utf8.contains { $0 < 32 || $0 == 127 }
        guard isPrintable, (1...100).contains(routerProfile.utf8.count)
        else {
            throw DomainError(
                .invalidValue,
                field: "routerProfile",
                "A hotspot user profile is named with 1 to 100 printable bytes."
            )
        }
        self.validity = validity
        self.uptimeAllowance = uptimeAllowance
        self.dataQuota = dataQuota
        self.price = price
        self.routerProfile = routerProfile
    }

    /// The session time that the router itself enforces: the smaller of uptime allowance and validity.
    ///
    /// It bounds use safely while the router is out of our reach; `nil` for no limit.
    public var routerUptimeLimit: Duration? {
        guard let validity, let uptimeAllowance else { return validity ?? uptimeAllowance }
        return min(validity, uptimeAllowance)
    }

    private static func check(_ limit: Duration?, field: String) throws(DomainError) {
        guard let limit else { return }
        guard limit > .zero, limit <= .seconds(100 * 366 * 86_400) else {
            throw DomainError(.invalidValue, field: field, "A limit of time lies above zero and below 100 years.")
        }
    }
}
