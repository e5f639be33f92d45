import BillingPersistence

/// The second wall between tenants: what the database itself lets a transaction see, whatever it is asked.
///
/// Each transaction says for itself, and only until its end, whose it is. A table's owner is bound too; superusers and
/// roles that may bypass row security are not.
enum RowSecurity {
    /// The setting that names a transaction's tenant; empty for none.
    static let tenantSetting = "routeros.tenant"
    /// The setting that is `on` in a transaction of the system's scope.
    static let systemSetting = "routeros.system"

    /// The statements that put a table behind the wall; they may be run again.
    static func statements(for table: RecordTable) -> String {
        // The sub-queries are computed once for a statement, not once for a row.
        let isSystem = "(SELECT current_setting('\(systemSetting)', true)) = 'on'"
        let tenant = "(SELECT nullif(current_setting('\(tenantSetting)', true), '')::uuid)"
        let isOwn = table.tenantColumn.map { "\($0) = \(tenant)" }
        let (seen, written): (String, String) =
            switch table.ownership {
            case .tenant: ("\(isSystem) OR \(isOwn ?? "false")", isOwn ?? "false")
            case .shared: ("\(isSystem) OR \(isOwn ?? "false")", "\(isSystem) OR \(isOwn ?? "false")")
            case .system: (isSystem, isSystem)
            }
        return """
            ALTER TABLE \(table.name) ENABLE ROW LEVEL SECURITY;
            ALTER TABLE \(table.name) FORCE ROW LEVEL SECURITY;
            DROP POLICY IF EXISTS routeros_scope ON \(table.name);
            CREATE POLICY routeros_scope ON \(table.name) USING (\(seen)) WITH CHECK (\(written));
            DROP POLICY IF EXISTS routeros_removal ON \(table.name);
            CREATE POLICY routeros_removal ON \(table.name) AS RESTRICTIVE FOR DELETE USING (\(written));
            """
    }
}
