public import BillingDomain
import BillingPersistence

extension CollectionService {
    /// Asks that the customers be told whose paid time ends within ``SettingKey/reminderLead`` days; says how many.
    ///
    /// Once for each end of a paid time, however often it is run. One that renews itself, and one that is paid further
    /// already, ends nothing.
    @discardableResult
    public func remind(tenant: Identifier<Tenant>) async throws -> Int {
        let now = context.environment.now()
        let lead = try await context.read(.tenant(tenant)) { try $0.settings()[.reminderLead] }
        guard lead > 0 else { return 0 }
        let ending = Query(
            Subscription.Columns.state == .active,
            Subscription.Columns.paidThrough > now,
            Subscription.Columns.paidThrough <= now + .seconds(lead * 86_400)
        )
        var count = 0
        try await context.forEach(ending.sorted(by: Subscription.Columns.createdAt), of: tenant) { subscription in
            guard let end = subscription.paidThrough, subscription.scheduledPeriods == 0, !subscription.autoRenews
            else { return }
            let isNew = try await context.change(tenant, by: Self.actor) { change in
                let price = try change.store.nextPrice(of: subscription).asked
                return try change.notify(
                    "customer:\(subscription.customer)",
                    "subscription.ends",
                    [
                        "subscription": subscription.id.description, "package": subscription.terms.packageName,
                        "price": price.description, "until": end.description,
                    ],
                    key: "subscription.ends:\(subscription.id):\(end.microsecondsSince1970)"
                )
            }
            if isNew { count += 1 }
        }
        return count
    }
}
