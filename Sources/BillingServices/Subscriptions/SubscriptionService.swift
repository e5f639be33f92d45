public import BillingDomain
public import BillingPersistence

/// The subscriptions of one tenant: nothing is served that is not paid, but for the days of grace in its terms.
public struct SubscriptionService: Sendable {
    let session: BillingSession

    /// The subscriptions within reach that meet a filter, newest first; the first to end first where the end is asked for.
    public func list(
        _ filter: SubscriptionFilter = SubscriptionFilter(),
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<Subscription> {
        let assignment = session.assignment
        return try await session.read(.viewSubscriptions) { try $0.page(filter.query.within(assignment, in: $0), page) }
    }

    /// One subscription.
    public func subscription(_ id: Identifier<Subscription>) async throws -> Subscription {
        let assignment = session.assignment
        return try await session.read(.viewSubscriptions) { try assignment.subscription(id, in: $0) }
    }

    /// What one period that is paid next costs, with the tax in force: what a payment for it, or its renewal, takes.
    public func nextPrice(of id: Identifier<Subscription>) async throws -> TaxedPrice {
        let assignment = session.assignment
        return try await session.read(.viewSubscriptions) { try $0.nextPrice(of: assignment.subscription(id, in: $0)) }
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
                    autoRenews: try order.autoRenews ?? change.store.settings()[.renewsFromBalance],
                    createdAt: change.now
                )
                try change.store.insert(subscription)
                try change.audit("subscription.order", "subscription:\(subscription.id)", terms.packageName)
                if case .gateway = order.method { return "\(subscription.id)" }
                let payment = try change.take(
                    PaymentDraft(
                        customer: customer,
                        method: order.method,
                        price: change.store.nextPrice(of: subscription).asked * order.periods,
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
}
