public import BillingDomain
import BillingPersistence

extension ProvisioningService {
    /// Takes a login that a router told us of as evidence of a voucher's first use, whoever hears of it; says what it changed.
    ///
    /// A voucher that was unused is active since the login: since the router's own stamp where its clock can be believed,
    /// else since we heard of it, and no earlier than it was last known to be unused. For one that is active already, better
    /// evidence moves the first use to an earlier instant, no further than that. A line of a log is the weakest evidence and
    /// may be old: it counts only with a stamp that can be believed, of an instant since the router's tables were read in
    /// full before, since the voucher was made, and not in the future. Told twice, a login changes nothing the second
    /// time; what is no voucher of the router is foreign and left alone. Whoever calls this has made sure that it is the
    /// router who speaks, and that it does not speak without end.
    ///
    /// - Parameters:
    ///   - login: The login.
    ///   - id: The router; one that is gone is passed over.
    /// - Returns: Whether a voucher became active by it, or was known at all.
    /// - Throws: ``BillingError``.
    @discardableResult
    public func noteFirstLogin(
        _ login: ObservedLogin,
        on id: Identifier<Router>
    ) async throws -> ObservationSummary {
        guard let tenant = try await inUse(id)?.tenant else { return ObservationSummary() }
        return try await context.change(tenant, by: Self.actor) { change in
            guard let router = try change.store.router(id), router.removedAt == nil else { return ObservationSummary() }
            return try change.fold(login, on: router)
        }
    }
}

extension Change {
    /// Takes lines of a router's log that tell of logins, of which few are of vouchers that were not used before.
    mutating func fold(_ logins: [ObservedLogin], on router: Router) throws {
        let vouchers = try store.vouchers(router: router.id, codes: logins.map(\.username))
        let unused = Set(vouchers.filter { $0.access == .unused }.map { Voucher.uniqueKey(of: $0.code) })
        for login in logins where unused.contains(Voucher.uniqueKey(of: login.username)) {
            _ = try fold(login, on: router)
        }
    }

    fileprivate mutating func fold(_ login: ObservedLogin, on router: Router) throws -> ObservationSummary {
        let heard = min(login.receivedAt, now)
        let shown = try login.stamp.flatMap { stamp in
            try store.find(RouterHealth.id(of: router.id))?.instant(ofStamp: stamp, now: now)
        }
        if login.source == .log {
            let voucher = try store.vouchers(router: router.id, codes: [login.username]).first
            let floor = [voucher?.createdAt, router.lastSync].compactMap(\.self).max()
            guard let shown, shown <= heard, floor.map({ $0 <= shown }) ?? true else { return ObservationSummary() }
        }
        let observation = VoucherObservation(
            code: login.username,
            evidence: login.evidence,
            at: min(shown ?? heard, heard),
            // Whoever is in the log may have left since.
            session: login.source == .callback ? .init() : nil,
            devices: login.device.map { [$0] } ?? []
        )
        let reading = SessionReading(
            router: router.id,
            routerEpoch: router.restarts,
            at: heard,
            completeKinds: [],
            sessions: []
        )
        // What was read since the login showed the voucher in use, or missed it: it is no sign that it was unused.
        let unusedAt = router.lastSync.map { min($0, observation.at) }
        return try fold(
            [(code: Voucher.uniqueKey(of: login.username), observations: [observation])],
            reading,
            lastReadAt: unusedAt
        )
    }
}
