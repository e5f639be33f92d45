import BillingDomain
import BillingPersistence

/// One transaction of a ``SQLiteStore``: its connection, seen and changed through a scope.
final class SQLiteTransaction {
    let scope: StoreScope
    let db: Connection

    init(_ connection: Connection, _ scope: StoreScope) {
        db = connection
        self.scope = scope
    }

    /// A condition with one question mark, for the scope's tenant, that lets only visible rows through.
    func sight(_ column: String = "tenant") -> String {
        scope.tenant == nil ? "? IS NULL" : "\(column) = ?"
    }

    /// Explains an update that found no row to change.
    func requireChange<Entity>(
        _ changes: Int,
        of what: String,
        in table: String,
        _ id: Identifier<Entity>,
        _ tenant: Identifier<Tenant>,
        revision: Int64? = nil
    ) throws {
        guard changes == 0 else { return }
        let isThere: Bool? = try db.value("SELECT 1 FROM \(table) WHERE id = ? AND tenant = ?", id, tenant)
        guard isThere == true else { throw PersistenceError.missing(what) }
        guard let revision else { throw PersistenceError.fixed(what) }
        let stored: Int64? = try db.value("SELECT revision FROM \(table) WHERE id = ?", id)
        throw stored == revision ? PersistenceError.fixed(what) : PersistenceError.stale(what)
    }

    /// One page of the records that meet a condition, and the number of all of them.
    func page<Found: Selectable & Sendable>(
        _ request: PageRequest,
        where condition: String,
        _ values: [any Column],
        order: String
    ) throws -> Page<Found> {
        let counts: [Int] = try db.rows("SELECT count(*) FROM \(Found.table) WHERE \(condition)", values) { try $0() }
        let items: [Found] = try db.all(
            where: "\(condition) ORDER BY \(order) LIMIT ? OFFSET ?",
            values + [request.size, request.offset]
        )
        return Page(items: items, total: counts.first ?? 0)
    }
}
