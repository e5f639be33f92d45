public import BillingDomain

/// What was done.
extension StoreReader {
    /// The lines of the audit trail that meet a filter, newest first.
    ///
    /// *Tenant scope.*
    public func audit(_ filter: AuditFilter, _ page: PageRequest) throws -> Page<AuditEntry> {
        _ = try scope.requireTenant(for: "the audit trail")
        return try self.page(filter.query.sorted(byDescending: AuditRow.Columns.position), page).map(\.entry)
    }

    /// What was done on routers in `from ≤ t < until`, newest first, on one router if given.
    public func routerEvents(
        router: Identifier<Router>? = nil,
        from: Timestamp? = nil,
        until: Timestamp? = nil,
        _ page: PageRequest
    ) throws -> Page<RouterEvent> {
        var query = Query<RouterEvent>()
        if let router { query = query.where(RouterEvent.Columns.router == router) }
        if let from { query = query.where(RouterEvent.Columns.at >= from) }
        if let until { query = query.where(RouterEvent.Columns.at < until) }
        return try self.page(query.sorted(byDescending: RouterEvent.Columns.at), page)
    }
}
