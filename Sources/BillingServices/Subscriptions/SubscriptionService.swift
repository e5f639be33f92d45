public import BillingDomain
public import BillingPersistence

/// The subscriptions of one tenant: nothing is served that is not paid, but for the days of grace in its terms.
public struct SubscriptionService: Sendable {
    let session: BillingSession

    /// The subscriptions that meet a filter, newest first; the first to end first where the end is asked for.
    public func list(
        _ filter: SubscriptionFilter = SubscriptionFilter(),
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<Subscription> {
        try await session.read(.viewSubscriptions) { try $0.page(filter.query, page) }
    }

    /// One subscription.
    public func subscription(_ id: Identifier<Subscription>) async throws -> Subscription {
        try await session.read(.viewSubscriptions) { try $0.require(id, "subscription") }
    }

    /// Orders a service together with its payment: cash and balance start it at once; a bank transfer starts it when it
    /// is confirmed; for a gateway, initiate a payment for the subscription next.
    ///
    /// Takes ``Permission/takePayments`` too, for a new customer ``Permission/manageCustomers``, and for terms of its own
    /// ``Permission/managePackages``. All or nothing; the same key and order answer with the same subscription.
    public func order(_ order: SubscriptionOrder, key: IdempotencyKey) async throws -> OrderedSubscription {
        for permission in [.takePayments] + order.choice.furtherPermissions { try session.authorise(permission) }
        if case .new = order.customer { try session.authorise(.manageCustomers) }
        let calendar = TenantCalendar(session.tenant)
        let context = session.context
        return try await session.change(.manageSubscriptions) { change in
            try change.once(key, order.fingerprint) { change in
                guard (1...Subscription.maximumPeriods).contains(order.periods) else {
                    throw BillingError.invalid("periods", "Pay 1 to \(Subscription.maximumPeriods) periods.")
                }
                let customer = try change.customer(of: order)
                var draft = order.service
                let (terms, package) = try change.store.terms(of: order.choice, for: draft.kind)
                draft.routerProfile = terms.routerProfile
                draft.package = package ?? draft.package
                var account = try change.create(draft, for: customer, context)
                // It lets nobody in before it is paid.
                try account.disable()
                account = try change.store.update(account)
                let subscription = Subscription(
                    id: try change.identifier(),
                    tenant: change.tenant,
                    customer: customer,
                    serviceAccount: account.id,
                    package: draft.package,
                    kind: draft.kind,
                    terms: terms,
                    autoRenews: try order.autoRenews ?? change.settings()[.renewsFromBalance],
                    createdAt: change.now
                )
                try change.store.insert(subscription)
                try change.audit("subscription.order", "subscription:\(subscription.id)", terms.packageName)
                if case .gateway = order.method { return "\(subscription.id)" }
                let payment = try change.take(
                    PaymentDraft(
                        customer: customer,
                        method: order.method,
                        price: terms.price * order.periods,
                        purpose: .subscription(subscription.id)
                    ),
                    in: calendar
                )
                return "\(subscription.id),\(payment.id)"
            } answer: { store, reference in
                let parts = reference.split(separator: ",").map(String.init)
                guard let first = parts.first, let id = Identifier<Subscription>(first) else {
                    throw BillingError.notFound("subscription")
                }
                let subscription = try store.require(id, "subscription")
                guard let account = subscription.serviceAccount else { throw BillingError.notFound("service account") }
                return OrderedSubscription(
                    subscription: subscription,
                    serviceAccount: try store.require(account, "service account"),
                    payment: try parts.count > 1 ? PaymentService.find(parts[1], in: store) : nil
                )
            }
        }
    }

    /// Renews from the prepaid balance: the debit comes first, and without it nothing is granted.
    public func renewFromBalance(
        _ id: Identifier<Subscription>,
        periods: Int64 = 1,
        key: IdempotencyKey
    ) async throws -> Subscription {
        let calendar = TenantCalendar(session.tenant)
        return try await once(.renewSubscriptions, id, "subscription.renew", key, [String(periods)]) { change in
            let name = "renewal:\(id):\(try change.identifier(of: LedgerEntry.self))"
            try change.renewFromBalance(id, periods: periods, key: name, in: calendar)
        }
    }

    /// Gives periods away; nothing is paid for them, and nothing of them is ever paid back.
    public func grant(
        _ periods: Int64,
        to id: Identifier<Subscription>,
        reason: String,
        key: IdempotencyKey
    ) async throws -> Subscription {
        let calendar = TenantCalendar(session.tenant)
        return try await once(.grantDiscounts, id, "subscription.grant", key, [String(periods), reason]) { change in
            let reason = try Input.name(reason, field: "reason")
            let subscription = try change.store.require(id, "subscription", locked: true)
            try change.audit("subscription.grant-reason", "subscription:\(id)", reason)
            try change.extend(subscription, on: .grant(key.text), periods: periods, in: calendar)
        }
    }

    /// Changes what it gives and costs; to terms of its own takes ``Permission/managePackages`` too.
    ///
    /// At once against the balance, the unused part of what was paid credited to it first; or when the paid time
    /// ends. The usual policy applies where none is named.
    public func change(
        _ id: Identifier<Subscription>,
        to choice: SubscriptionChoice,
        policy: ChangePolicy? = nil,
        basis: ProrationBasis = .days,
        key: IdempotencyKey
    ) async throws -> Subscription {
        let calendar = TenantCalendar(session.tenant)
        for permission in choice.furtherPermissions { try session.authorise(permission) }
        let request = choice.fingerprint.map { $0 ?? "-" } + [policy?.rawValue ?? "-", basis.rawValue]
        return try await once(.manageSubscriptions, id, "subscription.change", key, request) { change in
            var subscription = try change.store.require(id, "subscription", locked: true)
            let terms = try change.store.terms(of: choice, for: subscription.kind).terms
            if subscription.state == .pendingPayment {
                try subscription.amend(to: terms)
            } else if (policy ?? .usual(from: subscription.terms, to: terms)) == .atPeriodEnd {
                try subscription.scheduleChange(to: terms)
            } else {
                try change.creditUnused(of: &subscription, basis: basis, in: calendar)
                let name = "change:\(id):\(try change.identifier(of: LedgerEntry.self))"
                let (ground, granted) = try change.pay(terms.price, for: subscription, key: name)
                try subscription.change(to: terms, on: ground, granted: granted, at: change.now, in: calendar)
            }
            try change.keep(subscription, in: calendar)
        }
    }

    /// Ends it at the customer's wish: when the paid time ends, or at once with the unused part of what was paid
    /// credited to the balance.
    public func cancel(
        _ id: Identifier<Subscription>,
        immediately: Bool = false,
        reason: String? = nil,
        basis: ProrationBasis = .days,
        key: IdempotencyKey
    ) async throws -> Subscription {
        let calendar = TenantCalendar(session.tenant)
        let request = [String(immediately), reason ?? "-", basis.rawValue]
        return try await once(.manageSubscriptions, id, "subscription.cancel", key, request) { change in
            var subscription = try change.store.require(id, "subscription", locked: true)
            if immediately || !subscription.state.isServed {
                try change.creditUnused(of: &subscription, basis: basis, in: calendar)
                try subscription.cancel(at: change.now, reason: reason)
            } else {
                try subscription.scheduleCancellation()
            }
            try change.keep(subscription, in: calendar)
        }
    }

    /// Lets it go on on the terms it has, where other terms were scheduled and nothing is paid for them yet.
    public func withdrawChange(_ id: Identifier<Subscription>) async throws -> Subscription {
        try await move(.manageSubscriptions, id, "subscription.keep-terms") { subscription, _, _ in
            try subscription.withdrawChange()
        }
    }

    /// Lets it go on after all, where its end was scheduled.
    public func withdrawCancellation(_ id: Identifier<Subscription>) async throws -> Subscription {
        try await move(.manageSubscriptions, id, "subscription.keep") { subscription, _, _ in
            try subscription.withdrawCancellation()
        }
    }

    /// Whether it is renewed from the balance without being asked for.
    public func setAutoRenewal(_ isOn: Bool, of id: Identifier<Subscription>) async throws -> Subscription {
        try await move(.manageSubscriptions, id, "subscription.auto-renewal") { subscription, _, _ in
            guard !subscription.state.isFinal else { throw BillingError(.conflict, "The subscription has ended.") }
            subscription.autoRenews = isOn
        }
    }

    /// Switches it off by hand, for a reason; what is paid is kept.
    public func suspend(_ id: Identifier<Subscription>, reason: String) async throws -> Subscription {
        try await move(.suspendSubscriptions, id, "subscription.suspend") { subscription, now, _ in
            try subscription.suspend(at: now, reason: reason)
        }
    }

    /// Pauses it at the customer's wish, where its terms allow it.
    public func pause(_ id: Identifier<Subscription>) async throws -> Subscription {
        try await move(.suspendSubscriptions, id, "subscription.pause") { subscription, now, _ in
            try subscription.pause(at: now)
        }
    }

    /// Lets it go on after a pause or after it was switched off by hand.
    public func resume(_ id: Identifier<Subscription>) async throws -> Subscription {
        try await move(.suspendSubscriptions, id, "subscription.resume") { subscription, now, _ in
            try subscription.resume(at: now)
        }
    }

    /// Puts off its suspension for debt to a date, for a reason.
    public func postpone(
        _ id: Identifier<Subscription>,
        until date: Timestamp,
        reason: String
    ) async throws -> Subscription {
        try await move(.suspendSubscriptions, id, "subscription.postpone") { subscription, now, _ in
            try subscription.postpone(until: date, reason: reason, at: now)
        }
    }

    /// Ends it for the house, for a reason.
    public func terminate(_ id: Identifier<Subscription>, reason: String) async throws -> Subscription {
        try await move(.suspendSubscriptions, id, "subscription.terminate") { subscription, now, _ in
            try subscription.terminate(at: now, reason: reason)
        }
    }

    private func move(
        _ permission: Permission,
        _ id: Identifier<Subscription>,
        _ action: String,
        _ body: @escaping @Sendable (inout Subscription, Timestamp, TenantCalendar) throws -> Void
    ) async throws -> Subscription {
        let calendar = TenantCalendar(session.tenant)
        return try await session.change(permission) { change in
            var subscription = try change.store.require(id, "subscription", locked: true)
            try change.requireReach(of: subscription)
            try body(&subscription, change.now, calendar)
            try change.audit(action, "subscription:\(id)", subscription.reason ?? subscription.postponementReason ?? "")
            return try change.keep(subscription, in: calendar)
        }
    }

    private func once(
        _ permission: Permission,
        _ id: Identifier<Subscription>,
        _ action: String,
        _ key: IdempotencyKey,
        _ request: [String],
        _ body: @escaping @Sendable (inout Change) throws -> Void
    ) async throws -> Subscription {
        try await session.change(permission) { change in
            try change.once(key, [action, id.description] + request) { change in
                try change.requireReach(of: change.store.require(id, "subscription"))
                try body(&change)
                try change.audit(action, "subscription:\(id)")
                return id.description
            } answer: { store, _ in
                try store.require(id, "subscription")
            }
        }
    }
}
