import BillingDomain

/// One transaction of an ``InMemoryStore``: a copy of its state, seen and changed through a scope.
final class MemoryTransaction {
    let scope: StoreScope
    var state: MemoryState

    init(scope: StoreScope, state: MemoryState) {
        self.scope = scope
        self.state = state
    }

    /// Refuses a new record of a tenant that is out of sight, one that is taken, or one that refers to nothing, in that
    /// order, which is also the order in which a database finds out.
    func admit(
        _ what: String,
        of tenant: Identifier<Tenant>,
        isTaken: Bool,
        isDangling: @autoclosure () -> Bool = false
    ) throws {
        try scope.requireSight(of: tenant, for: what)
        guard !isTaken else { throw PersistenceError.taken(what) }
        guard state.tenants[tenant] != nil, !isDangling() else { throw PersistenceError.dangling(what) }
    }

    func visible<Record>(_ record: Record?, _ tenant: KeyPath<Record, Identifier<Tenant>>) -> Record? {
        record.flatMap { scope.sees($0[keyPath: tenant]) ? $0 : nil }
    }

    func visible<ID, Record>(
        _ table: [ID: Record],
        _ tenant: KeyPath<Record, Identifier<Tenant>>
    ) -> [Record] {
        table.values.filter { scope.sees($0[keyPath: tenant]) }
    }

    func page<Record: Sendable>(_ records: [Record], _ request: PageRequest) -> Page<Record> {
        Page(items: Array(records.dropFirst(request.offset).prefix(request.size)), total: records.count)
    }
}
