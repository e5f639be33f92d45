/// How long a session lasts and what it moves: a steady rate from its beginning, and what came on top.
struct Meter: Sendable {
    /// Why a session ended by itself.
    enum Exhaustion: Sendable {
        case time, traffic
    }

    /// A typical packet, from which packet counters are made up.
    private static let packetBytes: UInt64 = 800

    let beganAt: Duration
    var allowance: Allowance
    /// Steady traffic, in bytes a second.
    private(set) var rate: SimulatedTraffic.Rate
    /// Since when it flows.
    private var rateSince: Duration
    /// What had been moved before that.
    private var before: (bytesIn: UInt64, bytesOut: UInt64) = (0, 0)

    init(beganAt: Duration, allowance: Allowance, rate: SimulatedTraffic.Rate) {
        self.beganAt = beganAt
        self.allowance = allowance
        self.rate = rate
        rateSince = beganAt
    }

    /// Whether anything moves by itself.
    var isFlowing: Bool { rate != .init() }

    /// Whole seconds since the beginning.
    func seconds(at now: Duration) -> Int64 { max(0, (now - beganAt).components.seconds) }

    /// Bytes received from the client.
    func bytesIn(at now: Duration) -> UInt64 { moved(before.bytesIn, rate.bytesIn, now) }

    /// Bytes sent to the client.
    func bytesOut(at now: Duration) -> UInt64 { moved(before.bytesOut, rate.bytesOut, now) }

    func traffic(at now: Duration) -> Traffic { Traffic(bytesIn: bytesIn(at: now), bytesOut: bytesOut(at: now)) }

    func packetsIn(at now: Duration) -> UInt64 { Self.packets(bytesIn(at: now)) }

    func packetsOut(at now: Duration) -> UInt64 { Self.packets(bytesOut(at: now)) }

    /// How many packets so many bytes are: at least one if any.
    static func packets(_ bytes: UInt64) -> UInt64 { bytes / packetBytes + (bytes % packetBytes == 0 ? 0 : 1) }

    /// Bytes move on top of the steady ones.
    mutating func add(bytesIn: UInt64, bytesOut: UInt64) {
        before.bytesIn = saturatingSum(before.bytesIn, bytesIn)
        before.bytesOut = saturatingSum(before.bytesOut, bytesOut)
    }

    /// Traffic flows at another rate from now on.
    mutating func setRate(_ rate: SimulatedTraffic.Rate, at now: Duration) {
        before = (bytesIn(at: now), bytesOut(at: now))
        rateSince = max(rateSince, now)
        self.rate = rate
    }

    /// When the first allowance is used up if traffic goes on as it is, and which; nil when none ever is.
    var end: (at: Duration, because: Exhaustion)? {
        let time = allowance.seconds.map { beganAt + .seconds($0) }
        let steadyTotal = saturatingSum(rate.bytesIn, rate.bytesOut)
        let beforeTotal = saturatingSum(before.bytesIn, before.bytesOut)
        let traffic = [
            allowance.bytesIn.flatMap { secondsUntil($0, rate.bytesIn, before.bytesIn) },
            allowance.bytesOut.flatMap { secondsUntil($0, rate.bytesOut, before.bytesOut) },
            allowance.bytesTotal.flatMap { secondsUntil($0, steadyTotal, beforeTotal) },
        ].compactMap(\.self).min().map { rateSince + .seconds($0) }
        guard let traffic else { return time.map { ($0, .time) } }
        guard let time, time <= traffic else { return (traffic, .traffic) }
        return (time, .time)
    }

    private func secondsUntil(_ limit: UInt64, _ rate: UInt64, _ before: UInt64) -> Int64? {
        guard before < limit else { return 0 }
        guard rate > 0 else { return nil }
        let missing = limit - before
        return Int64(clamping: missing / rate + (missing % rate == 0 ? 0 : 1))
    }

    private func moved(_ before: UInt64, _ rate: UInt64, _ now: Duration) -> UInt64 {
        let seconds = UInt64(clamping: max(0, (now - rateSince).components.seconds))
        let (steady, overflow) = rate.multipliedReportingOverflow(by: seconds)
        return overflow ? .max : saturatingSum(before, steady)
    }
}
