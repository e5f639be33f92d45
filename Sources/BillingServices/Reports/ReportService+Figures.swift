public import BillingDomain
public import BillingPersistence

extension ReportService {
    /// Who sold what in some days, by seller, package and currency.
    public func staffSales(_ days: DateRange) async throws -> [StaffSales] {
        try await figures(days) { store, span in StaffSales.sums(of: try store.voucherSales(span)) }
    }

    /// What was sold in some days by package, the most popular first.
    ///
    /// Costs and profit are for those who have ``Permission/viewCosts``.
    public func packageSales(_ days: DateRange) async throws -> [PackageSales] {
        let seesCosts = session.permissions.contains(.viewCosts)
        return try await figures(days) { store, span in
            let sales = try store.voucherSales(span)
            let costs = seesCosts ? try store.costs(of: Set(sales.map(\.batch))) : [:]
            return PackageSales.sums(of: sales, costs: costs)
        }
    }

    /// Where money came in and went out in some days: by drawer, safe, bank and gateway.
    public func methods(_ days: DateRange) async throws -> [MethodFlow] {
        try await figures(days) { store, span in
            try store.accountFlows(span, families: MethodFlow.families).map(MethodFlow.init)
        }
    }

    /// What vouchers that were first used in some days have used since, by router and package.
    public func usage(_ days: DateRange) async throws -> [VoucherUse] {
        try await figures(days) { store, span in try store.voucherUse(firstUsedIn: span) }
    }

    /// Active vouchers whose use ends within a time from now, the first to end first.
    ///
    /// `duration` is above zero and up to 366 days. Places are pages by number: the end of a voucher can change.
    public func expiring(
        within duration: Duration = .seconds(86_400),
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<Voucher> {
        guard duration > .zero, duration <= .seconds(366 * 86_400) else {
            throw BillingError.invalid("within", "Give a time above zero, up to 366 days.")
        }
        guard case .number = page.start else {
            throw BillingError.invalid("page", "This list has pages by number only.")
        }
        let now = session.context.environment.now()
        return try await session.read(.viewReports) { try $0.vouchersExpiring(now..<(now + duration), page) }
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

    /// The balances of all accounts, with the sum that must be zero.
    public func trialBalance() async throws -> TrialBalanceReport {
        try await session.read(.viewLedger) { TrialBalanceReport(try $0.balances()) }
    }

    /// The first line of the ledger or the audit trail that is not as it was written; `nil` if there is none.
    ///
    /// Reads both from the beginning, which takes its time.
    public func verifyBooks() async throws -> BookFault? {
        try await session.read(.viewLedger) { try $0.verifyBooks() }
    }

    /// Debts by how long they are past due in the tenant's zone, by currency, credit that no invoice has used apart.
    ///
    /// `open` and `unapplied` come from whoever keeps invoices and balances.
    func ageing(of open: [OpenInvoice], unapplied: [Money], at now: Timestamp) throws -> [Ageing] {
        let today = calendar.date(now)
        let currencies = Set(open.map(\.outstanding.currency) + unapplied.map(\.currency))
        return try currencies.sorted { $0.code < $1.code }.map { currency in
            try Ageing(
                of: open.filter { $0.outstanding.currency == currency },
                unapplied: Money.sum(unapplied.filter { $0.currency == currency }, in: currency),
                on: today
            )
        }
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
