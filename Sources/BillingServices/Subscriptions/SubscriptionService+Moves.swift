public import BillingDomain
import BillingPersistence

/// What is done with a subscription that moves no money.
extension SubscriptionService {
    /// Lets it go on on the terms it has, where other terms were scheduled and nothing is paid for them yet.
    public func withdrawChange(_ id: Identifier<Subscription>) async throws -> Subscription {
        try await move(.manageSubscriptions, id, "subscription.keep-terms") { subscription, _ in
            try subscription.withdrawChange()
            return ""
        }
    }

    /// Lets it go on after all, where its end was scheduled.
    public func withdrawCancellation(_ id: Identifier<Subscription>) async throws -> Subscription {
        try await move(.manageSubscriptions, id, "subscription.keep") { subscription, _ in
            try subscription.withdrawCancellation()
            return ""
        }
    }

    /// Whether it is renewed from the balance without being asked for.
    public func setAutoRenewal(_ isOn: Bool, of id: Identifier<Subscription>) async throws -> Subscription {
        try await move(.manageSubscriptions, id, "subscription.auto-renewal") { subscription, _ in
            guard !subscription.state.isFinal else { throw BillingError(.conflict, "The subscription has ended.") }
            subscription.autoRenews = isOn
            return isOn ? "on" : "off"
        }
    }

    /// Switches it off by hand, for a reason; what is paid is kept.
    public func suspend(_ id: Identifier<Subscription>, reason: String) async throws -> Subscription {
        try await move(.suspendSubscriptions, id, "subscription.suspend") { subscription, now in
            let reason = try Input.reason(reason)
            try subscription.suspend(at: now, reason: reason)
            return reason
        }
    }

    /// Pauses it at the customer's wish, where its terms allow it.
    public func pause(_ id: Identifier<Subscription>) async throws -> Subscription {
        try await move(.suspendSubscriptions, id, "subscription.pause") { subscription, now in
            try subscription.pause(at: now)
            return ""
        }
    }

    /// Lets it go on after a pause or after it was switched off by hand.
    public func resume(_ id: Identifier<Subscription>) async throws -> Subscription {
        try await move(.suspendSubscriptions, id, "subscription.resume") { subscription, now in
            try subscription.resume(at: now)
            return ""
        }
    }

    /// Puts off its suspension for debt to a date, for a reason.
    public func postpone(
        _ id: Identifier<Subscription>,
        until date: Timestamp,
        reason: String
    ) async throws -> Subscription {
        try await move(.suspendSubscriptions, id, "subscription.postpone") { subscription, now in
            let reason = try Input.reason(reason)
            try subscription.postpone(until: date, reason: reason, at: now)
            return "until \(date): \(reason)"
        }
    }

    private func move(
        _ permission: Permission,
        _ id: Identifier<Subscription>,
        _ action: String,
        _ body: @escaping @Sendable (inout Subscription, Timestamp) throws -> String
    ) async throws -> Subscription {
        let calendar = TenantCalendar(session.tenant)
        return try await session.change(permission) { change in
            var subscription = try change.store.require(id, "subscription", locked: true)
            try change.requireReach(of: subscription)
            let detail = try body(&subscription, change.now)
            try change.audit(action, "subscription:\(id)", detail)
            return try change.keep(subscription, in: calendar)
        }
    }
}
