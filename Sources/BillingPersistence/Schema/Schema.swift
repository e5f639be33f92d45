import BillingDomain

/// What a store has to keep.
public enum Schema {
    /// Every table there is, each after those that it refers to.
    public static let tables: [RecordTable] = [
        Tenant.table, Site.table, Router.table, Package.table, VoucherBatch.table, Voucher.table,
        VoucherEntitlement.table,
        VoucherDevice.table,
        RoleDefinition.table, Staff.table, APIToken.table, SignInSession.table, LedgerRow.table, PostingRow.table,
        AuditRow.table, RouterQueue.table, OutboxJob.table, IdempotencyRecord.table,
        SignInAttempt.table, ThrottledAccount.table, ThrottledAddress.table,
        RouterEvent.table, NetworkSession.table, UsageDayRow.table,
        Shift.table, CashMovement.table, CommissionRule.table, CommissionStatement.table, CommissionAccrual.table,
        Agent.table, Settings.table, ScheduledJob.table, JobRun.table, Leadership.table, SavedReport.table,
        Customer.table, ServiceAccount.table, Subscription.table, Invoice.table, CreditNote.table, DocumentSeries.table,
        PaymentRow.table, PaymentEventRow.table, PaymentReceiptRow.table, Receipt.table, PaymentTermsRow.table,
        ExchangeRateRow.table, NotificationIntent.table, InboxMessage.table,
    ]

    /// The steps that bring a database of a dialect up to date.
    package static func migrations<Dialect: SQLDialect>(_: Dialect.Type) -> [Migration] {
        [Migration("1 everything", tables.map { SQL<Dialect>.create($0, among: tables) }.joined(separator: "\n"))]
    }
}
