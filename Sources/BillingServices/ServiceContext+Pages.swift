import BillingDomain
import BillingPersistence

extension ServiceContext {
    /// Hands out what a query means to work that makes a transaction of its own for each.
    ///
    /// A page is read at a time and none is held open meanwhile, so that nobody waits for a long list. Sort by what the
    /// work does not change: then nothing is left out or handed out twice. One that fails does not keep the rest waiting:
    /// the first error is thrown at the end.
    func forEach<Record: StoredRecord>(
        _ query: Query<Record>,
        of tenant: Identifier<Tenant>,
        _ body: (Record) async throws -> Void
    ) async throws {
        var place: PageCursor?
        var failure: (any Error)?
        repeat {
            let request = PageRequest(after: place, size: 200)
            let page = try await read(.tenant(tenant)) { try $0.page(query, request) }
            for record in page.items {
                do { try await body(record) } catch { failure = failure ?? error }
            }
            place = page.next
        } while place != nil
        if let failure { throw failure }
    }

    /// The business days of a tenant.
    func calendar(of tenant: Identifier<Tenant>) async throws -> TenantCalendar {
        try await read(.tenant(tenant)) { store in
            guard let tenant = try store.tenant(tenant) else { throw BillingError.notFound("tenant", field: "tenant") }
            return TenantCalendar(tenant)
        }
    }
}
