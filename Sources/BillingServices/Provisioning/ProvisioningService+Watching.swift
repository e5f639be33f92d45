public import BillingDomain
import BillingPersistence

extension ProvisioningService {
    /// Every router in use, of every tenant.
    ///
    /// - Throws: ``BillingError``.
    public func routers() async throws -> [Router] { try await context.read(.system) { try $0.routers() } }

    /// A router with what is needed to reach it.
    ///
    /// - Throws: ``BillingError`` with ``BillingError/Code/notFound`` for one that is gone, and with
    ///   ``BillingError/Code/unavailable``, which says what to do, where its password can not be opened.
    public func watched(_ id: Identifier<Router>) async throws -> WatchedRouter {
        guard let router = try await inUse(id) else {
            throw BillingError(.notFound, "There is no such router in use.")
        }
        let settings = try await context.read(.tenant(router.tenant)) { try $0.settings() }
        return WatchedRouter(router: router, settings: settings, password: try context.password(of: router))
    }

    /// Writes down what a visit showed about the router itself; what waits for a router that came back is due at once.
    ///
    /// A router that is gone is passed over. Under a claim nothing is written once another worker has the router:
    /// ``BillingError/Code/leaseLost``.
    public func recordStatus(
        _ id: Identifier<Router>,
        _ reading: RouterReading,
        under claim: RouterClaim? = nil
    ) async throws {
        guard let tenant = try await inUse(id)?.tenant else { return }
        _ = try await context.change(tenant, by: Self.actor) { change in
            try change.verify(claim)
            return try change.take(reading, of: id)
        }
    }

    /// Writes into a router's log what was done on it; a router that is gone is passed over.
    ///
    /// What the other methods here are told is written down already.
    ///
    /// - Parameters:
    ///   - operation: What was done, as a stable word such as `session.end`.
    ///   - id: The router.
    ///   - outcome: How it ended.
    ///   - duration: How long it took.
    ///   - detail: The circumstances, for people; never what was sent or answered, which may be secret.
    /// - Throws: ``BillingError``.
    public func record(
        _ operation: String,
        on id: Identifier<Router>,
        _ outcome: RouterEvent.Outcome,
        took duration: Duration? = nil,
        detail: String = ""
    ) async throws {
        guard let tenant = try await inUse(id)?.tenant else { return }
        try await context.change(tenant, by: Self.actor) { change in
            try change.record(
                Input.printable(operation),
                on: id,
                outcome,
                took: duration,
                detail: Input.printable(detail)
            )
        }
    }

    /// Folds a reading of a router's tables, begun at `begunAt` and all there at `at`, into its vouchers and into the sessions
    /// and days of use of its vouchers and services.
    ///
    /// An answer may be long on its way, so what was begun later is newer, whenever it came. Of two readings the one that
    /// was begun later stands.
    ///
    /// The first sight of use activates a voucher, once: at the earliest credible instant, which is neither before the
    /// voucher was made nor in the future. A sold one is earned by it. Used-up data or time on line depletes. What a
    /// table does not show is no evidence of anything, except that a session is over that was not among all the open ones:
    /// `complete` names the kinds of which every session could be read. Observations of one code may come more than once,
    /// and user names that no service of the router goes by are left alone. Under a claim nothing is written once another
    /// worker has the router: ``BillingError/Code/leaseLost``.
    @discardableResult
    public func recordObservations(
        _ id: Identifier<Router>,
        _ observations: [VoucherObservation],
        services: [ServiceObservation] = [],
        at: Timestamp,
        begunAt: Timestamp? = nil,
        complete: Set<SessionKind> = [],
        under claim: RouterClaim? = nil
    ) async throws -> ObservationSummary {
        let begunAt = min(begunAt ?? at, at)
        var summary = ObservationSummary()
        guard let router = try await inUse(id) else { return summary }
        let reading = SessionReading(
            router: id,
            routerEpoch: router.restarts,
            at: min(at, context.environment.now()),
            begunAt: begunAt,
            completeKinds: complete,
            sessions: []
        )
        let seen = Dictionary(grouping: observations) { Voucher.uniqueKey(of: $0.code) }
            .map { (code: $0.key, observations: $0.value) }
            .sorted { $0.code < $1.code }
        // No transaction is long: a full table is folded in parts, each of which stands by itself.
        let parts = stride(from: 0, to: max(1, seen.count), by: Self.foldSize).map {
            Array(seen[$0..<min($0 + Self.foldSize, seen.count)])
        }
        var lastReadAt: Timestamp?
        for (number, part) in parts.enumerated() {
            let folded = try await context.change(router.tenant, by: Self.actor) {
                [lastReadAt] change -> (ObservationSummary, since: Timestamp?)? in
                try change.verify(claim)
                // Two readings at once may finish out of order, also in the midst of each other. What the later one saw
                // stands: an earlier one, folded after it, would look as if the counters had begun anew.
                let known = try change.store.router(id)?.lastSync
                if let known, known > begunAt { return nil }
                if number == 0 { try change.noteSync(of: id, readAt: begunAt) }
                let since = number == 0 ? known : lastReadAt
                return (try change.fold(part, reading, lastReadAt: since), since)
            }
            guard let (some, since) = folded else { return summary }
            lastReadAt = since
            summary += some
        }
        let users = Dictionary(grouping: services) { $0.username.asciiUppercased }.sorted { $0.key < $1.key }.map(
            \.value
        )
        for start in stride(from: 0, to: users.count, by: Self.foldSize) {
            let part = Array(users[start..<min(start + Self.foldSize, users.count)].joined())
            summary += try await context.change(router.tenant, by: Self.actor) { change in
                try change.verify(claim)
                return try change.fold(part, reading)
            }
        }
        while try await context.change(
            router.tenant,
            by: Self.actor,
            { change in
                try change.verify(claim)
                return try change.endUnseen(reading, limit: Self.foldSize)
            }
        ) > 0 {}
        try await context.change(router.tenant, by: Self.actor) { [summary] change in
            try change.record(
                "users.read",
                on: id,
                .succeeded,
                detail: "\(seen.count + users.count) users, \(summary.online + summary.services) on line"
            )
        }
        return summary
    }

    private static let foldSize = 1_000

    func inUse(_ id: Identifier<Router>) async throws -> Router? {
        try await context.read(.system) { store in
            try store.router(id).flatMap { $0.removedAt == nil ? $0 : nil }
        }
    }
}

extension Change {
    /// Refuses to go on when another worker has the router of a claim.
    func verify(_ claim: RouterClaim?) throws {
        if let claim { try store.verify(claim.lease) }
    }
}
