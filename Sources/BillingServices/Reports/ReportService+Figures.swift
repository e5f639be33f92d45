public import BillingDomain
public import BillingPersistence

extension ReportService {
    /// Who sold what in some days, by seller, package and currency.
    public func staffSales(_ days: DateRange) async throws -> [StaffSales] {
        try await figures(days) { store, span in StaffSales.sums(of: try store.sales(span)) }
    }

    /// What was sold in some days by package, the most popular first.
    ///
    /// Costs and profit are for those who have ``Permission/viewCosts``.
    public func packageSales(_ days: DateRange) async throws -> [PackageSales] {
        let seesCosts = session.permissions.contains(.viewCosts)
        return try await figures(days) { store, span in
            PackageSales.sums(of: try store.sales(span, withCosts: seesCosts))
        }
    }

    /// Where money came in and went out in some days: by drawer, safe, bank and gateway.
    public func methods(_ days: DateRange) async throws -> [MethodFlow] {
        try await figures(days) { store, span in
            try store.accountFlows(span, families: MethodFlow.families).map(MethodFlow.init)
        }
    }

    /// What was used on some days on routers within reach, by router and package.
    public func usage(_ days: DateRange) async throws -> [PackageUse] {
        let assignment = session.assignment
        return try await figures(days) { store, _ in try store.use(on: days, routers: assignment.routers(in: store)) }
    }

    /// Active vouchers of routers within reach whose use ends within a time from now, the first to end first.
    ///
    /// `duration` is above zero and up to 366 days. Places are pages by number: the end of a voucher can change.
    public func expiring(
        within duration: Duration = .seconds(86_400),
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<Voucher> {
        try Self.check(duration, page)
        let now = session.context.environment.now()
        let assignment = session.assignment
        return try await session.read(.viewReports) { store in
            try store.vouchersExpiring(now..<(now + duration), routers: assignment.routers(in: store), page)
        }
    }

    /// Compares the books of some days with the vouchers, and with what drawers, gateways and banks say.
    ///
    /// - Parameters:
    ///   - days: 1 to 3 660 days.
    ///   - stated: What was counted in a drawer, or a statement says, at the end of the last day: 1 000 accounts at most.
    /// - Returns: Every comparison, and where the sides differ.
    /// - Throws: ``BillingError/Code/invalidInput`` for too many days or accounts.
    public func reconciliation(
        _ days: DateRange,
        stated: [Account: [Money]] = [:]
    ) async throws -> Reconciliation {
        try Self.check(days)
        guard stated.count <= 1_000 else { throw BillingError.invalid("stated", "Give 1 000 accounts at most.") }
        let calendar = calendar
        return try await session.read(.reconcile) { try Reconciliation(days, stated: stated, calendar, in: $0) }
    }

    /// The balances of all accounts, with the sum that must be zero; refused to whoever is assigned to a part of the business.
    public func trialBalance() async throws -> TrialBalanceReport {
        try session.requireWholeBooks()
        return try await session.read(.viewLedger) { TrialBalanceReport(try $0.balances()) }
    }

    private func figures<Answer: Sendable>(
        _ days: DateRange,
        _ body: @Sendable (any StoreReader, Range<Timestamp>) throws -> Answer
    ) async throws -> Answer {
        try Self.check(days)
        let span = calendar.instants(of: days)
        return try await session.read(.viewReports) { try body($0, span) }
    }
}
