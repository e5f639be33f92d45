public import BillingDomain
public import BillingPersistence

/// The figures and the books of one tenant.
///
/// Vouchers and routers are counted and listed within reach; figures of money are of the whole business, which no
/// account divides by router. The books themselves name customers, and are for those who are assigned to all of it.
public struct ReportService: Sendable {
    let session: BillingSession

    /// What to show first.
    public func dashboard() async throws -> DashboardFigures {
        let calendar = TenantCalendar(session.tenant)
        let now = session.context.environment.now()
        let midnight = calendar.startOfDay(now)
        let monthAgo = calendar.startOfDay(now, daysEarlier: 29)
        let seesCosts = session.permissions.contains(.viewCosts)
        let assignment = session.assignment
        return try await session.read(.viewReports) { store in
            let reach = try assignment.routers(in: store)
            let routers = try store.routers().filter { assignment.allows($0.id, at: $0.site) }
            let end = now + .microseconds(1)
            return DashboardFigures(
                vouchers: try store.voucherCounts(routers: reach),
                activeNow: try store.usersOnline(on: routers.filter { $0.status == .online }.map(\.id)),
                routers: Dictionary(grouping: routers, by: \.status).mapValues(\.count),
                outboxDepth: try store.outboxDepth(routers: reach),
                outboxParked: try store.parkedDepth(routers: reach),
                vouchersToday: try store.voucherFlow(midnight..<end, routers: reach),
                expiringSoon: try store.vouchersExpiringCount(now..<(now + .seconds(86_400)), routers: reach),
                subscriptionsExpiringSoon: try store.count(.expiring(now..<(now + .seconds(7 * 86_400)))),
                profit30Days: seesCosts ? try store.profit(monthAgo..<end) : nil,
                today: try store.revenue(from: midnight, until: end),
                last30Days: try store.revenue(from: monthAgo, until: end)
            )
        }
    }

    /// The balance of every account and currency; refused to whoever is assigned to a part of the business.
    public func balances() async throws -> [AccountBalance] {
        try session.requireWholeBooks()
        return try await session.read(.viewReports) { try $0.balances() }
    }

    /// The movements of money, newest first; refused to whoever is assigned to a part of the business.
    public func ledger(_ page: PageRequest = PageRequest()) async throws -> Page<LedgerEntry> {
        try session.requireWholeBooks()
        return try await session.read(.viewReports) { try $0.ledgerEntries(page) }
    }
}

extension BillingSession {
    /// Refuses books that name every customer with a balance to whoever is assigned to a part of the business.
    func requireWholeBooks() throws {
        try assignment.requireEverywhere("The books are of the whole business, and you are assigned to a part.")
    }
}
