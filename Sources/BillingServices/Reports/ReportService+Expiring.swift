import BillingDomain
public import BillingPersistence

extension ReportService {
    /// Subscriptions within reach whose paid time ends within a time from now, with their customers, the first to end
    /// first.
    ///
    /// Those that pay themselves from the balance are among them: ask whether it will do. `duration` is above zero and up
    /// to 366 days. Places are pages by number: the end of a subscription can change.
    public func expiringSubscriptions(
        within duration: Duration = .seconds(7 * 86_400),
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<ExpiringSubscription> {
        try Self.check(duration, page)
        let now = session.context.environment.now()
        let assignment = session.assignment
        return try await session.read(.viewReports) { store in
            let expiring = try Query.expiring(now..<(now + duration)).within(assignment, in: store)
            let found = try store.page(expiring, page)
            let payers = try store.find(found.items.map(\.customer))
            let customers = Dictionary(payers.map { ($0.id, $0) }) { first, _ in first }
            return try found.map { subscription in
                guard let customer = customers[subscription.customer] else { throw BillingError.notFound("customer") }
                return ExpiringSubscription(subscription: subscription, customer: customer)
            }
        }
    }

    static func check(_ duration: Duration, _ page: PageRequest) throws {
        guard duration > .zero, duration <= .seconds(366 * 86_400) else {
            throw BillingError.invalid("within", "Give a time above zero, up to 366 days.")
        }
        guard case .number = page.start else {
            throw BillingError.invalid("page", "This list has pages by number only.")
        }
    }
}

extension Query where Record == Subscription {
    /// Those in service whose paid time ends in a span, the first to end first.
    static func expiring(_ span: Range<Timestamp>) -> Self {
        SubscriptionFilter(states: [.active], paidFrom: span.lowerBound, paidBefore: span.upperBound).query
    }
}
