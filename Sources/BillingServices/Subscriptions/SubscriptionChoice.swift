public import BillingDomain
import BillingPersistence

/// What a subscription gives and costs.
public enum SubscriptionChoice: Hashable, Sendable {
    /// A recurring package of the price list as it is offered now, with the tenant's days of grace.
    case package(Identifier<Package>)
    /// Terms of its own, which takes ``Permission/managePackages`` too.
    case terms(SubscriptionTerms)

    var fingerprint: [String?] {
        switch self {
        case .package(let id): ["package", id.description]
        case .terms(let terms): ["terms"] + terms.fingerprint
        }
    }

    /// What choosing it takes beside the permission for what is done with it.
    var furtherPermissions: [Permission] {
        if case .terms = self { [.managePackages] } else { [] }
    }
}

extension StoreReader {
    /// The terms that were chosen for a service, and the package they are of if any.
    func terms(
        of choice: SubscriptionChoice,
        for kind: ServiceKind
    ) throws -> (terms: SubscriptionTerms, package: Identifier<Package>?) {
        switch choice {
        case .terms(let terms):
            return (terms, nil)
        case .package(let id):
            let package = try PackageService.find(id, in: self)
            guard !package.isArchived else {
                throw BillingError(.conflict, field: "package", "This package is no longer offered. Choose another.")
            }
            guard package.kind.serviceKind == kind else {
                throw BillingError.invalid(
                    "package",
                    "“\(package.name)” is sold as \(package.kind.rawValue), not for \(kind.rawValue). Choose another."
                )
            }
            return (try SubscriptionTerms(of: package, graceDays: Int(settings()[.gracePeriod])), id)
        }
    }
}
