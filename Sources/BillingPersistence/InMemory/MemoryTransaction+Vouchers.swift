import BillingDomain

extension MemoryTransaction {
    func voucher(_ id: Identifier<Voucher>) throws -> Voucher? { visible(state.vouchers[id], \.tenant) }

    func voucher(code: String) throws -> Voucher? {
        let tenant = try scope.requireTenant(for: "a voucher's code")
        return state.codes[MemoryState.Key(tenant: tenant, name: Voucher.uniqueKey(of: code))]
            .flatMap { state.vouchers[$0] }
    }

    func vouchers(ids: [Identifier<Voucher>]) throws -> [Voucher] {
        Set(ids).compactMap { visible(state.vouchers[$0], \.tenant) }.sorted { $0.id < $1.id }
    }

    func vouchers(router: Identifier<Router>, codes: [String]) throws -> [Voucher] {
        guard let tenant = visible(state.routers[router], \.tenant)?.tenant else { return [] }
        return Set(codes.map(Voucher.uniqueKey(of:)))
            .compactMap { state.codes[MemoryState.Key(tenant: tenant, name: $0)] }
            .compactMap { state.vouchers[$0] }
            .filter { $0.router == router }
            .sorted { $0.id < $1.id }
    }

    func vouchers(_ filter: VoucherFilter, _ page: PageRequest) throws -> Page<Voucher> {
        let search = filter.search.map(\.asciiUppercased)
        let found = state.vouchers.values.filter { voucher in
            scope.sees(voucher.tenant)
                && filter.documentStatus.map { $0 == voucher.documentStatus } ?? true
                && filter.batch.map { $0 == voucher.batch } ?? true
                && filter.router.map { $0 == voucher.router } ?? true
                && filter.provisioning.map { $0 == voucher.provisioning } ?? true
                && search.map { voucher.contains($0) } ?? true
        }
        return self.page(found.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }, page)
    }

    func vouchersToExpire(before instant: Timestamp, limit: Int) throws -> [Voucher] {
        let due = state.vouchers.values.compactMap { voucher in
            voucher.expiresAt.flatMap { end in
                scope.sees(voucher.tenant) && voucher.access == .active && end <= instant ? (end, voucher) : nil
            }
        }
        return due.sorted { ($0.0, $0.1.id) < ($1.0, $1.1.id) }.prefix(max(0, limit)).map(\.1)
    }

    func voucherCounts(batch: Identifier<VoucherBatch>?, router: Identifier<Router>?) throws -> VoucherCounts {
        var counts: [VoucherCounts.Kind: Int] = [:]
        for voucher in state.vouchers.values
        where scope.sees(voucher.tenant) && (batch ?? voucher.batch) == voucher.batch
            && (router ?? voucher.router) == voucher.router
        {
            let kind = VoucherCounts.Kind(
                commercial: voucher.commercial,
                access: voucher.access,
                provisioning: voucher.provisioning
            )
            counts[kind, default: 0] += 1
        }
        return VoucherCounts(byKind: counts)
    }

    func insert(_ batch: VoucherBatch) throws {
        let isDangling =
            state.routers[batch.router]?.tenant != batch.tenant
            || batch.package.map { state.packages[$0]?.tenant != batch.tenant } ?? false
        try admit("batch", of: batch.tenant, isTaken: state.batches[batch.id] != nil, isDangling: isDangling)
        state.batches[batch.id] = batch
    }

    func insert(vouchers: [Voucher]) throws {
        var codes: [MemoryState.Key: Identifier<Voucher>] = [:]
        var identities: Set<Identifier<Voucher>> = []
        for voucher in vouchers { try scope.requireSight(of: voucher.tenant, for: "voucher") }
        for voucher in vouchers {
            let key = MemoryState.Key(tenant: voucher.tenant, name: Voucher.uniqueKey(of: voucher.code))
            let isNew = identities.insert(voucher.id).inserted && codes.updateValue(voucher.id, forKey: key) == nil
            try admit(
                "voucher's code or identity",
                of: voucher.tenant,
                isTaken: !isNew || state.vouchers[voucher.id] != nil || state.codes[key] != nil,
                isDangling: state.batches[voucher.batch]?.tenant != voucher.tenant
                    || state.routers[voucher.router]?.tenant != voucher.tenant
            )
        }
        for voucher in vouchers { state.vouchers[voucher.id] = voucher }
        state.codes.merge(codes) { _, new in new }
    }

    func update(_ voucher: Voucher) throws -> Voucher {
        guard let stored = try self.voucher(voucher.id), stored.tenant == voucher.tenant else {
            throw PersistenceError.missing("voucher")
        }
        guard stored.revision == voucher.revision else { throw PersistenceError.stale("voucher") }
        guard stored.batch == voucher.batch, stored.router == voucher.router, stored.code == voucher.code else {
            throw PersistenceError.fixed("voucher")
        }
        var next = voucher
        next.revision += 1
        state.vouchers[voucher.id] = next
        return next
    }
}

extension Voucher {
    fileprivate func contains(_ upper: String) -> Bool {
        code.asciiUppercased.utf8.contains(upper.utf8)
            || (customer?.asciiUppercased.utf8.contains(upper.utf8) ?? false)
    }
}

extension String.UTF8View {
    /// Whether `other` occurs, byte for byte.
    fileprivate func contains(_ other: String.UTF8View) -> Bool {
        guard !other.isEmpty else { return true }
        var start = startIndex
        while start != endIndex {
            if self[start...].starts(with: other) { return true }
            start = index(after: start)
        }
        return false
    }
}
