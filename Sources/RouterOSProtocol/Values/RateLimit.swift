/// The speed of a hotspot or PPP client, as `rate-limit` of the profiles and RADIUS' `Mikrotik-Rate-Limit` write it:
/// `rx[/tx] [rx-burst[/tx-burst] [rx-threshold[/tx-threshold] [rx-time[/tx-time] [priority] [rx-min[/tx-min]]]]]`.
///
/// rx is the client's upload, tx its download, see ``RxTxPair``; a missing tx is the rx of its place. A text that
/// leaves off its end has nil here for what it leaves off; ``resolved`` says what the router makes of it. Places in
/// the middle cannot be left off, so a value with a later part always has the earlier ones. (Manual: "IP Hotspot User
/// Profile", "PPP AAA", "RADIUS".)
public struct RateLimit: RouterOSValue, CustomStringConvertible {
    /// The sustained speed; nil for no limit at all, which is written as the empty text.
    public let rate: RxTxPair<BitRate>?
    /// The speed of a burst; 0 for no burst.
    public let burst: RxTxPair<BitRate>?
    /// The average below which a burst is allowed.
    public let burstThreshold: RxTxPair<BitRate>?
    /// The time the average is taken over.
    public let burstTime: RxTxPair<Duration>?
    /// The priority of the queue, 1 (first) … 8 (last).
    public let priority: UInt8?
    /// The speed that is guaranteed; a router expects no more than the sustained speed.
    public let minimum: RxTxPair<BitRate>?

    /// No limit.
    public static let unlimited = RateLimit()

    /// Makes a limit.
    ///
    /// What is nil but stands before something that is not gets the value ``resolved`` would give it.
    ///
    /// - Parameters:
    ///   - rate: The sustained speed.
    ///   - burst: The speed of a burst.
    ///   - burstThreshold: The average below which a burst is allowed.
    ///   - burstTime: The time the average is taken over; what is finer than a nanosecond is cut off, negative is 0.
    ///   - priority: Brought into 1…8.
    ///   - minimum: The speed that is guaranteed.
    public init(
        rate: RxTxPair<BitRate>,
        burst: RxTxPair<BitRate>? = nil,
        burstThreshold: RxTxPair<BitRate>? = nil,
        burstTime: RxTxPair<Duration>? = nil,
        priority: UInt8? = nil,
        minimum: RxTxPair<BitRate>? = nil
    ) {
        let noBurst = RxTxPair(both: BitRate(0))
        let priority = priority ?? (minimum == nil ? nil : RateLimit.lowestPriority)
        let needsTime = priority != nil
        let time = burstTime ?? (needsTime ? RateLimit.defaultTime : nil)
        let needsThreshold = time != nil
        let threshold = burstThreshold ?? (needsThreshold ? (burst == nil ? noBurst : rate) : nil)
        self.rate = rate
        self.burst = burst ?? (threshold == nil ? nil : noBurst)
        self.burstThreshold = threshold
        self.burstTime = time.map { RxTxPair(rx: RateLimit.written($0.rx), tx: RateLimit.written($0.tx)) }
        self.priority = priority.map { min(max($0, 1), RateLimit.lowestPriority) }
        self.minimum = minimum
    }

    private init() {
        rate = nil
        burst = nil
        burstThreshold = nil
        burstTime = nil
        priority = nil
        minimum = nil
    }

    /// What the router makes of it: no burst unless there is one, threshold and minimum the rate, time 1 s, priority 8
    /// as queues have by default.
    public var resolved: RateLimit {
        guard let rate else { return self }
        return RateLimit(
            rate: rate,
            burst: burst,
            burstThreshold: burstThreshold,
            burstTime: burstTime,
            priority: priority,
            minimum: minimum ?? rate
        )
    }

    static let lowestPriority: UInt8 = 8
    static let defaultTime = RxTxPair(both: Duration.seconds(1))

    /// The span that is read back when `span` is written.
    private static func written(_ span: Duration) -> Duration {
        let limit = Duration.nanoseconds(Int64.max)
        guard span > .zero, span < limit else { return span > .zero ? limit : .zero }
        let (seconds, attoseconds) = span.components
        return Duration(secondsComponent: seconds, attosecondsComponent: attoseconds / 1_000_000_000 * 1_000_000_000)
    }
}
