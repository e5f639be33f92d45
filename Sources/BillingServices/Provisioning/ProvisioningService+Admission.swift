public import BillingDomain
import BillingPersistence

extension ProvisioningService {
    /// Which of some vouchers and services of a router may not be on line now, and why; the others may.
    ///
    /// The hours of a package act here alone: a router knows none, so whoever provisions it asks again as time goes on,
    /// and lets in or cuts off. A router that is gone admits nobody.
    public func refusals(
        of subjects: Set<SessionSubject>,
        on id: Identifier<Router>
    ) async throws -> [SessionSubject: AccessRefusal] {
        let unknown = Dictionary(subjects.map { ($0, AccessRefusal.unknown) }) { first, _ in first }
        guard let tenant = try await inUse(id)?.tenant else { return unknown }
        let now = context.environment.now()
        return try await context.read(.tenant(tenant)) { store in
            guard let zone = try store.tenant(tenant) else { return unknown }
            let calendar = TenantCalendar(zone)
            var refusals = unknown
            for voucher in try store.find(subjects.compactMap(\.voucher)) where voucher.router == id {
                refusals[.voucher(voucher.id)] = voucher.refusal(at: now, in: calendar)
            }
            let accounts = try store.find(subjects.compactMap(\.service)).filter { $0.router == id }
            let packages = try store.find(Set(accounts.compactMap(\.package)))
            let hours = Dictionary(packages.map { ($0.id, $0.terms.schedule) }) { first, _ in first }
            for account in accounts {
                let schedule = account.package.flatMap { hours[$0] ?? nil }
                refusals[.service(account.id)] = account.refusal(at: now, hours: schedule, in: calendar)
            }
            return refusals
        }
    }
}
