public import BillingDomain

/// A service and its subscription, ordered together with the payment for it.
public struct SubscriptionOrder: Sendable {
    /// The customer: there is no subscription without one.
    public var customer: Identifier<Customer>
    /// The user name and password that are made for it.
    public var service: ServiceAccountDraft
    /// What it gives and costs.
    public var terms: SubscriptionTerms
    /// How it is paid; a gateway is asked for the payment afterwards.
    public var method: PaymentMethod
    /// How many periods are paid at once, 1…``Subscription/maximumPeriods``.
    public var periods: Int64
    /// Whether it is renewed from the balance without being asked for.
    public var autoRenews: Bool

    /// An order of the given parts; it is not renewed by itself unless that is wished for.
    public init(
        customer: Identifier<Customer>,
        service: ServiceAccountDraft,
        terms: SubscriptionTerms,
        method: PaymentMethod,
        periods: Int64 = 1,
        autoRenews: Bool = false
    ) {
        self.customer = customer
        self.service = service
        self.terms = terms
        self.method = method
        self.periods = periods
        self.autoRenews = autoRenews
    }

    var fingerprint: [String?] {
        ["subscription.order", customer.description, method.description, String(periods), String(autoRenews)]
            + service.fingerprint + terms.fingerprint
    }
}

extension SubscriptionTerms {
    /// Everything that tells two terms apart.
    var fingerprint: [String?] {
        [
            packageName, cycle.description, price.description, routerProfile, throttledProfile, String(graceDays),
            graceService.rawValue, terminationDays.map(String.init), extensionPolicy.rawValue, String(allowsPause),
            String(invoicesSuspendedTime),
        ]
    }
}
