public import BillingDomain
public import RouterOSClient

extension ProvisionerFigures {
    /// How a visit to a router ended.
    public enum Outcome: String, Hashable, Sendable, CaseIterable {
        /// What was due is done, or waits for its turn.
        case well
        /// The router was not reached, or went silent.
        case away
        /// The router refused us, or is none that can be worked with, until somebody puts it right.
        case unfit
        /// Some of what was written broke the connection; it is tried in smaller pieces.
        case broken
        /// The claim on the router was lost to another worker, or was not prolonged in time: nothing was written after that.
        case lost
        /// The store was away, or the provisioner was stopped: the work stays recorded.
        case interrupted
    }

    /// What became of a row that was asked for.
    public enum Rows: String, Hashable, Sendable, CaseIterable {
        /// It stands on the router as it is recorded, or is gone from it where that is recorded; read back.
        case written
        /// It does not yet; it is tried again.
        case failed
        /// It does not, and is put aside until somebody looks at it.
        case parked
    }

    /// What goes round for as long as a provisioner runs.
    public enum Loop: String, Hashable, Sendable, CaseIterable {
        /// Visits those that somebody waits for.
        case working
        /// Visits those that are to be looked at.
        case watched
        /// Visits those that did not answer.
        case away
        /// Ends what the clock ends.
        case expiring
    }

    /// What was counted.
    public struct Values: Hashable, Sendable {
        /// Routers that were claimed.
        public internal(set) var claims: [RouterGroup: Int]
        /// How long it took to ask the store for a router, there being none included.
        public internal(set) var claimDurations = LatencyHistogram()
        /// Visits that are over.
        public internal(set) var visits: [Outcome: Int]
        /// Visits that are under way.
        public internal(set) var underWay = 0
        /// Rows that were asked for and attempted.
        public internal(set) var rows: [Rows: Int]
        /// The time from when a row was asked for to when it was read back, by the machine's clock, for those that were
        /// written.
        public internal(set) var waits = LatencyHistogram()
        /// Readings of a router's users and sessions.
        public internal(set) var syncs = 0
        /// Looks whether a router answers, those of a reading of its users not counted.
        public internal(set) var statuses = 0
        /// When each loop came round last.
        var lastPasses: [Loop: Duration]

        init(begun: Duration) {
            // Every key is there from the beginning: to count is to change a number in its place.
            claims = Dictionary(uniqueKeysWithValues: RouterGroup.allCases.map { ($0, 0) })
            visits = Dictionary(uniqueKeysWithValues: Outcome.allCases.map { ($0, 0) })
            rows = Dictionary(uniqueKeysWithValues: Rows.allCases.map { ($0, 0) })
            lastPasses = Dictionary(uniqueKeysWithValues: Loop.allCases.map { ($0, begun) })
        }
    }
}

extension ProvisionerFigures.Loop {
    init(_ group: RouterGroup) {
        switch group {
        case .working: self = .working
        case .watched: self = .watched
        case .away: self = .away
        }
    }
}
