public import BillingDomain
import BillingPersistence

extension Billing {
    /// Saves the daily reports that a tenant has missed, as ``ReportService/saveMissedDays()`` does, once the revenue that
    /// time has earned is recognised: for the job that runs every night.
    ///
    /// What cannot be recognised, or read, keeps no report back: they are saved without it, and the first error is thrown at the
    /// end. The books say how much was sold; a subscription that cannot be read stands there as `subscription:<id>`. While the
    /// store is away, nothing is saved.
    public func saveMissedDays(of tenant: Identifier<Tenant>) async throws -> [SavedReport] {
        try await context.saveMissedDays(of: tenant)
    }
}

extension ServiceContext {
    func saveMissedDays(of tenant: Identifier<Tenant>) async throws -> [SavedReport] {
        guard let found = try await read(.tenant(tenant), { try $0.tenant(tenant) }) else {
            throw BillingError.notFound("tenant", field: "tenant")
        }
        var failure: (any Error)?
        do {
            try await CollectionService(context: self).recogniseRevenue(tenant: tenant)
        } catch let error where !BillingError.isAbsence(error) {
            // What cannot be recognised must not keep a day from being saved; records that are away do.
            failure = error
        }
        let (saved, damage) = try await change(tenant, by: .system("reports")) { change in
            var damage: PersistenceError?
            return (try change.saveMissedDays(of: found, damage: &damage), damage)
        }
        if let failure = failure ?? damage.map({ BillingError($0) }) { throw failure }
        return saved
    }
}
