public import BillingDomain
import BillingPersistence

extension SubscriptionService {
    /// What a package would be subscribed to at: its price and its time, with the tenant's days of grace.
    ///
    /// - Throws: ``BillingError/Code/invalidInput`` for a package that is sold as vouchers, or not valid for whole days, weeks
    ///   or months.
    public func terms(of package: Identifier<Package>) async throws -> SubscriptionTerms {
        try await session.read(.viewPackages) { store in
            let found = try PackageService.find(package, in: store)
            guard let kind = found.kind.serviceKind else {
                throw BillingError.invalid(
                    "package",
                    "“\(found.name)” is sold as vouchers. Choose a recurring package."
                )
            }
            return try store.terms(of: .package(package), for: kind).terms
        }
    }
}
