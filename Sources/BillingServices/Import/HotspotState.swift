public import BillingDomain

/// What a router's hotspot holds, as somebody read it there.
///
/// Descriptions and dumps show numbers alone: rows may hold passwords.
public struct HotspotState: Hashable, Sendable {
    /// A user profile.
    public struct Profile: Hashable, Sendable {
        /// The name.
        public var name: String
        /// The script that runs at each login; empty for none.
        public var onLogin: String

        /// A profile as it was read.
        public init(name: String, onLogin: String = "") {
            self.name = name
            self.onLogin = onLogin
        }
    }

    /// The users, 100 000 at most.
    public var users: [HotspotUserText]
    /// The user profiles.
    public var profiles: [Profile]
    /// The names of mikhmon's sale rows.
    public var saleRows: [String]
    /// The sources of mikhmon's quick-print presets.
    public var presets: [String]
    /// When it was read: in the past, at most a day ago.
    public var readAt: Timestamp
    /// What the router's clock showed then.
    public var clock: LocalDateTime
    /// How many seconds the router's zone is ahead of UTC.
    public var secondsFromUTC: Int
    /// The currency of the prices on the router, which does not say it; the tenant's where it is left out.
    public var currency: Currency?

    /// What was read of a router.
    public init(
        users: [HotspotUserText],
        profiles: [Profile] = [],
        saleRows: [String] = [],
        presets: [String] = [],
        readAt: Timestamp,
        clock: LocalDateTime,
        secondsFromUTC: Int,
        currency: Currency? = nil
    ) {
        self.users = users
        self.profiles = profiles
        self.saleRows = saleRows
        self.presets = presets
        self.readAt = readAt
        self.clock = clock
        self.secondsFromUTC = secondsFromUTC
        self.currency = currency
    }
}

extension HotspotState: CustomStringConvertible, CustomReflectable {
    /// How much there is.
    public var description: String { "HotspotState(\(users.count) users, \(profiles.count) profiles)" }
    /// How much there is.
    public var customMirror: Mirror { Mirror(self, children: ["users": users.count, "profiles": profiles.count]) }
}
