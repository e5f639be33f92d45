public import BillingDomain

/// Which batches are wanted: those that meet every condition given.
public struct BatchFilter: Hashable, Sendable {
    /// The package they were generated from.
    public var package: Identifier<Package>?

    /// The router they are for.
    public var router: Identifier<Router>?

    /// The routers that theirs is one of.
    public var routers: Set<Identifier<Router>>?

    /// Who generated them.
    public var creator: BillingDomain.Actor?

    /// The first instant at which they were generated.
    public var from: Timestamp?

    /// The instant after the last at which they were generated.
    public var until: Timestamp?

    /// Creates a filter; without conditions it lets every batch through.
    public init(
        package: Identifier<Package>? = nil,
        router: Identifier<Router>? = nil,
        routers: Set<Identifier<Router>>? = nil,
        creator: BillingDomain.Actor? = nil,
        from: Timestamp? = nil,
        until: Timestamp? = nil
    ) {
        self.package = package
        self.router = router
        self.routers = routers
        self.creator = creator
        self.from = from
        self.until = until
    }

    /// The batches that meet it.
    var query: Query<VoucherBatch> {
        typealias Columns = VoucherBatch.Columns
        var query = Query<VoucherBatch>()
        if let package { query = query.where(Columns.package == package) }
        if let router { query = query.where(Columns.router == router) }
        if let routers { query = query.where(Columns.router.isOne(of: routers)) }
        if let creator { query = query.where(Columns.createdBy == creator) }
        if let from { query = query.where(Columns.createdAt >= from) }
        if let until { query = query.where(Columns.createdAt < until) }
        return query
    }
}
