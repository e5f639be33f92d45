import BillingDomain

/// What a store has to keep.
public enum Schema {
    /// Every table there is, each after those that it refers to.
    public static let tables: [RecordTable] = [
        Tenant.table, Router.table, Package.table, VoucherBatch.table, Voucher.table, Staff.table, APIToken.table,
        SignInSession.table, LedgerRow.table, PostingRow.table, AuditRow.table, RouterQueue.table, OutboxJob.table,
        IdempotencyRecord.table,
    ]

    /// The steps that bring a database of a dialect up to date.
    package static func migrations<Dialect: SQLDialect>(_: Dialect.Type) -> [Migration] {
        [Migration("1 everything", tables.map { SQL<Dialect>.create($0, among: tables) }.joined(separator: "\n"))]
    }
}
