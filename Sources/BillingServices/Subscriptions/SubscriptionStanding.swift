public import BillingDomain

/// Where a subscription stands at the moment.
public struct SubscriptionStanding: Hashable, Sendable {
    /// The subscription.
    public let subscription: Subscription
    /// What is paid for and not used: what a change or an end would credit now.
    public let unusedCredit: Money
    /// The periods without service that have to be paid before service resumes.
    public let periodsOwed: Int64
    /// When time moves it on; nil for never.
    public let nextDeadline: Timestamp?
}

extension SubscriptionService {
    /// Where a subscription stands at the moment, what is unused counted by days or by seconds.
    public func standing(
        of id: Identifier<Subscription>,
        basis: ProrationBasis = .days
    ) async throws -> SubscriptionStanding {
        let calendar = TenantCalendar(session.tenant)
        let assignment = session.assignment
        let now = session.context.environment.now()
        return try await session.read(.viewSubscriptions) { store in
            let subscription = try assignment.subscription(id, in: store)
            return SubscriptionStanding(
                subscription: subscription,
                unusedCredit: try subscription.unusedCredit(at: now, basis: basis, in: calendar),
                periodsOwed: subscription.periodsOwed(at: now, in: calendar),
                nextDeadline: subscription.nextDeadline(in: calendar)
            )
        }
    }
}
