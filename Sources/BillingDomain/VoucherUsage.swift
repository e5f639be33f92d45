/// What a voucher has used, folded from a router's counters so that a reset of those never lowers a total.
public struct VoucherUsage: Hashable, Sendable {
    /// The sum of session time.
    public private(set) var uptime: Duration

    /// Bytes received from the customer: the upload.
    public private(set) var bytesIn: Int64

    /// Bytes sent to the customer: the download.
    public private(set) var bytesOut: Int64

    /// When the customer was last seen online.
    public private(set) var lastSeenAt: Timestamp?

    /// What had been counted before the counters of the router's present user row began.
    public private(set) var base: Counters

    /// What the router's user row showed last; it grows when a session ends, and falls only when the row is made anew or
    /// its counters are reset.
    public private(set) var settled: Counters

    /// Counters as a router keeps them.
    public struct Counters: Hashable, Sendable {
        /// Session time.
        public var uptime: Duration

        /// Bytes received from the customer.
        public var bytesIn: Int64

        /// Bytes sent to the customer.
        public var bytesOut: Int64

        /// Creates counters; nothing counted by default.
        public init(uptime: Duration = .zero, bytesIn: Int64 = 0, bytesOut: Int64 = 0) {
            self.uptime = uptime
            self.bytesIn = bytesIn
            self.bytesOut = bytesOut
        }
    }

    /// Nothing used, or what a store kept.
    public init(
        totals: Counters = Counters(),
        base: Counters = Counters(),
        settled: Counters = Counters(),
        lastSeenAt: Timestamp? = nil
    ) {
        uptime = totals.uptime
        bytesIn = totals.bytesIn
        bytesOut = totals.bytesOut
        self.base = base
        self.settled = settled
        self.lastSeenAt = lastSeenAt
    }

    /// Traffic in both directions together; saturates.
    public var bytesTotal: Int64 { bytesIn.saturatingAdding(bytesOut) }

    /// The totals as counters.
    public var totals: Counters { Counters(uptime: uptime, bytesIn: bytesIn, bytesOut: bytesOut) }

    /// Folds in what a router counts now.
    ///
    /// A router adds what a session used to the user's row when the session ends, and forgets it when its power fails. So
    /// the total is the most that was ever seen: it does not fall when a session is lost, and what is seen twice, in the
    /// session and then in the row, counts once. A row that shows less than before was made anew, reset, or restored from
    /// a backup, and a row and sessions that together show less have lost a session on the way: that reading counts
    /// nothing, and counting goes on from there. A row that shows just what had been counted before the present one began is
    /// the one before it, brought back by a backup or by a power cut before the flash was written. So nothing is charged
    /// twice, unless such a row went on counting before it was read again; what was used between a loss and the first
    /// reading after it is forgone. A session that is gone while the row stands as it stood is no loss yet: the row
    /// may be on its way. Negative counters count as zero.
    ///
    /// - Parameters:
    ///   - row: The counters of the user row, which hold the sessions that have ended.
    ///   - session: Those of the open sessions together, of the same moment: no session may have ended or begun between the
    ///     reading of the row and theirs. Nil when none is open.
    ///   - instant: When they were read.
    public mutating func observe(row: Counters, session: Counters?, at instant: Timestamp) {
        let row = row.clampedToZero
        let shown = row.adding(session?.clampedToZero ?? Counters())
        let isLost = (session != nil || row != settled) && shown.isBelow(totals.subtracting(base))
        if row != settled, row == base, row != Counters() {
            // The row before the present one is back, whose counters are the totals that this one began with.
            base = Counters()
        } else if row.isBelow(settled) || isLost {
            base = totals.subtracting(shown)
        }
        settled = row
        let seen = base.adding(shown)
        uptime = max(uptime, seen.uptime)
        bytesIn = max(bytesIn, seen.bytesIn)
        bytesOut = max(bytesOut, seen.bytesOut)
        if session != nil { markOnline(at: instant) }
    }

    /// Notes that the router's user row was made anew: it counts from zero, and everything so far was counted before it.
    public mutating func countAnew() {
        base = totals
        settled = Counters()
    }

    /// Notes that the customer was online, without any counters.
    public mutating func markOnline(at instant: Timestamp) {
        lastSeenAt = max(lastSeenAt ?? instant, instant)
    }
}

extension VoucherUsage.Counters {
    /// Both together; saturates.
    public func adding(_ other: Self) -> Self {
        let uptime = uptime.wholeMicroseconds.saturatingAdding(other.uptime.wholeMicroseconds)
        return Self(
            uptime: .microseconds(uptime),
            bytesIn: bytesIn.saturatingAdding(other.bytesIn),
            bytesOut: bytesOut.saturatingAdding(other.bytesOut)
        )
    }

    /// What is left of these after taking others away; never below zero.
    public func subtracting(_ other: Self) -> Self {
        Self(
            uptime: max(.zero, uptime - other.uptime),
            bytesIn: max(0, bytesIn - other.bytesIn),
            bytesOut: max(0, bytesOut - other.bytesOut)
        )
    }

    /// Whether any of these counters shows less than that of others: counters that go on never do.
    public func isBelow(_ other: Self) -> Bool {
        uptime < other.uptime || bytesIn < other.bytesIn || bytesOut < other.bytesOut
    }

    /// Traffic in both directions together; saturates.
    public var bytesTotal: Int64 { bytesIn.saturatingAdding(bytesOut) }

    var clampedToZero: Self {
        Self(uptime: max(.zero, uptime), bytesIn: max(0, bytesIn), bytesOut: max(0, bytesOut))
    }
}
