/// What waits for routers at a moment, of all tenants.
public struct RouterBacklog: Hashable, Sendable {
    /// Vouchers and service accounts that wait to be brought to their desired state, those put aside not counted.
    public let waiting: Int
    /// Those that were put aside until somebody looks at them.
    public let parked: Int
    /// Routers that did not answer last time, or not as they should.
    public let routersAway: Int
    /// Routers that a worker has claimed.
    public let routersClaimed: Int
}
