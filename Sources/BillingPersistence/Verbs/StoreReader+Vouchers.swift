public import BillingDomain

/// Batches and vouchers.
extension StoreReader {
    /// A batch by identity.
    public func batch(_ id: Identifier<VoucherBatch>) throws -> VoucherBatch? { try find(id) }

    /// Batches that meet a filter, newest first.
    public func batches(_ filter: BatchFilter, _ page: PageRequest) throws -> Page<VoucherBatch> {
        try self.page(filter.query.sorted(byDescending: VoucherBatch.Columns.createdAt), page)
    }

    /// A voucher by identity.
    public func voucher(_ id: Identifier<Voucher>) throws -> Voucher? { try find(id) }

    /// A voucher by code, whatever the case of a–z.
    ///
    /// *Tenant scope.*
    public func voucher(code: String) throws -> Voucher? {
        _ = try scope.requireTenant(for: "a voucher's code")
        return try first(Query(Voucher.Columns.codeKey == Voucher.uniqueKey(of: code)))
    }

    /// Those of the vouchers that exist, by identity.
    public func vouchers(ids: [Identifier<Voucher>]) throws -> [Voucher] { try find(ids) }

    /// Those of the codes that are vouchers of one router, by identity; the case of a–z does not matter.
    public func vouchers(router: Identifier<Router>, codes: [String]) throws -> [Voucher] {
        guard let tenant = try self.router(router)?.tenant else { return [] }
        let keys = Set(codes.map(Voucher.uniqueKey(of:))).sorted()
        // No database likes a list without end.
        let found: [Voucher] = try stride(from: 0, to: keys.count, by: 500).flatMap { start in
            let some = keys[start..<min(start + 500, keys.count)]
            let own = Query(
                Field<Voucher, Identifier<Tenant>>("tenant") == tenant,
                Voucher.Columns.codeKey.isOne(of: some)
            )
            return try records(own.where(Voucher.Columns.router == router))
        }
        return found.sorted { $0.id < $1.id }
    }

    /// Vouchers that meet a filter, newest first; those whose code or customer begins with a text, in that order.
    public func vouchers(_ filter: VoucherFilter, _ page: PageRequest) throws -> Page<Voucher> {
        let query = filter.query
        return try self.page(query.order.isEmpty ? query.sorted(byDescending: Voucher.Columns.createdAt) : query, page)
    }

    /// As the other, but oldest first.
    public func vouchersOldestFirst(_ filter: VoucherFilter, _ page: PageRequest) throws -> Page<Voucher> {
        let query = filter.query
        return try self.page(query.order.isEmpty ? query.sorted(by: Voucher.Columns.createdAt) : query, page)
    }

    /// How many vouchers there are, of one batch, one router or some routers if given.
    public func voucherCounts(
        batch: Identifier<VoucherBatch>? = nil,
        router: Identifier<Router>? = nil,
        routers: Set<Identifier<Router>>? = nil
    ) throws -> VoucherCounts {
        let filter = VoucherFilter(batch: batch, router: router, routers: routers)
        let kinds = try sums(filter.query, by: ["access", "provisioning", "commercial"]).map { sums in
            let kind = VoucherCounts.Kind(
                commercial: try CommercialState(storeValue: sums.group[2]),
                access: try AccessState(storeValue: sums.group[0]),
                provisioning: try ProvisioningState(storeValue: sums.group[1])
            )
            return (kind, sums.count)
        }
        return VoucherCounts(byKind: Dictionary(kinds) { $0 + $1 })
    }
}

extension StoreTransaction {
    /// Adds vouchers; each code must be free in its tenant.
    public func insert(vouchers: [Voucher]) throws { try insert(vouchers) }
}

extension VoucherFilter {
    /// The vouchers that meet it.
    var query: Query<Voucher> {
        var query = Query<Voucher>()
        if let documentStatus { query = query.where(Voucher.Columns.documentStatus == documentStatus) }
        if let access { query = query.where(Voucher.Columns.access.isOne(of: access)) }
        if let batch { query = query.where(Voucher.Columns.batch == batch) }
        if let router { query = query.where(Voucher.Columns.router == router) }
        query = query.at(routers, by: Voucher.Columns.router)
        // What is one of several is rarer than each of those, so only one of them is looked for apart.
        if let routers, router == nil, routers.count > 1 {
            query = query.apart(by: Voucher.Columns.router)
        } else if let access, access.count > 1 {
            query = query.apart(by: Voucher.Columns.access)
        }
        if let provisioning { query = query.where(Voucher.Columns.provisioning == provisioning) }
        if let customerBeginning {
            let beginning = customerBeginning.asciiUppercased
            query = query.where(Voucher.Columns.customerKey.begins(with: beginning)).sorted(
                by: Voucher.Columns.customerKey
            )
        }
        if let codeBeginning {
            let beginning = Voucher.uniqueKey(of: codeBeginning)
            query = query.where(Voucher.Columns.codeKey.begins(with: beginning)).sorted(by: Voucher.Columns.codeKey)
        }
        if let commercial { query = query.where(Voucher.Columns.commercial == commercial) }
        if let package { query = query.where(Voucher.Columns.package == package) }
        if let seller { query = query.where(Voucher.Columns.soldBy == seller) }
        if let agent { query = query.where(Voucher.Columns.agent == agent) }
        if let customer { query = query.where(Voucher.Columns.customerID == customer) }
        if let createdFrom { query = query.where(Voucher.Columns.createdAt >= createdFrom) }
        if let createdUntil { query = query.where(Voucher.Columns.createdAt < createdUntil) }
        if let soldFrom { query = query.where(Voucher.Columns.soldAt >= soldFrom) }
        if let soldUntil { query = query.where(Voucher.Columns.soldAt < soldUntil) }
        return query
    }
}
