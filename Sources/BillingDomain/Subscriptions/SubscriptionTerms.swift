/// What a subscription gives and costs for one period.
///
/// Copied into the subscription, so that a later change of the price list never changes what was agreed.
public struct SubscriptionTerms: Hashable, Sendable, Codable {
    /// The name of the package when the terms were agreed.
    public let packageName: String

    /// How long a period lasts.
    public let cycle: BillingCycle

    /// The price of one period.
    public let price: Money

    /// The user profile on the router.
    public let routerProfile: String

    /// The profile of throttled days of grace, if the router has one.
    public let throttledProfile: String?

    /// The days of service after the paid time, 0…90.
    public let graceDays: Int

    /// What is served in those days.
    public let graceService: GraceService

    /// The days from suspension for debt to termination, 0…3660; `nil` to wait for ever.
    public let terminationDays: Int?

    /// What becomes of the time that is left at an early renewal.
    public let extensionPolicy: ExtensionPolicy

    /// Whether the customer may pause it.
    public let allowsPause: Bool

    /// Whether time without service is invoiced all the same.
    ///
    /// Off as a rule: what was not served is not charged.
    public let invoicesSuspendedTime: Bool

    /// Creates terms.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` and the field for numbers outside their ranges,
    ///   a negative price or one above ``VoucherTerms/maximumPrice``, or a profile that is not 1 to 100 printable bytes.
    public init(
        packageName: String,
        cycle: BillingCycle,
        price: Money,
        routerProfile: String = "default",
        throttledProfile: String? = nil,
        graceDays: Int = 0,
        graceService: GraceService = .full,
        terminationDays: Int? = nil,
        extensionPolicy: ExtensionPolicy = .append,
        allowsPause: Bool = false,
        invoicesSuspendedTime: Bool = false
    ) throws(DomainError) {
        guard cycle.isInRange else {
            throw DomainError(.invalidValue, field: "cycle", "“\(cycle)” is not a cycle; write one like 30d or 1m.")
        }
        guard (0...VoucherTerms.maximumPrice).contains(price.minorUnits) else {
            throw DomainError(.invalidValue, field: "price", "A price is not negative and at most 10^12 minor units.")
        }
        for (profile, field) in [(routerProfile, "routerProfile"), (throttledProfile ?? "-", "throttledProfile")] {
            guard (1...100).contains(profile.utf8.count), !profile.utf8.contains(where: { $0 < 32 || $0 == 127 }) else {
                throw DomainError(.invalidValue, field: field, "A profile is named with 1 to 100 printable bytes.")
            }
        }
        guard (0...90).contains(graceDays) else {
            throw DomainError(.invalidValue, field: "graceDays", "Days of grace lie between 0 and 90.")
        }
        if let terminationDays, !(0...3660).contains(terminationDays) {
            throw DomainError(.invalidValue, field: "terminationDays", "Days to termination lie between 0 and 3660.")
        }
        self.packageName = packageName
        self.cycle = cycle
        self.price = price
        self.routerProfile = routerProfile
        self.throttledProfile = throttledProfile
        self.graceDays = graceDays
        self.graceService = graceService
        self.terminationDays = terminationDays
        self.extensionPolicy = extensionPolicy
        self.allowsPause = allowsPause
        self.invoicesSuspendedTime = invoicesSuspendedTime
    }
}
