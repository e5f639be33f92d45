public import BillingDomain
import BillingPersistence

/// What is done with a subscription that money follows, each once under its key.
extension SubscriptionService {
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
            return ""
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
            let reason = try Input.reason(reason)
            let subscription = try change.store.require(id, "subscription", locked: true)
            try change.extend(subscription, on: .grant(key.text), periods: periods, in: calendar)
            return "\(periods) × \(subscription.nextPrice): \(reason)"
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
                let price = try change.store.taxes(on: .subscription).on(terms.price)
                let (ground, granted) = try change.pay(price, for: subscription, key: name)
                try subscription.change(
                    to: terms,
                    on: ground,
                    price: price,
                    granted: granted,
                    at: change.now,
                    in: calendar
                )
            }
            try change.keep(subscription, in: calendar)
            return "\(terms.packageName), \(terms.price)"
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
            let reason = try reason.map { try Input.reason($0) }
            var subscription = try change.store.require(id, "subscription", locked: true)
            if immediately || !subscription.state.isServed {
                try change.creditUnused(of: &subscription, basis: basis, in: calendar)
                try subscription.cancel(at: change.now, reason: reason)
            } else {
                try subscription.scheduleCancellation()
            }
            try change.keep(subscription, in: calendar)
            return reason ?? ""
        }
    }

    /// Ends it for the house, for a reason, with the unused part of what was paid credited to the balance.
    ///
    /// Only where `forfeitsUnused` says so is that lost to the customer and earned by the house.
    public func terminate(
        _ id: Identifier<Subscription>,
        reason: String,
        forfeitsUnused: Bool = false,
        basis: ProrationBasis = .days,
        key: IdempotencyKey
    ) async throws -> Subscription {
        let calendar = TenantCalendar(session.tenant)
        let request = [reason, String(forfeitsUnused), basis.rawValue]
        return try await once(.suspendSubscriptions, id, "subscription.terminate", key, request) { change in
            let reason = try Input.reason(reason)
            var subscription = try change.store.require(id, "subscription", locked: true)
            if !forfeitsUnused { try change.creditUnused(of: &subscription, basis: basis, in: calendar) }
            try subscription.terminate(at: change.now, reason: reason)
            try change.keep(subscription, in: calendar)
            return forfeitsUnused ? "\(reason); what was unused is forfeited" : reason
        }
    }

    private func once(
        _ permission: Permission,
        _ id: Identifier<Subscription>,
        _ action: String,
        _ key: IdempotencyKey,
        _ request: [String],
        _ body: @escaping @Sendable (inout Change) throws -> String
    ) async throws -> Subscription {
        try await session.change(permission) { change in
            try change.once(key, [action, id.description] + request) { change in
                try change.requireReach(of: change.store.require(id, "subscription"))
                let detail = try body(&change)
                try change.audit(action, "subscription:\(id)", detail)
                return id.description
            } answer: { store, _ in
                try store.require(id, "subscription")
            }
        }
    }
}
