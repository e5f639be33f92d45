import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport

extension UseCase {
    /// The shop opens at this day.
    private static let day = LocalDate(ManualClock().now)
    private static let days = DateRange(from: day, days: 1)

    static let reports: [UseCase] = [
        UseCase("ReportService.revenue(_:by:)", "see revenue by day", [.viewReports], namesThings: false) {
            session,
            _,
            _ in _ = try await session.reports.revenue(days)
        },
        UseCase("ReportService.day(_:)", "see a day", [.viewReports], namesThings: false) { session, _, _ in
            _ = try await session.reports.day(day)
        },
        UseCase("ReportService.saveDay(_:anew:)", "save a day", [.manageReports], namesThings: false) {
            session,
            _,
            _ in _ = try await session.reports.saveDay(day.adding(days: -1))
        },
        UseCase("ReportService.saveMissedDays()", "save missed days", [.manageReports], namesThings: false) { shop, _ in
            shop.clock.advance(by: .seconds(3 * 86_400))
        } run: { session, _, _, _ in
            _ = try await session.reports.saveMissedDays()
        },
        UseCase("ReportService.saved(kind:_:)", "list saved reports", [.viewReports], namesThings: false) {
            session,
            _,
            _ in _ = try await session.reports.saved()
        },
        UseCase("ReportService.saved(_:)", "see a saved report", [.viewReports]) { shop, _ in
            try await shop.owner.reports.saveDay(day.adding(days: -1))
        } run: { session, _, _, saved in
            _ = try await session.reports.saved(saved.id)
        },
        UseCase("ReportService.staffSales(_:)", "see who sold what", [.viewReports], namesThings: false) {
            session,
            _,
            _ in _ = try await session.reports.staffSales(days)
        },
        UseCase("ReportService.packageSales(_:)", "see what was sold", [.viewReports], namesThings: false) {
            session,
            _,
            _ in _ = try await session.reports.packageSales(days)
        },
        UseCase("ReportService.methods(_:)", "see ways of paying", [.viewReports], namesThings: false) {
            session,
            _,
            _ in _ = try await session.reports.methods(days)
        },
        UseCase("ReportService.usage(_:)", "see usage", [.viewReports], namesThings: false) { session, _, _ in
            _ = try await session.reports.usage(days)
        },
        UseCase("ReportService.expiring(within:_:)", "see what expires", [.viewReports], namesThings: false) {
            session,
            _,
            _ in _ = try await session.reports.expiring()
        },
        UseCase(
            "ReportService.expiringSubscriptions(within:_:)",
            "see whose paid time ends",
            [.viewReports],
            namesThings: false
        ) { session, _, _ in _ = try await session.reports.expiringSubscriptions() },
        UseCase("ReportService.reconciliation(_:stated:)", "reconcile", [.reconcile], namesThings: false) {
            session,
            _,
            _ in _ = try await session.reports.reconciliation(days)
        },
        UseCase("ReportService.trialBalance()", "see the trial balance", [.viewLedger], namesThings: false) {
            session,
            _,
            _ in _ = try await session.reports.trialBalance()
        },
        UseCase("ReportService.export(_:)", "export the ledger", [.exportData, .viewLedger], namesThings: false) {
            session,
            _,
            _ in
            _ = try await session.reports.export(.ledger)
        },
        UseCase("ReportService.export(_:)", "export vouchers", [.exportData, .viewVouchers], namesThings: false) {
            session,
            _,
            _ in
            _ = try await session.reports.export(.vouchers(VoucherFilter()))
        },
        UseCase("ReportService.export(_:)", "export the audit trail", [.exportData, .viewAudit], namesThings: false) {
            session,
            _,
            _ in
            _ = try await session.reports.export(.audit)
        },
        UseCase("RetentionService.preview()", "see what is old", [.manageRetention], namesThings: false) {
            session,
            _,
            _ in _ = try await session.retention.preview()
        },
        UseCase("RetentionService.apply()", "remove what is old", [.manageRetention], namesThings: false) { shop, _ in
            shop.clock.advance(by: .seconds(400 * 86_400))
        } run: { session, _, _, _ in
            _ = try await session.retention.apply()
        },
    ]
}

extension LocalDate {
    /// The day of an instant where the shop is: three hours east of Greenwich.
    init(_ instant: Timestamp) {
        self = FixedOffsetCalendar(seconds: 3 * 3_600).date(instant)
    }
}
