/// What can be changed, all or nothing.
///
/// It reads its own changes. The first call that throws ends the transaction: nothing of it is kept, and every later
/// call throws the same error.
///
/// A store implements the calls that speak of rows, and is asked through those that speak of records, which keep these
/// laws for every store:
/// - A row of a tenant other than the scope's cannot be written: ``PersistenceError/Code/notFound``, as if that tenant
///   did not exist. In the system's scope only tables that belong to it, or are shared with it, can be written:
///   ``PersistenceError/Code/wrongScope``.
/// - Text holds no zero byte: ``PersistenceError/Code/constraint``.
/// - Rows refer only to rows of their own tenant: ``PersistenceError/Code/constraint``.
/// - An insert whose identity or unique columns are taken throws ``PersistenceError/Code/duplicate``.
/// - An update of a row that does not exist throws ``PersistenceError/Code/notFound``; one that carries another revision
///   than the stored one, ``PersistenceError/Code/conflict``; one that would change a fixed column,
///   ``PersistenceError/Code/constraint``. The stored row carries the next revision.
/// - The rows of a table that only grows are never changed or removed: the store's own schema refuses it.
public protocol StoreTransaction: StoreReader {
    /// Adds rows to a table.
    func insert(_ rows: [[StoreValue]], into table: RecordTable) throws

    /// Puts a row in place of the one with its identity, tenant and revision, and counts the revision up.
    func update(_ row: [StoreValue], in table: RecordTable) throws

    /// Removes the rows that a query means, and says how many they were.
    func delete(_ query: RowQuery) throws -> Int
}
