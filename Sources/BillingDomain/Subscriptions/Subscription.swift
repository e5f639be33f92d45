/// A service that a customer pays for period by period.
///
/// A period is granted only against a ``RenewalGround``: nothing is served on credit except the days of grace that the
/// terms name. Paid time ends to the second, not at the next midnight. Moves, with the states they lead to:
///
/// | move | pending payment | active | grace | suspended, unpaid | suspended by hand | paused |
/// |---|---|---|---|---|---|---|
/// | activate | active | – | – | – | – | – |
/// | amend | stays | – | – | – | – | – |
/// | renew | – | active | active or stays | active or stays | – | – |
/// | change | – | active | active | active | – | – |
/// | scheduleChange, withdrawChange | – | stays | stays | – | – | – |
/// | scheduleCancellation, withdrawCancellation | – | stays | stays | – | – | – |
/// | lapse | – | active, grace, suspended or cancelled | suspended or cancelled | – | – | – |
/// | postpone | – | stays | stays | grace | – | – |
/// | suspend | – | suspended | suspended | suspended | – | suspended |
/// | resume | – | – | – | – | active or suspended | active |
/// | pause | – | paused, if the terms allow | – | – | – | – |
/// | terminate | – | terminated | terminated | terminated | terminated | terminated |
/// | cancel | cancelled | cancelled | cancelled | cancelled | cancelled | cancelled |
///
/// Terminated and cancelled are final. Every other move throws ``DomainError`` with ``DomainError/Code/illegalMove`` and
/// leaves the subscription as it was.
public struct Subscription: Hashable, Sendable {
    /// The identity of the subscription.
    public let id: Identifier<Subscription>

    /// The tenant that sells it.
    public let tenant: Identifier<Tenant>

    /// The customer who pays for it.
    public let customer: Identifier<Customer>

    /// The user name and password that it serves, once there are some.
    public var serviceAccount: Identifier<ServiceAccount>?

    /// The package that its terms came from.
    public var package: Identifier<Package>?

    /// How its service is reached.
    public let kind: ServiceKind

    /// What it gives and costs.
    public internal(set) var terms: SubscriptionTerms

    /// Where it stands.
    public internal(set) var state: SubscriptionState

    /// Where its first period began, as the wall showed it.
    public internal(set) var anchor: LocalDateTime?

    /// How many periods are paid, counted from the anchor.
    public internal(set) var paidPeriods: Int64

    /// By how much pauses have put off the boundaries of the periods.
    public internal(set) var shift: Duration

    /// When the paid time ends.
    public internal(set) var paidThrough: Timestamp?

    /// Until when it was promised not to suspend it.
    public internal(set) var postponedUntil: Timestamp?

    /// Why that was promised.
    public internal(set) var postponementReason: String?

    /// When it was suspended or paused.
    public internal(set) var haltedAt: Timestamp?

    /// Why it is suspended.
    public internal(set) var suspensionCause: SuspensionCause?

    /// Why it was suspended by hand, or why it ended.
    public internal(set) var reason: String?

    /// The terms that follow when the paid time ends.
    public internal(set) var scheduledTerms: SubscriptionTerms?

    /// Whether it is cancelled when the paid time ends.
    public internal(set) var endsWithPeriod: Bool

    /// Whether it is renewed from the prepaid balance without being asked for; off unless the customer wished it.
    public var autoRenews: Bool

    /// What paid for its periods, in the order in which they were granted; those whose time has passed are left out once
    /// all of them is earned, but for the last.
    public internal(set) var runs: [PeriodRun]

    /// When it was terminated or cancelled.
    public internal(set) var endedAt: Timestamp?

    /// When it was ordered.
    public let createdAt: Timestamp

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates a subscription that waits for its first payment, or recreates a stored one.
    public init(
        id: Identifier<Subscription>,
        tenant: Identifier<Tenant>,
        customer: Identifier<Customer>,
        serviceAccount: Identifier<ServiceAccount>? = nil,
        package: Identifier<Package>? = nil,
        kind: ServiceKind,
        terms: SubscriptionTerms,
        state: SubscriptionState = .pendingPayment,
        anchor: LocalDateTime? = nil,
        paidPeriods: Int64 = 0,
        shift: Duration = .zero,
        paidThrough: Timestamp? = nil,
        postponedUntil: Timestamp? = nil,
        postponementReason: String? = nil,
        haltedAt: Timestamp? = nil,
        suspensionCause: SuspensionCause? = nil,
        reason: String? = nil,
        scheduledTerms: SubscriptionTerms? = nil,
        endsWithPeriod: Bool = false,
        autoRenews: Bool = false,
        runs: [PeriodRun] = [],
        endedAt: Timestamp? = nil,
        createdAt: Timestamp,
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.customer = customer
        self.serviceAccount = serviceAccount
        self.package = package
        self.kind = kind
        self.terms = terms
        self.state = state
        self.anchor = anchor
        self.paidPeriods = paidPeriods
        self.shift = shift
        self.paidThrough = paidThrough
        self.postponedUntil = postponedUntil
        self.postponementReason = postponementReason
        self.haltedAt = haltedAt
        self.suspensionCause = suspensionCause
        self.reason = reason
        self.scheduledTerms = scheduledTerms
        self.endsWithPeriod = endsWithPeriod
        self.autoRenews = autoRenews
        self.runs = runs
        self.endedAt = endedAt
        self.createdAt = createdAt
        self.revision = revision
    }

    /// The boundaries of its periods, before any pause; `nil` until it is first paid.
    public var schedule: CycleSchedule? { anchor.map { CycleSchedule(anchor: $0, cycle: terms.cycle) } }

    /// The profile it should have on the router now; `nil` where it should not be let in.
    public var servedProfile: String? {
        switch state {
        case .active: terms.routerProfile
        case .grace:
            terms.graceService == .throttled ? terms.throttledProfile ?? terms.routerProfile : terms.routerProfile
        case .pendingPayment, .suspended, .paused, .terminated, .cancelled: nil
        }
    }

    func illegal(_ move: String, _ reason: String) -> DomainError {
        let cause = suspensionCause.map { ", \($0.rawValue)" } ?? ""
        return DomainError(
            .illegalMove,
            "Cannot \(move) subscription \(id) to “\(terms.packageName)” (\(state.rawValue)\(cause)): \(reason)."
        )
    }
}
