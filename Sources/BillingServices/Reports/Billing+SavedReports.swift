public import BillingDomain
import BillingPersistence

extension Billing {
    /// Saves the daily reports that a tenant has missed, as ``ReportService/saveMissedDays()`` does, once the revenue that
    /// time has earned is recognised: for the job that runs every night.
    public func saveMissedDays(of tenant: Identifier<Tenant>) async throws -> [SavedReport] {
        try await context.saveMissedDays(of: tenant)
    }
}

extension ServiceContext {
    func saveMissedDays(of tenant: Identifier<Tenant>) async throws -> [SavedReport] {
        guard let found = try await read(.tenant(tenant), { try $0.tenant(tenant) }) else {
            throw BillingError.notFound("tenant", field: "tenant")
        }
        try await CollectionService(context: self).recogniseRevenue(tenant: tenant)
        return try await change(tenant, by: .system("reports")) { try $0.saveMissedDays(of: found) }
    }
}
