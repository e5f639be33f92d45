public import BillingDomain

/// A service and its subscription, ordered together with the payment for it.
public struct SubscriptionOrder: Sendable {
    /// Who a subscription is for: there is none without a customer.
    public enum Subscriber: Hashable, Sendable {
        /// A customer who is known.
        case known(Identifier<Customer>)
        /// One who is entered with the order, which takes ``Permission/manageCustomers`` too.
        case new(CustomerDraft)

        var fingerprint: [String?] {
            switch self {
            case .known(let id): [id.description]
            case .new(let draft): ["new"] + draft.fingerprint
            }
        }
    }

    /// The customer.
    public var customer: Subscriber
    /// The user name and password that are made for it.
    public var service: ServiceAccountDraft
    /// What it gives and costs.
    public var choice: SubscriptionChoice
    /// How it is paid; a gateway is asked for the payment afterwards.
    public var method: PaymentMethod
    /// How many periods are paid at once, 1…``Subscription/maximumPeriods``.
    public var periods: Int64
    /// Whether it is renewed from the balance without being asked for; as the tenant's settings say where left out.
    public var autoRenews: Bool?

    /// An order of a customer who is known; it is renewed by itself only where that is wished for.
    public init(
        customer: Identifier<Customer>,
        service: ServiceAccountDraft,
        choice: SubscriptionChoice,
        method: PaymentMethod,
        periods: Int64 = 1,
        autoRenews: Bool? = nil
    ) {
        self.init(
            customer: .known(customer),
            service: service,
            choice: choice,
            method: method,
            periods: periods,
            autoRenews: autoRenews
        )
    }

    /// An order of the given parts; it is renewed by itself only where that is wished for.
    public init(
        customer: Subscriber,
        service: ServiceAccountDraft,
        choice: SubscriptionChoice,
        method: PaymentMethod,
        periods: Int64 = 1,
        autoRenews: Bool? = nil
    ) {
        self.customer = customer
        self.service = service
        self.choice = choice
        self.method = method
        self.periods = periods
        self.autoRenews = autoRenews
    }

    var fingerprint: [String?] {
        ["subscription.order", method.description, String(periods), autoRenews?.description] + customer.fingerprint
            + service.fingerprint + choice.fingerprint
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
