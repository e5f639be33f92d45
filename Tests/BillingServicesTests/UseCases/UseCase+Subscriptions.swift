import BillingDomain
import BillingServices
import TestSupport

extension UseCase {
    /// What customers pay for period by period.
    static let subscriptions: [UseCase] = [
        UseCase("SubscriptionService.list(_:_:)", "list subscriptions", [.viewSubscriptions], namesThings: false) {
            session,
            _,
            _ in
            _ = try await session.subscriptions.list()
        },
        UseCase(
            till: "SubscriptionService.subscription(_:)",
            "see a subscription",
            [.viewSubscriptions],
            given: running
        ) { session, _, running in
            _ = try await session.subscriptions.subscription(running.id)
        },
        UseCase(
            till: "SubscriptionService.standing(of:basis:)",
            "see where a subscription stands",
            [.viewSubscriptions],
            given: running
        ) { session, _, running in
            _ = try await session.subscriptions.standing(of: running.id)
        },
        UseCase(
            till: "SubscriptionService.nextPrice(of:)",
            "ask what the next period costs",
            [.viewSubscriptions],
            given: running
        ) { session, _, running in
            _ = try await session.subscriptions.nextPrice(of: running.id)
        },
        UseCase(
            till: "SubscriptionService.order(_:key:)",
            "order a subscription",
            [.manageSubscriptions, .takePayments, .managePackages]
        ) { session, till in
            _ = try await session.subscriptions.order(till.subscriptionOrder(), key: .call)
        },
        UseCase(
            till: "SubscriptionService.order(_:key:)",
            "order a subscription to a package",
            [.manageSubscriptions, .takePayments],
            given: monthly
        ) { session, till, package in
            var order = try till.subscriptionOrder()
            order.choice = .package(package.id)
            _ = try await session.subscriptions.order(order, key: .call)
        },
        UseCase(
            till: "SubscriptionService.renewFromBalance(_:periods:key:)",
            "renew from a balance",
            [.renewSubscriptions],
            given: funded
        ) { session, _, running in
            _ = try await session.subscriptions.renewFromBalance(running.id, key: .call)
        },
        UseCase(
            till: "SubscriptionService.grant(_:to:reason:key:)",
            "give periods away",
            [.grantDiscounts],
            given: running
        ) { session, _, running in
            _ = try await session.subscriptions.grant(1, to: running.id, reason: "outage", key: .call)
        },
        UseCase(
            till: "SubscriptionService.change(_:to:policy:basis:key:)",
            "change a subscription",
            [.manageSubscriptions, .managePackages],
            given: funded
        ) { session, till, running in
            let terms = try till.terms(2_000)
            _ = try await session.subscriptions.change(running.id, to: .terms(terms), policy: .immediately, key: .call)
        },
        UseCase(
            till: "SubscriptionService.cancel(_:immediately:reason:basis:key:)",
            "cancel a subscription",
            [.manageSubscriptions],
            given: running
        ) { session, _, running in
            _ = try await session.subscriptions.cancel(running.id, immediately: true, reason: "moved", key: .call)
        },
        UseCase(
            till: "SubscriptionService.withdrawCancellation(_:)",
            "withdraw a cancellation",
            [.manageSubscriptions]
        ) { till in
            try await till.owner.subscriptions.cancel(running(till).id, key: .new())
        } run: { session, _, running in
            _ = try await session.subscriptions.withdrawCancellation(running.id)
        },
        UseCase(till: "SubscriptionService.withdrawChange(_:)", "withdraw a change", [.manageSubscriptions]) { till in
            let running = try await running(till)
            return try await till.owner.subscriptions.change(running.id, to: .terms(till.terms(500)), key: .new())
        } run: { session, _, running in
            _ = try await session.subscriptions.withdrawChange(running.id)
        },
        UseCase(till: "SubscriptionService.terms(of:)", "ask the terms of a package", [.viewPackages], given: monthly) {
            session,
            _,
            package in
            _ = try await session.subscriptions.terms(of: package.id)
        },
        UseCase(
            till: "SubscriptionService.setAutoRenewal(_:of:)",
            "renew by itself",
            [.manageSubscriptions],
            given: running
        ) { session, _, running in
            _ = try await session.subscriptions.setAutoRenewal(true, of: running.id)
        },
        UseCase(
            till: "SubscriptionService.suspend(_:reason:)",
            "suspend a subscription",
            [.suspendSubscriptions],
            given: running
        ) { session, _, running in
            _ = try await session.subscriptions.suspend(running.id, reason: "abuse")
        },
        UseCase(
            till: "SubscriptionService.pause(_:)",
            "pause a subscription",
            [.suspendSubscriptions],
            given: running
        ) { session, _, running in
            _ = try await session.subscriptions.pause(running.id)
        },
        UseCase(till: "SubscriptionService.resume(_:)", "resume a subscription", [.suspendSubscriptions]) { till in
            try await till.owner.subscriptions.pause(running(till).id)
        } run: { session, _, running in
            _ = try await session.subscriptions.resume(running.id)
        },
        UseCase(
            till: "SubscriptionService.postpone(_:until:reason:)",
            "postpone a suspension",
            [.suspendSubscriptions],
            given: running
        ) { session, till, running in
            let date = till.shop.clock.now + .seconds(40 * 86_400)
            _ = try await session.subscriptions.postpone(running.id, until: date, reason: "promised")
        },
        UseCase(
            till: "SubscriptionService.terminate(_:reason:forfeitsUnused:basis:key:)",
            "terminate a subscription",
            [.suspendSubscriptions],
            given: running
        ) { session, _, running in
            _ = try await session.subscriptions.terminate(running.id, reason: "abuse", key: .call)
        },
    ]

    /// A subscription that may be paused, ten days after it was paid in cash.
    @Sendable private static func monthly(_ till: Till) async throws -> Package {
        try await till.owner.packages.create(till.monthly("Month \(till.shop.random.word())"), key: .new())
    }

    @Sendable private static func running(_ till: Till) async throws -> Subscription {
        let terms = try SubscriptionTerms(
            packageName: "Home",
            cycle: .days(30),
            price: till.ugx(1_000),
            routerProfile: "home",
            graceDays: 3,
            allowsPause: true
        )
        let subscription = try await till.order(terms).subscription
        till.days(10)
        return subscription
    }

    /// The same, of a customer with money, the first of it a gift.
    @Sendable private static func funded(_ till: Till) async throws -> Subscription {
        try await till.topUp(5_000)
        _ = try await till.owner.wallets.grant(till.ugx(300), to: till.customer.id, reason: "gift", key: .new())
        return try await running(till)
    }
}
