public import BillingDomain
import BillingPersistence

extension CollectionService {
    /// Makes every move of subscriptions that time has brought due.
    ///
    /// Renewal from the balance where it was wished for and covers the price, grace, suspension, termination. Each in
    /// its own transaction; one that fails does not stop the rest.
    ///
    /// Running it twice, late or from two workers changes nothing: what is due is decided where it is written.
    @discardableResult
    public func sweepSubscriptions(tenant id: Identifier<Tenant>) async throws -> SweepSummary {
        let now = context.environment.now()
        let (tenant, due) = try await context.read(.tenant(id)) { store in
            guard let tenant = try store.tenant(id) else { throw BillingError.notFound("tenant", field: "tenant") }
            let calendar = TenantCalendar(tenant)
            let states = Subscription.Columns.state
            let running = Query(states.isOne(of: [.active, .grace]), Subscription.Columns.paidThrough <= now)
            let halted = Query(states == .suspended, Subscription.Columns.suspensionCause == .unpaid)
            let found = try store.records(running) + store.records(halted)
            return (tenant, found.filter { $0.nextDeadline(in: calendar).map { $0 <= now } ?? false }.map(\.id))
        }
        let calendar = TenantCalendar(tenant)
        var summary = SweepSummary()
        for subscription in due {
            do {
                let state = try await context.change(id, by: .system("collection")) { change in
                    try change.advance(subscription, in: calendar)
                }
                if let state { summary.moved[state, default: 0] += 1 }
            } catch is BillingError {
                summary.failed.append(subscription)
            }
        }
        return summary
    }
}

extension Change {
    /// Renews or lapses a subscription as of now; the state it came to, or nil if nothing was due.
    func advance(_ id: Identifier<Subscription>, in calendar: TenantCalendar) throws -> SubscriptionState? {
        var subscription = try store.require(id, "subscription", locked: true)
        guard let deadline = subscription.nextDeadline(in: calendar), deadline <= now else { return nil }
        if subscription.scheduledPeriods == 0, let paidThrough = subscription.paidThrough {
            let price = subscription.scheduledTerms?.price ?? subscription.terms.price
            let balance = try store.wallet(of: subscription.customer, in: price.currency).total
            if case .affordable = try subscription.autoRenewal(fromBalance: balance) {
                let key = "auto-renewal:\(id):\(paidThrough.microsecondsSince1970)"
                let renewed = try renewFromBalance(id, key: key, in: calendar)
                try audit("subscription.auto-renew", "subscription:\(id)", "\(price)")
                return renewed.state
            }
        }
        guard try subscription.advance(to: now, in: calendar) else { return nil }
        subscription = try store.update(subscription)
        try follow(subscription, in: calendar)
        try audit("subscription.lapse", "subscription:\(id)", subscription.state.rawValue)
        return subscription.state
    }
}
