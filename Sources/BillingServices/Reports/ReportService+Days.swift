public import BillingDomain
public import BillingPersistence

extension ReportService {
    /// The longest a report of one call can be: 400 parts, and 3 660 days in all.
    static let longest = (parts: 400, days: Int64(3_660))

    /// Revenue in its three meanings, by day, week or month of the tenant's zone.
    ///
    /// - Parameters:
    ///   - days: 1 to 3 660 days, which make 400 parts at most.
    ///   - period: How they are divided.
    /// - Returns: A row for every part, in order.
    /// - Throws: ``BillingError/Code/invalidInput`` for days that are none or too many.
    public func revenue(_ days: DateRange, by period: ReportPeriod = .day) async throws -> [RevenueRow] {
        let calendar = calendar
        return try await session.read(.viewReports) { try $0.revenue(days, by: period, calendar) }
    }

    /// What happened on a business day, as the records have it now.
    public func day(_ day: LocalDate) async throws -> DailyReport {
        let calendar = calendar
        return try await session.read(.viewReports) { store in
            try PersistenceError.refusingDamage { try DailyReport(day, calendar, in: store, damage: &$0) }
        }
    }

    /// Saves the report of a day that is over, or answers with the one that was saved.
    ///
    /// `anew` makes a new edition of it. Throws ``BillingError/Code/invalidInput`` for a day that is not over.
    public func saveDay(_ day: LocalDate, anew: Bool = false) async throws -> SavedReport {
        let calendar = calendar
        return try await session.change(.manageReports) { change in
            guard day < calendar.date(change.now) else {
                throw BillingError.invalid("day", "This day is not over. Save it from tomorrow on.")
            }
            return try PersistenceError.refusingDamage { try change.saveDaily(day, anew: anew, calendar, damage: &$0) }
        }
    }

    /// Saves the reports of all days that are over and have none, 400 at most, the oldest first.
    ///
    /// Days are missed while nobody saves them; the first is that on which the tenant was made.
    public func saveMissedDays() async throws -> [SavedReport] {
        let tenant = session.tenant
        return try await session.change(.manageReports) { change in
            try PersistenceError.refusingDamage { try change.saveMissedDays(of: tenant, damage: &$0) }
        }
    }

    /// Saved reports, newest first, of one kind if given.
    public func saved(kind: String? = nil, _ page: PageRequest = PageRequest()) async throws -> Page<SavedReport> {
        try await session.read(.viewReports) { store in
            let all = Query<SavedReport>().sorted(byDescending: SavedReport.Columns.createdAt)
            return try store.page(kind.map { all.where(SavedReport.Columns.kind == $0) } ?? all, page)
        }
    }

    /// A saved report.
    public func saved(_ id: Identifier<SavedReport>) async throws -> SavedReport {
        try await session.read(.viewReports) { store in
            guard let report = try store.find(id) else { throw BillingError.notFound("report", field: "report") }
            return report
        }
    }

    var calendar: TenantCalendar { TenantCalendar(session.tenant) }

    static func check(_ days: DateRange) throws {
        guard (1...longest.days).contains(days.days) else {
            throw BillingError.invalid("days", "Ask for 1 to \(longest.days) days.")
        }
    }
}

extension StoreReader {
    /// Revenue of the parts of some days; see ``ReportService/revenue(_:by:)``.
    func revenue(_ days: DateRange, by period: ReportPeriod, _ calendar: TenantCalendar) throws -> [RevenueRow] {
        try ReportService.check(days)
        let parts = period.parts(of: days)
        let most = ReportService.longest.parts
        guard parts.count <= most else {
            throw BillingError.invalid("days", "Ask for \(most) parts at most; this makes \(parts.count).")
        }
        return try parts.map { part in
            let span = calendar.instants(of: part)
            return RevenueRow(days: part, figures: try revenue(from: span.lowerBound, until: span.upperBound))
        }
    }
}

extension Change {
    /// Saves the report of a day, once, or once more if it is wanted anew; past records that cannot be read, of which the
    /// first error is noted.
    func saveDaily(
        _ day: LocalDate,
        anew: Bool,
        _ calendar: TenantCalendar,
        damage: inout PersistenceError?
    ) throws -> SavedReport {
        let days = DateRange(from: day, days: 1)
        let last = try store.first(
            Query(SavedReport.Columns.kind == DailyReport.kind, SavedReport.Columns.firstDay == days.start)
                .where(SavedReport.Columns.lastDay == days.end)
                .sorted(byDescending: SavedReport.Columns.edition)
        )
        if let last, !anew { return last }
        let report = try DailyReport(day, calendar, in: store, damage: &damage)
        guard case .text(let content) = StorableJSON(report).storeValue else {
            throw BillingError(.unavailable, "The report cannot be written down.")
        }
        let saved = SavedReport(
            id: try identifier(),
            tenant: tenant,
            kind: DailyReport.kind,
            days: days,
            edition: (last?.edition ?? 0) + 1,
            content: content,
            format: DailyReport.format,
            actor: actor,
            createdAt: now
        )
        try store.insert(saved)
        try audit("report.save", "report:\(saved.id)", "\(saved.kind) \(day), edition \(saved.edition)")
        return saved
    }

    /// Saves what was missed since the last day that was saved; past records that cannot be read, of which the first error
    /// is noted.
    func saveMissedDays(of tenant: Tenant, damage: inout PersistenceError?) throws -> [SavedReport] {
        let calendar = TenantCalendar(tenant)
        let last = try store.first(
            Query(SavedReport.Columns.kind == DailyReport.kind).sorted(byDescending: SavedReport.Columns.lastDay)
        )
        let first = last?.days.end ?? calendar.date(tenant.createdAt)
        let missed = max(0, calendar.date(now).days(since: first))
        return try (0..<min(missed, Int64(ReportService.longest.parts))).map { number in
            try saveDaily(first.adding(days: number), anew: false, calendar, damage: &damage)
        }
    }
}
