public import BillingDomain
public import BillingPersistence

/// What happened on one business day of a tenant.
public struct DailyReport: Hashable, Sendable, Codable {
    /// The day, in the tenant's zone.
    public let day: LocalDate
    /// Expected, received and earned, by currency.
    public let revenue: [RevenueFigures]
    /// How many vouchers changed.
    public let vouchers: VoucherFlow
    /// Who sold what.
    public let staff: [StaffSales]
    /// What was sold; costs are left out, for who reads saved reports need not see them.
    public let packages: [PackageSales]
    /// Where the money came in and went out.
    public let methods: [MethodFlow]
}

extension DailyReport {
    /// What saved daily reports are called.
    public static let kind = "daily"

    /// The form in which they are saved.
    public static let format = "daily-report/1"

    /// Reads a report that was saved; `nil` for one of another kind or form.
    public init?(_ saved: SavedReport) {
        guard saved.kind == Self.kind, saved.format == Self.format,
            let report = try? StorableJSON<DailyReport>(storeValue: .text(saved.content))
        else { return nil }
        self = report.value
    }

    /// Adds a day up, past records that cannot be read: the first error is noted.
    init(
        _ day: LocalDate,
        _ calendar: TenantCalendar,
        in store: any StoreReader,
        damage: inout PersistenceError?
    ) throws {
        let span = calendar.instants(of: day)
        let sales = try store.sales(span, damage: &damage)
        self.day = day
        revenue = try store.revenue(from: span.lowerBound, until: span.upperBound)
        vouchers = try store.voucherFlow(span)
        staff = StaffSales.sums(of: sales)
        packages = PackageSales.sums(of: sales)
        methods = try store.accountFlows(span, families: MethodFlow.families).map(MethodFlow.init)
    }
}
