import BillingDomain
import BillingPersistence

extension Change {
    /// The customer that an order names, entered now where they are new.
    func customer(of order: SubscriptionOrder) throws -> Identifier<Customer> {
        switch order.customer {
        case .known(let id): id
        case .new(let draft): try create(draft.checked()).id
        }
    }

    /// Stores a subscription that has moved: what it has earned by now goes into the books, and its service follows.
    @discardableResult
    func keep(_ moved: Subscription, in calendar: TenantCalendar) throws -> Subscription {
        var subscription = moved
        let earned = try subscription.earn(at: now, in: calendar)
        subscription = try store.update(subscription)
        try bookEarned(earned, of: subscription)
        try follow(subscription, in: calendar)
        return subscription
    }

    /// Time has earned what was held: Dr deferred, Cr revenue, as of an instant that may lie before now.
    func bookEarned(_ amount: Money, of subscription: Subscription, at instant: Timestamp? = nil) throws {
        try book(
            "earned:subscription:\(subscription.id)",
            key: "earned:\(subscription.id):\(subscription.revision)",
            PostingRecipe.recognition(amount, of: .subscription),
            at: instant
        )
    }

    /// Begins it with its first periods, or puts more to those that it has.
    @discardableResult
    func extend(
        _ subscription: Subscription,
        on ground: RenewalGround,
        periods: Int64,
        price: TaxedPrice? = nil,
        granted: Money? = nil,
        in calendar: TenantCalendar
    ) throws -> Subscription {
        var extended = subscription
        if subscription.state == .pendingPayment {
            try extended.activate(on: ground, periods: periods, price: price, granted: granted, at: now, in: calendar)
        } else {
            try extended.renew(on: ground, periods: periods, price: price, granted: granted, at: now, in: calendar)
        }
        return try keep(extended, in: calendar)
    }

    /// Takes the price of something for a subscription from the balance of its customer; how much of it had been given.
    func pay(
        _ price: TaxedPrice,
        for subscription: Subscription,
        key: String
    ) throws -> (ground: RenewalGround, granted: Money?) {
        guard price.asked.minorUnits > 0 else { return (.grant(key), nil) }
        let spent = try spend(price.asked, of: subscription.customer)
        let postings = try spent + price.credits(of: .subscription)
        guard let entry = try book("subscription:\(subscription.id)", key: key, postings) else {
            return (.grant(key), nil)
        }
        return (.balance(entry.id), spent.first { $0.account == .customerGrant(subscription.customer) }?.amount)
    }

    /// Debit first, then the periods it pays for; both or neither.
    @discardableResult
    func renewFromBalance(
        _ id: Identifier<Subscription>,
        periods: Int64 = 1,
        key: String,
        in calendar: TenantCalendar
    ) throws -> Subscription {
        let subscription = try store.require(id, "subscription", locked: true)
        guard (1...Subscription.maximumPeriods).contains(periods) else {
            throw BillingError.invalid("periods", "Renew 1 to \(Subscription.maximumPeriods) periods.")
        }
        let price = try store.nextPrice(of: subscription)
        let (ground, granted) = try pay(price * periods, for: subscription, key: key)
        return try extend(subscription, on: ground, periods: periods, price: price, granted: granted, in: calendar)
    }

    /// Credits what was paid and is not used: to the balance what was paid in, to the grant what was given.
    func creditUnused(of subscription: inout Subscription, basis: ProrationBasis, in calendar: TenantCalendar) throws {
        let customer = subscription.customer
        for units in try subscription.takeBackUnused(at: now, basis: basis, in: calendar) {
            try book(
                "subscription:\(subscription.id)",
                key: Self.unusedKey(units.ground),
                [
                    .debit(.deferredSubscriptions, units.deferred), .debit(.subscriptionRevenue, units.earned),
                    .debit(.taxPayable, units.tax),
                    .credit(.customerBalance(customer), units.paid), .credit(.customerGrant(customer), units.granted),
                ]
            )
        }
    }

    /// Names the entry that credits what a ground paid for and was not used: of each there is one at most.
    static func unusedKey(_ ground: RenewalGround) -> String { "unused:\(ground)" }
}
