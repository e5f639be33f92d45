/// A client that is logged in to the hotspot.
struct HotspotSession: Sendable {
    /// What may be used up before the session ends; fixed when it begins, as on a router.
    struct Allowance: Sendable {
        var seconds: Int64?
        var bytesIn: UInt64?
        var bytesOut: UInt64?
        var bytesTotal: UInt64?
    }

    /// The address as a number, which is also the id of the row: a later session from the same address has the same id.
    let address: UInt32
    let macAddress: WireText
    let user: WireText
    let userID: UInt64
    let keepaliveTimeout: WireText?
    let comment: WireText?
    let beganAt: Duration
    let allowance: Allowance
    /// Steady traffic, in bytes a second.
    let rate: SimulatedTraffic.Rate
    /// Traffic on top of the steady one.
    var extraIn: UInt64 = 0
    var extraOut: UInt64 = 0

    var id: UInt64 { UInt64(address) }

    /// Whole seconds online.
    func seconds(at now: Duration) -> Int64 { max(0, (now - beganAt).components.seconds) }

    /// Bytes received from the client.
    func bytesIn(at now: Duration) -> UInt64 { moved(rate.bytesIn, extraIn, seconds(at: now)) }

    /// Bytes sent to the client.
    func bytesOut(at now: Duration) -> UInt64 { moved(rate.bytesOut, extraOut, seconds(at: now)) }

    /// When the first allowance is used up if traffic goes on as it is; `nil` when none ever is.
    var end: Duration? {
        let (steadyTotal, extraTotal) = (saturatingSum(rate.bytesIn, rate.bytesOut), saturatingSum(extraIn, extraOut))
        let ends = [
            allowance.seconds,
            allowance.bytesIn.flatMap { secondsUntil($0, rate.bytesIn, extraIn) },
            allowance.bytesOut.flatMap { secondsUntil($0, rate.bytesOut, extraOut) },
            allowance.bytesTotal.flatMap { secondsUntil($0, steadyTotal, extraTotal) },
        ]
        return ends.compactMap(\.self).min().map { beganAt + .seconds($0) }
    }

    private func secondsUntil(_ limit: UInt64, _ rate: UInt64, _ extra: UInt64) -> Int64? {
        guard extra < limit else { return 0 }
        guard rate > 0 else { return nil }
        let missing = limit - extra
        return Int64(clamping: missing / rate + (missing % rate == 0 ? 0 : 1))
    }

    private func moved(_ rate: UInt64, _ extra: UInt64, _ seconds: Int64) -> UInt64 {
        let (steady, overflow) = rate.multipliedReportingOverflow(by: UInt64(clamping: seconds))
        return overflow ? .max : saturatingSum(steady, extra)
    }
}

/// A sum that stays at the largest number instead of running over.
func saturatingSum(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? .max : sum
}
