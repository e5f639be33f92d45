public import BillingDomain
public import RouterOSClient
public import RouterOSProtocol

/// What a router showed at one moment to somebody who asked: who is on line, how it fares and what its interfaces move.
///
/// Nothing of it is recorded; the readings of the provisioner are.
public struct LiveReading: Sendable {
    /// When the last of it was there.
    public let readAt: Timestamp
    /// What the router is and how it fares.
    public let resource: SystemResource
    /// Who is on line at the hotspot, with what each has used in this session.
    public let hotspotSessions: [HotspotActive]
    /// Who is connected by PPP; the counters are those of the interface `<pppoe-name>`.
    public let pppSessions: [PPPActive]
    /// The interfaces with their counters since the router started, the links of PPP users among them.
    public let interfaces: [NetworkInterface]
    /// What the interfaces that run move now, in the router's order, the first ``mostMeasured``; `nil` where the API user
    /// may not measure.
    public let traffic: [InterfaceTraffic]?

    /// How many interfaces are measured.
    public static let mostMeasured = 50

    /// The counters of the link of a PPP user: bytes received from the client, and sent to it; nil without such a link.
    public func linkCounters(of user: String) -> (bytesIn: UInt64, bytesOut: UInt64)? {
        guard let link = interfaces.first(where: { $0.name == "<pppoe-\(user)>" }) else { return nil }
        return (link.rxByte ?? 0, link.txByte ?? 0)
    }
}
