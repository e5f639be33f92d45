public import BillingDomain

/// Everything that should stand on a router, as it is recorded at one moment.
public struct RouterIntent: Sendable {
    /// The router.
    public let router: Router
    /// Every voucher and service account of it that is not known to be off it.
    public let entries: [RouterEntry]
    /// Those that have a job, parked or not: what the router shows of them is about to change, or left to people.
    public let waiting: Set<SessionSubject>
    /// What our rows are marked with.
    public let markers: RouterMarkers
    /// How much of what stands on the router may be changed without asking, in hundredths of a percent.
    public let massChangeLimit: Int64

    package init(
        router: Router,
        entries: [RouterEntry],
        waiting: Set<SessionSubject> = [],
        markers: RouterMarkers = .standard,
        massChangeLimit: Int64 = 3_000
    ) {
        self.router = router
        self.entries = entries
        self.waiting = waiting
        self.markers = markers
        self.massChangeLimit = massChangeLimit
    }

    /// The same intent with more entries.
    package func adding(_ more: [RouterEntry]) -> RouterIntent {
        RouterIntent(
            router: router,
            entries: entries + more,
            waiting: waiting,
            markers: markers,
            massChangeLimit: massChangeLimit
        )
    }
}
