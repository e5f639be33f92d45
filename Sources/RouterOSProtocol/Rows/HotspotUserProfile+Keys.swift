extension AttributeKey<HotspotUserProfile, String> {
    /// `name`.
    public static var name: Self { Self("name") }
    /// `address-pool`.
    public static var addressPool: Self { Self("address-pool") }
    /// `rate-limit`.
    public static var rateLimit: Self { Self("rate-limit") }
    /// `insert-queue-before`.
    public static var insertQueueBefore: Self { Self("insert-queue-before") }
    /// `parent-queue`.
    public static var parentQueue: Self { Self("parent-queue") }
    /// `queue-type`.
    public static var queueType: Self { Self("queue-type") }
    /// `address-list`.
    public static var addressList: Self { Self("address-list") }
    /// `incoming-filter`.
    public static var incomingFilter: Self { Self("incoming-filter") }
    /// `outgoing-filter`.
    public static var outgoingFilter: Self { Self("outgoing-filter") }
    /// `incoming-packet-mark`.
    public static var incomingPacketMark: Self { Self("incoming-packet-mark") }
    /// `outgoing-packet-mark`.
    public static var outgoingPacketMark: Self { Self("outgoing-packet-mark") }
    /// `open-status-page`.
    public static var openStatusPage: Self { Self("open-status-page") }
    /// `on-login`.
    public static var onLogin: Self { Self("on-login") }
    /// `on-logout`.
    public static var onLogout: Self { Self("on-logout") }
}

extension AttributeKey<HotspotUserProfile, Duration> {
    /// `session-timeout`.
    public static var sessionTimeout: Self { Self("session-timeout") }
    /// `idle-timeout`.
    public static var idleTimeout: Self { Self("idle-timeout") }
    /// `keepalive-timeout`.
    public static var keepaliveTimeout: Self { Self("keepalive-timeout") }
    /// `status-autorefresh`.
    public static var statusAutorefresh: Self { Self("status-autorefresh") }
    /// `mac-cookie-timeout`.
    public static var macCookieTimeout: Self { Self("mac-cookie-timeout") }
    /// `advertise-timeout`.
    public static var advertiseTimeout: Self { Self("advertise-timeout") }
}

extension AttributeKey<HotspotUserProfile, Int> {
    /// `shared-users`.
    public static var sharedUsers: Self { Self("shared-users") }
}

extension AttributeKey<HotspotUserProfile, Bool> {
    /// `add-mac-cookie`.
    public static var addMACCookie: Self { Self("add-mac-cookie") }
    /// `transparent-proxy`.
    public static var transparentProxy: Self { Self("transparent-proxy") }
    /// `advertise`.
    public static var advertise: Self { Self("advertise") }
    /// `default`.
    public static var isDefault: Self { Self("default") }
}

extension AttributeKey<HotspotUserProfile, RouterOSList<String>> {
    /// `advertise-url`.
    public static var advertiseURL: Self { Self("advertise-url") }
}

extension AttributeKey<HotspotUserProfile, RouterOSList<Duration>> {
    /// `advertise-interval`.
    public static var advertiseInterval: Self { Self("advertise-interval") }
}
