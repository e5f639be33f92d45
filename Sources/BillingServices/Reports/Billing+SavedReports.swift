public import BillingDomain
import BillingPersistence

extension Billing {
    /// Saves the daily reports that a tenant has missed, as ``ReportService/saveMissedDays()`` does, once the revenue that
    /// time has earned is recognised: for the job that runs every night.
    ///
    /// What cannot be recognised keeps no report back: they are saved without it, and its error is thrown at the end. While
    /// the store is away, or a record that a report itself names cannot be read, nothing is saved.
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
        let saved = try await change(tenant, by: .system("reports")) { try $0.saveMissedDays(of: found) }
        if let failure { throw failure }
        return saved
    }
}
