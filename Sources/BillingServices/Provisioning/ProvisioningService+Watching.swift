public import BillingDomain
import BillingPersistence
import Synchronization

extension ProvisioningService {
    /// Every router in use, of every tenant, with what is needed to reach it.
    ///
    /// One whose password can not be opened is left out and gets the status ``RouterStatus/error``.
    public func routersToWatch() async throws -> [WatchedRouter] {
        var watched: [WatchedRouter] = []
        for router in try await context.read(.system, { try $0.routers() }) {
            do {
                watched.append(WatchedRouter(router: router, password: try context.password(of: router)))
            } catch let error as BillingError {
                try await recordStatus(router.id, RouterReading(status: .error, detail: error.message))
            }
        }
        return watched
    }

    /// Writes down what a visit showed about the router itself; what waits for a router that came back is due at once.
    ///
    /// A router that is gone is passed over.
    public func recordStatus(_ id: Identifier<Router>, _ reading: RouterReading) async throws {
        guard let tenant = try await inUse(id)?.tenant else { return }
        if reading.status != .online {
            _ = context.online.withLock { $0.removeValue(forKey: id) }
        }
        try await context.change(tenant, by: Self.actor) { change in
            guard var router = try change.store.router(id), router.removedAt == nil else { return }
            let before = router
            router.status = reading.status
            router.statusDetail = reading.detail
            router.identity = reading.identity ?? router.identity
            router.routerOSVersion = reading.version ?? router.routerOSVersion
            router.uptime = reading.uptime ?? router.uptime
            if reading.status == .online {
                router.lastSeen = change.now
            }
            guard router != before else { return }
            try change.store.update(router)
            guard router.status != before.status else { return }
            try change.audit("router.status", "router:\(id)", "\(before.status) → \(router.status)")
            if router.status == .online {
                try change.retry(id)
            }
        }
    }

    /// Folds a reading of a router's tables, made at the instant `at`, into its vouchers.
    ///
    /// The first sight of use activates a voucher, once: at the earliest credible instant, which is neither before the
    /// voucher was made nor in the future. A sold one is earned by it. Used-up data or time on line depletes. What a
    /// table does not show is no evidence of anything. Observations of one code may come more than once.
    @discardableResult
    public func recordObservations(
        _ id: Identifier<Router>,
        _ observations: [VoucherObservation],
        at: Timestamp
    ) async throws -> ObservationSummary {
        var summary = ObservationSummary()
        guard let router = try await inUse(id) else { return summary }
        // Two readings at once may finish out of order; what the later one saw stands.
        if let last = router.lastSync, last > at { return summary }
        let seen = Dictionary(grouping: observations) { Voucher.uniqueKey(of: $0.code) }
            .map { (code: $0.key, observations: $0.value) }
            .sorted { $0.code < $1.code }
        // No transaction is long: a full table is folded in parts, each of which stands by itself.
        for start in stride(from: 0, to: seen.count, by: Self.foldSize) {
            let part = Array(seen[start..<min(start + Self.foldSize, seen.count)])
            summary += try await context.change(router.tenant, by: Self.actor) { change in
                try change.fold(part, router: id, readAt: at, lastReadAt: router.lastSync)
            }
        }
        try await context.change(router.tenant, by: Self.actor) { try $0.noteSync(of: id, readAt: at) }
        context.online.withLock { [summary] in $0[id] = summary.online }
        return summary
    }

    /// Ends every voucher whose time is over, to the second, and asks for its row to go; says how many.
    ///
    /// A tenant where that fails does not keep the others waiting: the first error is thrown after the last tenant.
    @discardableResult
    public func expireDue() async throws -> Int {
        let summary = try await VoucherUpkeep(context: context).run()
        return summary.expired + summary.lapsed
    }

    private static let foldSize = 1_000

    func inUse(_ id: Identifier<Router>) async throws -> Router? {
        try await context.read(.system) { store in
            try store.router(id).flatMap { $0.removedAt == nil ? $0 : nil }
        }
    }
}
