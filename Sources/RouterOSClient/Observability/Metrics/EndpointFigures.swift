public import RouterOSProtocol

/// What a client has done at one router since counting began.
///
/// Numbers stop at their largest value; they never overflow.
public struct EndpointFigures: Sendable, Hashable {
    /// Commands that are over, failed ones included.
    public internal(set) var commands = 0
    /// Commands that failed, by what went wrong; cancelled ones have `interrupted`.
    public internal(set) var commandFailures: [RouterOSError.Code: Int] = [:]
    /// How long commands took, failed ones included.
    public internal(set) var commandDurations = LatencyHistogram()
    /// The rows that came.
    public internal(set) var rows = 0
    /// The bytes of those rows.
    public internal(set) var bytesReceived = 0
    /// The bytes of the commands.
    public internal(set) var bytesSent = 0

    /// Connections that stand now.
    public internal(set) var connections = 0
    /// Connections that came about.
    public internal(set) var connects = 0
    /// How long they took to.
    public internal(set) var connectDurations = LatencyHistogram()
    /// Connections that did not come about, by what went wrong.
    public internal(set) var connectFailures: [RouterOSError.Code: Int] = [:]
    /// Connections that stood and were lost, by what went wrong; those that we ended are not among them.
    public internal(set) var connectionsLost: [RouterOSError.Code: Int] = [:]
    /// How often a connection stopped reading since a reader did not keep up.
    public internal(set) var readingPauses = 0

    /// The connections of the pool at present; nil for a router without one.
    public internal(set) var pool: ClientEvent.PoolFigures?
    /// Leases that were held for longer than the threshold.
    public internal(set) var overdueLeases = 0
    /// Leases that were let go of, or given back twice.
    public internal(set) var misusedLeases = 0
    /// Commands and connections that were tried again.
    public internal(set) var retries = 0
    /// Commands that had to wait for their turn in the rate limit.
    public internal(set) var rateLimited = 0
    /// How long they waited together.
    public internal(set) var rateLimitWait = Duration.zero
    /// The state of the breaker; nil while it has not changed.
    public internal(set) var breaker: ClientEvent.BreakerState?
    /// How often the breaker went into each state.
    public internal(set) var breakerChanges: [ClientEvent.BreakerState: Int] = [:]

    /// Makes figures of nothing.
    public init() {}

    mutating func record(_ event: ClientEvent) {
        switch event {
        case .connected(_, let duration, _):
            connects.saturate(adding: 1)
            connections.saturate(adding: 1)
            connectDurations.record(duration)
        case .connectFailed(_, _, let error):
            connectFailures[error.code, default: 0].saturate(adding: 1)
        case .disconnected(_, let error):
            connections = max(0, connections - 1)
            if let error { connectionsLost[error.code, default: 0].saturate(adding: 1) }
        case .commandFinished(let record):
            commands.saturate(adding: 1)
            if let code = record.failure { commandFailures[code, default: 0].saturate(adding: 1) }
            commandDurations.record(record.duration)
            rows.saturate(adding: record.rows)
            bytesReceived.saturate(adding: record.bytesReceived)
            bytesSent.saturate(adding: record.bytesSent)
        case .readingPaused(_, let isPaused):
            if isPaused { readingPauses.saturate(adding: 1) }
        case .poolChanged(_, let figures):
            pool = figures
        case .leaseOverdue:
            overdueLeases.saturate(adding: 1)
        case .leaseMisused:
            misusedLeases.saturate(adding: 1)
        case .retrying:
            retries.saturate(adding: 1)
        case .rateLimited(_, _, let wait):
            rateLimited.saturate(adding: 1)
            if rateLimitWait < .seconds(4_000_000_000) {
                rateLimitWait += min(max(wait, .zero), .seconds(4_000_000_000))
            }
        case .breakerChanged(_, let state):
            breaker = state
            breakerChanges[state, default: 0].saturate(adding: 1)
        }
    }
}

extension Int {
    /// Adds what is not negative and stops at the largest number.
    fileprivate mutating func saturate(adding amount: Int) {
        let (sum, overflow) = addingReportingOverflow(Swift.max(0, amount))
        self = overflow ? .max : sum
    }
}
