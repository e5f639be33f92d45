import BillingDomain
import BillingPersistence

/// What went wrong in work on many things that goes on past each: one error stands for all.
struct Failures {
    private var first: (any Error)?

    /// Notes an error: the first one stays, unless a later one says that the store or the machine is away.
    mutating func note(_ error: any Error) {
        guard let first, BillingError.isAbsence(first) || !BillingError.isAbsence(error) else {
            self.first = error
            return
        }
    }

    /// Notes what a piece of the work throws, and goes on.
    mutating func noting(_ body: () async throws -> Void) async {
        do { try await body() } catch { note(error) }
    }

    /// Throws what was noted, if anything.
    func rethrow() throws {
        if let first { throw first }
    }
}

extension ServiceContext {
    /// Hands out what a query means to work that makes a transaction of its own for each.
    ///
    /// A page is read at a time and none is held open meanwhile, so that nobody waits for a long list. Sort by what the
    /// work does not change: then nothing is left out or handed out twice. One that fails, or cannot be read, does not keep
    /// the rest waiting: one error is thrown at the end, the first, or that the store is away.
    func forEach<Record: StoredRecord>(
        _ query: Query<Record>,
        of tenant: Identifier<Tenant>,
        _ body: (Record) async throws -> Void
    ) async throws {
        var place: PageCursor?
        var failures = Failures()
        repeat {
            let request = PageRequest(after: place, size: 200)
            let (page, damage) = try await read(.tenant(tenant)) { try $0.readablePage(query, request) }
            if let damage { failures.note(BillingError(damage)) }
            for record in page.items {
                do { try await body(record) } catch { failures.note(error) }
            }
            place = page.next
        } while place != nil
        try failures.rethrow()
    }

    /// The business days of a tenant.
    func calendar(of tenant: Identifier<Tenant>) async throws -> TenantCalendar {
        try await read(.tenant(tenant)) { store in
            guard let tenant = try store.tenant(tenant) else { throw BillingError.notFound("tenant", field: "tenant") }
            return TenantCalendar(tenant)
        }
    }
}
