import BillingDomain

/// What a store has to keep.
public enum Schema {
    /// Every kind of record there is, each after those that it refers to.
    public static let records: [any StoredRecord.Type] = [
        Tenant.self, Site.self, Router.self, Package.self, VoucherBatch.self, Voucher.self, VoucherEntitlement.self,
        VoucherDevice.self, RoleDefinition.self, Staff.self, APIToken.self, SignInSession.self, LedgerRow.self,
        PostingRow.self, AuditRow.self, RouterQueue.self, IdempotencyRecord.self, SignInAttempt.self,
        ThrottledAccount.self, ThrottledAddress.self, RouterEvent.self, NetworkSession.self, UsageDayRow.self,
        Shift.self, CashMovement.self, CommissionRule.self, CommissionStatement.self, CommissionAccrual.self,
        Agent.self, Settings.self, ScheduledJob.self, JobRun.self, Leadership.self, SavedReport.self, Customer.self,
        ServiceAccount.self, OutboxJob.self, Subscription.self, Invoice.self, CreditNote.self, DocumentSeries.self,
        PaymentRow.self,
        PaymentEventRow.self, PaymentReceiptRow.self, Receipt.self, PaymentTermsRow.self, ExchangeRateRow.self,
        Tax.self, NotificationIntent.self, InboxMessage.self, RouterQuestion.self, RouterDowntime.self,
        RouterHealth.self, RouterCare.self, RouterBackup.self, RouterBackupFile.self,
    ]

    /// Their tables, in the same order.
    public static let tables: [RecordTable] = records.map { $0.table }

    /// The steps that bring a database of a dialect up to date.
    package static func migrations<Dialect: SQLDialect>(_: Dialect.Type) -> [Migration] { Dialect.migrations }

    /// What the steps must come to: the tables as the records describe them now.
    package static func definition<Dialect: SQLDialect>(_: Dialect.Type) -> String {
        tables.map { SQL<Dialect>.create($0, among: tables) }.joined(separator: "\n")
    }
}
