/// How many connections a pool has, for how long, and who may wait.
package struct PoolConfiguration: Sendable {
    /// The most connections at a time: open, being opened and being closed together; 1 or more.
    package var maximumConnections = 10
    /// The most connections that are being opened at a time; 1 or more.
    package var maximumConnecting = 4
    /// How many shares a connection has, of which a lease takes one or more.
    ///
    /// With 1 nobody shares.
    package var sharesPerConnection = 1
    /// The most callers that wait; one more is turned away.
    package var maximumWaiters = 100_000
    /// How long a connection stays open that nobody uses.
    package var idleTimeout: Duration = .seconds(300)
    /// How long a connection is used at all; nil for as long as it works.
    ///
    /// One in use ends when it comes back.
    package var maximumLifetime: Duration?
    /// Up to so much is taken off each lifetime at random, so that connections opened together do not end together.
    package var lifetimeJitter: Duration = .zero
    /// A lease that lasts longer is reported, once; nil for never.
    package var leakThreshold: Duration?
    /// How long to wait with connecting after it failed.
    package var backoff = Backoff(base: .milliseconds(100), cap: .seconds(5))
    /// How long callers are turned away at once after the other side refused us for good.
    package var refusalPause: Duration = .seconds(10)
    /// Where everything random comes from.
    package var seed: UInt64 = 0

    /// The defaults: 10 connections, 4 of them being opened, not shared; 100 000 waiters; 300 s idle; no other limit of time.
    package init() {}
}
