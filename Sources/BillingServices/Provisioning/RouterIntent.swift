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
    /// What is asked about the router; `nil` while nothing is.
    public let question: RouterQuestion?

    package init(
        router: Router,
        entries: [RouterEntry],
        waiting: Set<SessionSubject> = [],
        markers: RouterMarkers = .standard,
        massChangeLimit: Int64 = 3_000,
        question: RouterQuestion? = nil
    ) {
        self.router = router
        self.entries = entries
        self.waiting = waiting
        self.markers = markers
        self.massChangeLimit = massChangeLimit
        self.question = question
    }

    /// The same intent with more entries.
    package func adding(_ more: [RouterEntry]) -> RouterIntent { with(entries + more) }

    /// The same intent with other entries.
    package func with(_ entries: [RouterEntry]) -> RouterIntent {
        RouterIntent(
            router: router,
            entries: entries,
            waiting: waiting,
            markers: markers,
            massChangeLimit: massChangeLimit,
            question: question
        )
    }
}
