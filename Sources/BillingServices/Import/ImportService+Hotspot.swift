public import BillingDomain
import BillingPersistence

extension ImportService {
    /// Says what would become of the users of a router, and changes nothing.
    public func plan(_ state: HotspotState, on router: Identifier<Router>) async throws -> ImportPlan {
        let now = session.context.environment.now()
        return try await session.read(.importData) { [tenant = session.tenant, assignment = session.assignment] store in
            let router = try assignment.router(router, in: store)
            return try Self.reading(state, router, tenant, store, at: now).plan
        }
    }

    /// Carries a plan out: new users become vouchers, price lists packages, all of it or nothing.
    ///
    /// The users go on as they are: their codes, passwords, limits, what they used and when they end. What was in use
    /// counts as sold before these books began, at nothing; what was not is in stock. Their rows are then brought to what
    /// the vouchers say. The same key and plan answer with the same batches.
    ///
    /// - Parameters:
    ///   - state: The state that was planned with.
    ///   - router: The router.
    ///   - digest: That of the plan; a plan that would come out otherwise by now is a ``BillingError/Code/conflict``.
    ///   - key: The caller's name for this request.
    /// - Returns: The batches that the users are in.
    /// - Throws: ``BillingError``.
    public func apply(
        _ state: HotspotState,
        on router: Identifier<Router>,
        digest: String,
        key: IdempotencyKey
    ) async throws -> [GeneratedBatch] {
        try session.authorise(.generateVouchers)
        return try await session.change(.importData) { [tenant = session.tenant] change in
            try change.once(key, ["import.apply", router.description, digest]) { change in
                let router = try change.reachableRouter(router)
                let reading = try Self.reading(state, router, tenant, change.store, at: change.now)
                guard reading.plan.digest == digest else {
                    throw BillingError(
                        .conflict,
                        field: "digest",
                        "The records or the router changed since this was planned. Plan it again."
                    )
                }
                let batches = try change.take(reading, onto: router.id)
                let plan = reading.plan
                try change.audit(
                    "import.apply",
                    "router:\(router.id)",
                    "\(plan.newVouchers) of \(plan.entries.count) users"
                )
                return batches.map(\.description).joined(separator: ",")
            } answer: { store, list in
                try list.split(separator: ",").compactMap { Identifier<VoucherBatch>(String($0)) }
                    .map { try GeneratedBatch($0, in: store) }
            }
        }
    }

    private static func reading(
        _ state: HotspotState,
        _ router: Router,
        _ tenant: Tenant,
        _ store: any StoreReader,
        at now: Timestamp
    ) throws -> HotspotReading {
        let marker = try store.settings()[.voucherMarker]
        return try HotspotReading(state, router: router, tenant: tenant, marker: marker, store: store, at: now)
    }
}

extension Change {
    /// Makes the packages, batches and vouchers of a reading; gives the batches.
    fileprivate mutating func take(
        _ reading: HotspotReading,
        onto router: Identifier<Router>
    ) throws -> [Identifier<VoucherBatch>] {
        var packages = reading.known
        for (name, terms) in reading.packages {
            let package = Package(id: try identifier(), tenant: tenant, name: name, terms: terms, createdAt: now)
            try store.insert(package)
            try audit("package.create", "package:\(package.id)", name)
            packages[name] = packages[name] ?? package
        }
        struct Group: Hashable {
            let comment: String
            let terms: VoucherTerms
        }
        let groups = Dictionary(grouping: reading.vouchers.indices) { index in
            let new = reading.vouchers[index]
            let comment = if case .mikhmonBatch = new.user.origin { new.user.comment } else { "" }
            return Group(comment: comment, terms: new.terms)
        }
        var batches: [Identifier<VoucherBatch>] = []
        for (group, indices) in groups.sorted(by: { $0.value[0] < $1.value[0] }) {
            let package = packages[group.terms.routerProfile]
            let batch = VoucherBatch(
                id: try identifier(),
                tenant: tenant,
                package: package?.id,
                packageName: package?.name ?? VoucherBatch.customPackageName,
                terms: group.terms,
                quantity: indices.count,
                router: router,
                createdBy: actor,
                createdAt: now
            )
            try store.insert(batch)
            let vouchers = try indices.map { index in
                let new = reading.vouchers[index]
                let login = reading.firstLogins[Voucher.uniqueKey(of: new.user.code)]
                return try voucher(new, in: batch, reading.calendar, firstLogin: login)
            }
            try store.insert(vouchers: vouchers)
            try enqueue(vouchers)
            batches.append(batch.id)
        }
        return batches
    }

    /// A voucher that goes on where the user on the router stands.
    private func voucher(
        _ new: HotspotReading.NewVoucher,
        in batch: VoucherBatch,
        _ calendar: FixedOffsetCalendar,
        firstLogin: Timestamp?
    ) throws -> Voucher {
        let user = new.user
        let isUsed = new.access == .active || user.used != VoucherUsage.Counters() || user.end != nil
        let end = user.end.map { calendar.instant($0) }
        var activatedAt: Timestamp?
        if isUsed {
            let byEnd = end.flatMap { end in new.terms.validity.map { end - $0 } }
            activatedAt = min(now, byEnd ?? firstLogin ?? now)
        }
        var createdAt = min(now, activatedAt ?? now)
        if case .mikhmonBatch(let comment) = user.origin {
            createdAt = min(createdAt, calendar.startOfDay(comment.date))
        }
        return Voucher(
            id: try identifier(),
            tenant: tenant,
            batch: batch.id,
            code: user.code,
            password: user.password,
            router: batch.router,
            package: batch.package,
            packageName: batch.packageName,
            terms: new.terms,
            commercial: isUsed ? .sold : .generated,
            access: new.access,
            createdAt: createdAt,
            soldAt: activatedAt,
            soldFor: isUsed && new.terms.price.minorUnits > 0 ? .zero(new.terms.price.currency) : nil,
            activatedAt: activatedAt,
            activationEvidence: isUsed ? .userCounters : nil,
            expiresAt: end ?? activatedAt.flatMap { start in new.terms.validityPeriod?.end(from: start, in: calendar) },
            lockedDevice: new.terms.locksToDevice ? user.device : nil,
            usage: VoucherUsage(totals: user.used, settled: user.used)
        )
    }
}
