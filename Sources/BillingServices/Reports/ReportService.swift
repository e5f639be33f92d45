public import BillingDomain
public import BillingPersistence
import Synchronization

/// The figures, the books and the audit trail of one tenant.
public struct ReportService: Sendable {
    let session: BillingSession

    /// What to show first.
    public func dashboard() async throws -> DashboardFigures {
        let calendar = TenantCalendar(session.tenant)
        let now = session.context.environment.now()
        let midnight = calendar.startOfDay(now)
        let monthAgo = calendar.startOfDay(now, daysEarlier: 29)
        let seesCosts = session.permissions.contains(.viewCosts)
        let online = session.context.online.withLock { $0 }
        return try await session.read(.viewReports) { store in
            let routers = try store.routers()
            let end = now + .microseconds(1)
            return DashboardFigures(
                vouchers: try store.voucherCounts(),
                activeNow: routers.reduce(0) { $0 + ($1.status == .online ? online[$1.id] ?? 0 : 0) },
                routers: Dictionary(grouping: routers, by: \.status).mapValues(\.count),
                outboxDepth: try store.outboxDepth(),
                outboxParked: try store.count(Query(OutboxJob.Columns.isParked == true)),
                vouchersToday: try store.voucherFlow(midnight..<end),
                expiringSoon: try store.vouchersExpiringCount(now..<(now + .seconds(86_400))),
                profit30Days: seesCosts ? try store.profit(monthAgo..<end) : nil,
                today: try store.revenue(from: midnight, until: end),
                last30Days: try store.revenue(from: monthAgo, until: end)
            )
        }
    }

    /// The balance of every account and currency.
    public func balances() async throws -> [AccountBalance] {
        try await session.read(.viewReports) { try $0.balances() }
    }

    /// The movements of money, newest first.
    public func ledger(_ page: PageRequest = PageRequest()) async throws -> Page<LedgerEntry> {
        try await session.read(.viewReports) { try $0.ledgerEntries(page) }
    }

    /// Who did what, newest first.
    public func audit(_ page: PageRequest = PageRequest()) async throws -> Page<AuditEntry> {
        try await session.read(.viewAudit) { try $0.audit(page) }
    }
}
