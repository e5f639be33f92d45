public import BillingDomain
import BillingPersistence

extension ProvisioningService {
    /// Counts what customers have used up to the moment at which their rows or sessions are about to go from a router.
    ///
    /// It is no reading of the router's tables: nothing is over because it is not among these. Told twice, it counts once.
    /// Nothing is written once another worker has the router: ``BillingError/Code/leaseLost``.
    ///
    /// - Parameters:
    ///   - id: The router; one that is gone is passed over.
    ///   - observations: What vouchers have used.
    ///   - services: The sessions of customers' services.
    ///   - instant: When that was read, by our clock.
    ///   - claim: The claim under which it was.
    /// - Throws: ``BillingError``.
    public func recordLastSight(
        _ id: Identifier<Router>,
        _ observations: [VoucherObservation],
        services: [ServiceObservation] = [],
        at instant: Timestamp,
        under claim: RouterClaim
    ) async throws {
        guard let tenant = try await inUse(id)?.tenant else { return }
        try await context.change(tenant, by: Self.actor) { change in
            try change.verify(claim)
            guard let router = try change.store.router(id) else { return }
            let reading = SessionReading(
                router: id,
                routerEpoch: router.restarts,
                at: min(instant, change.now),
                completeKinds: [],
                sessions: []
            )
            let seen = Dictionary(grouping: observations) { Voucher.uniqueKey(of: $0.code) }
                .map { (code: $0.key, observations: $0.value) }
                .sorted { $0.code < $1.code }
            _ = try change.fold(seen, reading, lastReadAt: router.lastSync.map { min($0, reading.at) })
            if !services.isEmpty { _ = try change.fold(services, reading) }
        }
    }
}
