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
    public func sweepSubscriptions(tenant: Identifier<Tenant>) async throws -> SweepSummary {
        let now = context.environment.now()
        let calendar = try await context.calendar(of: tenant)
        let states = Subscription.Columns.state
        let running = Query(states.isOne(of: [.active, .grace]), Subscription.Columns.paidThrough <= now)
        let halted = Query(states == .suspended, Subscription.Columns.suspensionCause == .unpaid)
        var summary = SweepSummary()
        for query in [running, halted] {
            try await context.forEach(query.sorted(by: Subscription.Columns.createdAt), of: tenant) { subscription in
                guard let deadline = subscription.nextDeadline(in: calendar), deadline <= now else { return }
                do {
                    let state = try await context.change(tenant, by: Self.actor) { change in
                        try change.advance(subscription.id, in: calendar)
                    }
                    if let state { summary.moved[state, default: 0] += 1 }
                } catch is BillingError {
                    summary.failed.append(subscription.id)
                }
            }
        }
        return summary
    }

    /// Recognises the revenue that subscriptions and invoices have earned by the last midnight, evenly over their time;
    /// says of how many.
    ///
    /// It is dated at the end of that day, so that the day's report has it: run it every night before days are saved.
    /// Each in its own transaction; running it twice changes nothing. One that fails does not stop the rest: one error
    /// is thrown at the end, the first, or that the store is away.
    @discardableResult
    public func recogniseRevenue(tenant: Identifier<Tenant>) async throws -> Int {
        let calendar = try await context.calendar(of: tenant)
        let midnight = calendar.startOfDay(context.environment.now())
        let dayEnd = midnight - .microseconds(1)
        var count = 0
        var failures = Failures()
        let earning = Query(Subscription.Columns.isEarning == true).sorted(by: Subscription.Columns.createdAt)
        await failures.noting {
            try await context.forEach(earning, of: tenant) { subscription in
                let isNew = try await context.change(tenant, by: Self.actor) { change in
                    try change.recognise(subscription.id, through: midnight, dated: dayEnd, in: calendar)
                }
                if isNew { count += 1 }
            }
        }
        let invoiced = Query(Invoice.Columns.isEarning == true).sorted(by: Invoice.Columns.createdAt)
        await failures.noting {
            try await context.forEach(invoiced, of: tenant) { invoice in
                let isNew = try await context.change(tenant, by: Self.actor) { change in
                    try change.recognise(
                        change.store.require(invoice.id, "invoice", locked: true),
                        through: midnight,
                        dated: dayEnd,
                        in: calendar
                    )
                }
                if isNew { count += 1 }
            }
        }
        try failures.rethrow()
        return count
    }
}

extension Change {
    /// Renews or lapses a subscription as of now; the state it came to, or nil if nothing was due.
    func advance(_ id: Identifier<Subscription>, in calendar: TenantCalendar) throws -> SubscriptionState? {
        var subscription = try store.require(id, "subscription", locked: true)
        guard let deadline = subscription.nextDeadline(in: calendar), deadline <= now else { return nil }
        if subscription.scheduledPeriods == 0, let paidThrough = subscription.paidThrough {
            let price = try store.nextPrice(of: subscription).asked
            let balance = try store.wallet(of: subscription.customer, in: price.currency).total
            if case .affordable = try subscription.autoRenewal(for: price, fromBalance: balance) {
                let key = "auto-renewal:\(id):\(paidThrough.microsecondsSince1970)"
                let renewed = try renewFromBalance(id, key: key, in: calendar)
                try audit("subscription.auto-renew", "subscription:\(id)", "\(price)")
                return renewed.state
            }
        }
        guard try subscription.advance(to: now, in: calendar) else { return nil }
        try keep(subscription, in: calendar)
        try audit("subscription.lapse", "subscription:\(id)", subscription.state.rawValue)
        return subscription.state
    }

    /// Recognises what a subscription has earned by an instant, dated before it; whether that was anything.
    fileprivate func recognise(
        _ id: Identifier<Subscription>,
        through instant: Timestamp,
        dated date: Timestamp,
        in calendar: TenantCalendar
    ) throws -> Bool {
        var subscription = try store.require(id, "subscription", locked: true)
        let before = subscription
        let earned = try subscription.earn(at: instant, in: calendar)
        guard subscription != before else { return false }
        try bookEarned(earned, of: store.update(subscription), at: date)
        return !earned.isZero
    }
}
