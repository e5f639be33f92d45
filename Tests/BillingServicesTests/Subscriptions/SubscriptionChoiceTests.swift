import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("What is subscribed to")
struct SubscriptionChoiceTests {
    @Test("a package is subscribed to at its price, with the tenant's days of grace", arguments: Backing.allCases)
    func packagesAreSubscribedTo(backing: Backing) async throws {
        let till = try await Till.open(backing)
        _ = try await till.owner.settings.set(.gracePeriod, to: 5)
        let package = try await till.owner.packages.create(till.monthly(), key: .new())
        var order = try till.subscriptionOrder()
        order.choice = .package(package.id)
        let ordered = try await till.owner.subscriptions.order(order, key: .new())
        #expect(ordered.subscription.package == package.id)
        #expect(ordered.serviceAccount.package == package.id)
        #expect(ordered.serviceAccount.routerProfile == "home")
        #expect((ordered.subscription.terms.price, ordered.subscription.terms.graceDays) == (till.ugx(3_000), 5))
        #expect(ordered.payment?.amount == till.ugx(3_000))
        let other = try await till.owner.packages.create(till.monthly("Other"), key: .new())
        _ = try await till.owner.subscriptions.change(
            ordered.subscription.id,
            to: .package(other.id),
            policy: .atPeriodEnd,
            key: .new()
        )
        let subscription = try await till.owner.subscriptions.subscription(ordered.subscription.id)
        #expect(subscription.scheduledTerms?.packageName == "Other")
    }

    @Test("a package of another kind, or one that is gone, is not subscribed to", arguments: Backing.allCases)
    func otherPackagesAreRefused(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let hotspot = try await till.owner.packages.create(till.monthly(kind: .recurringHotspot), key: .new())
        let gone = try await till.owner.packages.create(till.monthly("Gone"), key: .new())
        _ = try await till.owner.packages.archive(gone.id)
        var order = try till.subscriptionOrder()
        for id in [hotspot.id, till.shop.package.id] {
            order.choice = .package(id)
            await expectRefusal(.invalidInput, field: "package") {
                try await till.owner.subscriptions.order(order, key: .new())
            }
        }
        order.choice = .package(gone.id)
        await expectRefusal(.conflict, field: "package") {
            try await till.owner.subscriptions.order(order, key: .new())
        }
        #expect(try await till.owner.serviceAccounts.list().items.count == 0)
    }

    @Test("no voucher is made of a package that is subscribed to", arguments: Backing.allCases)
    func noVouchersOfSubscriptions(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let package = try await till.owner.packages.create(till.monthly(), key: .new())
        await expectRefusal(.invalidInput, field: "package") {
            try await till.owner.vouchers.generate(1, of: package.id, on: till.shop.router.id, key: .new())
        }
        await expectRefusal(.invalidInput, field: "profile") {
            try await till.owner.vouchers.generate(1, profile: "Month", on: till.shop.router.id, key: .new())
        }
        #expect(try await till.owner.vouchers.list().items.count == 0)
    }
}
