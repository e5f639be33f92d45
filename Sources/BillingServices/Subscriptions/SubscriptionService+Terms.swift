public import BillingDomain
import BillingPersistence

extension SubscriptionService {
    /// What a package would be subscribed to at: its price and its time, with the tenant's days of grace.
    ///
    /// - Throws: ``BillingError/Code/invalidInput`` for a package that is not valid for whole days, weeks or months.
    public func terms(of package: Identifier<Package>) async throws -> SubscriptionTerms {
        try await session.read(.viewPackages) { store in
            try SubscriptionTerms(
                of: PackageService.find(package, in: store),
                graceDays: Int(store.settings()[.gracePeriod])
            )
        }
    }
}
