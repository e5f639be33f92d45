/// What those who look after routers are told of.
///
/// Each occurrence is told of once, however often it is seen.
public enum AlertKind: String, Hashable, Sendable, CaseIterable {
    /// A router has not answered for longer than ``SettingKey/offlineAlertDelay``.
    case routerOffline = "router-offline"
    /// A router that was told of as away is there again.
    case routerBack = "router-back"
    /// A router answers and cannot be read: it refuses us, or shows rows that make no sense.
    case syncFailed = "sync-failed"
    /// So much of a router is not as recorded that nothing is changed until somebody says so.
    case massChange = "mass-change"
    /// A router shows none of the rows that it should: it was reset, or another one stands in for it.
    case routerReset = "router-reset"
    /// Rows on a router carry our comment, and nobody knows them here.
    case unknownRows = "unknown-rows"
    /// The clock of a router is wrong by more than ``RouterHealth/clockTolerance``.
    case routerClock = "router-clock"
    /// The clock of our own machine was set while nobody expected it.
    case machineClock = "machine-clock"
    /// A voucher is used by another device than the one it is locked to, or by more devices than may share it.
    case sessionAnomaly = "session-anomaly"
    /// Changes for a router were put aside, because they failed too often or cannot succeed.
    case jobsParked = "jobs-parked"

    /// The template of the notification.
    public var template: String { "alert.\(rawValue)" }
}
