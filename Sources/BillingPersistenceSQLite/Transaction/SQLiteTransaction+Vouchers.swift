import BillingDomain
import BillingPersistence

extension SQLiteTransaction {
    func voucher(_ id: Identifier<Voucher>) throws -> Voucher? {
        try db.one(where: "\(sight()) AND id = ?", scope.tenant, id)
    }

    func voucher(code: String) throws -> Voucher? {
        let tenant = try scope.requireTenant(for: "a voucher's code")
        return try db.one(where: "tenant = ? AND code_key = ?", tenant, Voucher.uniqueKey(of: code))
    }

    func vouchers(ids: [Identifier<Voucher>]) throws -> [Voucher] {
        try Set(ids).sorted().compactMap { try voucher($0) }
    }

    func vouchers(router: Identifier<Router>, codes: [String]) throws -> [Voucher] {
        guard let tenant = try self.router(router)?.tenant else { return [] }
        let found: [Voucher] = try Set(codes.map(Voucher.uniqueKey(of:))).compactMap { key in
            try db.one(where: "tenant = ? AND code_key = ? AND router = ?", tenant, key, router)
        }
        return found.sorted { $0.id < $1.id }
    }

    func vouchers(_ filter: VoucherFilter, _ page: PageRequest) throws -> Page<Voucher> {
        var conditions = [sight()]
        var values: [any Column] = [scope.tenant]
        if let status = filter.documentStatus {
            let states = status.accessStates
            conditions.append("access IN (\(states.map { _ in "?" }.joined(separator: ", ")))")
            values += states as [any Column]
        }
        if let batch = filter.batch {
            conditions.append("batch = ?")
            values.append(batch)
        }
        if let router = filter.router {
            conditions.append("router = ?")
            values.append(router)
        }
        if let provisioning = filter.provisioning {
            conditions.append("provisioning = ?")
            values.append(provisioning)
        }
        if let search = filter.search?.asciiUppercased {
            conditions.append("(instr(code_key, ?) > 0 OR instr(upper(customer), ?) > 0)")
            values += [search, search] as [any Column]
        }
        return try self.page(
            page,
            where: conditions.joined(separator: " AND "),
            values,
            order: "created_at DESC, id DESC"
        )
    }

    func vouchersToExpire(before instant: Timestamp, limit: Int) throws -> [Voucher] {
        try db.all(
            where: """
                \(sight()) AND access = 'active' AND expires_at IS NOT NULL AND expires_at <= ?
                ORDER BY expires_at, id LIMIT ?
                """,
            scope.tenant,
            instant,
            max(0, limit)
        )
    }

    func voucherCounts(batch: Identifier<VoucherBatch>?, router: Identifier<Router>?) throws -> VoucherCounts {
        var conditions = [sight()]
        var values: [any Column] = [scope.tenant]
        if let batch {
            conditions.append("batch = ?")
            values.append(batch)
        }
        if let router {
            conditions.append("router = ?")
            values.append(router)
        }
        // The plus keeps SQLite from walking all of the tenant's vouchers in the order of their kinds to find a few.
        let isNarrow = batch != nil || router != nil
        let kind = isNarrow ? "+access, +provisioning, +commercial" : "access, provisioning, commercial"
        let counts = try db.rows(
            """
            SELECT commercial, access, provisioning, count(*) FROM voucher
            WHERE \(conditions.joined(separator: " AND ")) GROUP BY \(kind)
            """,
            values
        ) { row in
            let kind = VoucherCounts.Kind(commercial: try row(), access: try row(), provisioning: try row())
            return (kind, try row() as Int)
        }
        return VoucherCounts(byKind: Dictionary(counts) { $0 + $1 })
    }

    func insert(_ batch: VoucherBatch) throws {
        try scope.requireSight(of: batch.tenant, for: "batch")
        try db.insert(batch)
    }

    func insert(vouchers: [Voucher]) throws {
        for voucher in vouchers { try scope.requireSight(of: voucher.tenant, for: "voucher") }
        try db.atomically { try db.insert(all: vouchers) }
    }

    func update(_ voucher: Voucher) throws -> Voucher {
        try scope.requireSight(of: voucher.tenant, for: "voucher")
        let usage = voucher.usage
        let changes = try db.run(
            """
            UPDATE voucher SET customer = ?, commercial = ?, access = ?, provisioning = ?, provisioning_detail = ?,
                sold_at = ?, activated_at = ?, activation_evidence = ?, expires_at = ?, ended_at = ?,
                uptime = ?, bytes_in = ?, bytes_out = ?, base_uptime = ?, base_bytes_in = ?, base_bytes_out = ?,
                settled_uptime = ?, settled_bytes_in = ?, settled_bytes_out = ?,
                last_seen_at = ?, revision = revision + 1
            WHERE id = ? AND tenant = ? AND batch = ? AND router = ? AND code = ? AND revision = ?
            """,
            voucher.customer,
            voucher.commercial,
            voucher.access,
            voucher.provisioning,
            voucher.provisioningDetail,
            voucher.soldAt,
            voucher.activatedAt,
            voucher.activationEvidence,
            voucher.expiresAt,
            voucher.endedAt,
            usage.uptime,
            usage.bytesIn,
            usage.bytesOut,
            usage.base.uptime,
            usage.base.bytesIn,
            usage.base.bytesOut,
            usage.settled.uptime,
            usage.settled.bytesIn,
            usage.settled.bytesOut,
            usage.lastSeenAt,
            voucher.id,
            voucher.tenant,
            voucher.batch,
            voucher.router,
            voucher.code,
            voucher.revision
        )
        try requireChange(
            changes,
            of: "voucher",
            in: "voucher",
            voucher.id,
            voucher.tenant,
            revision: voucher.revision
        )
        var next = voucher
        next.revision += 1
        return next
    }
}
