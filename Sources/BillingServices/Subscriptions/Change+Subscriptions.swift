import BillingDomain
import BillingPersistence

extension Change {
    /// Takes the price of something for a subscription from the balance of its customer.
    func pay(_ price: Money, for subscription: Subscription, key: String) throws -> RenewalGround {
        guard price.minorUnits > 0 else { return .grant(key) }
        let postings = try spend(price, of: subscription.customer) + [try .credit(.deferredSubscriptions, price)]
        guard let entry = try book("subscription:\(subscription.id)", key: key, postings) else { return .grant(key) }
        return .balance(entry.id)
    }

    /// Debit first, then the periods it pays for; both or neither.
    @discardableResult
    func renewFromBalance(
        _ id: Identifier<Subscription>,
        periods: Int64 = 1,
        key: String,
        in calendar: TenantCalendar
    ) throws -> Subscription {
        var subscription = try store.require(id, "subscription", locked: true)
        guard (1...Subscription.maximumPeriods).contains(periods) else {
            throw BillingError.invalid("periods", "Renew 1 to \(Subscription.maximumPeriods) periods.")
        }
        let price = try (subscription.scheduledTerms?.price ?? subscription.terms.price) * periods
        let ground = try pay(price, for: subscription, key: key)
        if subscription.state == .pendingPayment {
            try subscription.activate(on: ground, periods: periods, at: now, in: calendar)
        } else {
            try subscription.renew(on: ground, periods: periods, at: now, in: calendar)
        }
        subscription = try store.update(subscription)
        try follow(subscription, in: calendar)
        return subscription
    }

    /// Credits what was paid and is not used: to the balance what was paid in, to the grant what was given.
    func creditUnused(
        of subscription: Subscription,
        basis: ProrationBasis,
        in calendar: TenantCalendar,
        key: String
    ) throws {
        let unused = try subscription.unusedCredit(at: now, basis: basis, in: calendar)
        guard unused.minorUnits > 0 else { return }
        let customer = subscription.customer
        var parts = [unused, .zero(unused.currency)]
        switch subscription.lastGround {
        case .payment: break
        // What was given away is not paid back.
        case .grant, nil: return
        case .balance(let entry):
            let taken = try store.postings(of: entry).filter { $0.amount.minorUnits > 0 }
            func units(_ account: Account) -> Int64 { taken.first { $0.account == account }?.amount.minorUnits ?? 0 }
            let weights = [units(.customerBalance(customer)), units(.customerGrant(customer))]
            guard weights.contains(where: { $0 > 0 }) else { return }
            parts = try unused.allocate(by: weights)
        }
        try book(
            "subscription:\(subscription.id)",
            key: key,
            [
                .debit(.deferredSubscriptions, unused), .credit(.customerBalance(customer), parts[0]),
                .credit(.customerGrant(customer), parts[1]),
            ]
        )
    }
}
