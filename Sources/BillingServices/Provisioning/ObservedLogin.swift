public import BillingDomain

/// A login that a router, or a line of its log, tells of; not one that its tables show.
public struct ObservedLogin: Hashable, Sendable {
    /// What tells of it.
    public enum Source: String, Hashable, Sendable, CaseIterable {
        /// The router's own on-login callback.
        case callback
        /// A line of the router's log; without a stamp that can be believed it counts for nothing.
        case log
    }

    /// The user name, in any case.
    public var username: String
    /// The device; nil where it was not told.
    public var device: DeviceAddress?
    /// What tells of it.
    public var source: Source
    /// When we heard of it, by our clock.
    public var receivedAt: Timestamp
    /// What the router's clock showed at the login, brought to UTC with the offset that it has itself; nil where it was not
    /// told.
    ///
    /// It is believed only of a router whose clock was found right within a day.
    public var stamp: Timestamp?

    /// A login as it was told.
    public init(
        username: String,
        device: DeviceAddress? = nil,
        source: Source,
        receivedAt: Timestamp,
        stamp: Timestamp? = nil
    ) {
        self.username = username
        self.device = device
        self.source = source
        self.receivedAt = receivedAt
        self.stamp = stamp
    }

    /// How good evidence it is.
    var evidence: ActivationEvidence {
        switch source {
        case .callback: .loginCallback
        case .log: .log
        }
    }
}
