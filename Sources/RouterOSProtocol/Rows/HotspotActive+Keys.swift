extension AttributeKey<HotspotActive, String> {
    /// `server`.
    public static var server: Self { Self("server") }
    /// `user`.
    public static var user: Self { Self("user") }
    /// `domain`.
    public static var domain: Self { Self("domain") }
    /// `login-by`.
    public static var loginBy: Self { Self("login-by") }
    /// `comment`.
    public static var comment: Self { Self("comment") }
}

extension AttributeKey<HotspotActive, IPAddress> {
    /// `address`.
    public static var address: Self { Self("address") }
}

extension AttributeKey<HotspotActive, MACAddress> {
    /// `mac-address`.
    public static var macAddress: Self { Self("mac-address") }
}

extension AttributeKey<HotspotActive, Duration> {
    /// `uptime`.
    public static var uptime: Self { Self("uptime") }
    /// `session-time-left`.
    public static var sessionTimeLeft: Self { Self("session-time-left") }
    /// `idle-time`.
    public static var idleTime: Self { Self("idle-time") }
    /// `idle-timeout`.
    public static var idleTimeout: Self { Self("idle-timeout") }
    /// `keepalive-timeout`.
    public static var keepaliveTimeout: Self { Self("keepalive-timeout") }
}

extension AttributeKey<HotspotActive, UInt64> {
    /// `bytes-in`.
    public static var bytesIn: Self { Self("bytes-in") }
    /// `bytes-out`.
    public static var bytesOut: Self { Self("bytes-out") }
    /// `packets-in`.
    public static var packetsIn: Self { Self("packets-in") }
    /// `packets-out`.
    public static var packetsOut: Self { Self("packets-out") }
}

extension AttributeKey<HotspotActive, ByteCount> {
    /// `limit-bytes-in`.
    public static var limitBytesIn: Self { Self("limit-bytes-in") }
    /// `limit-bytes-out`.
    public static var limitBytesOut: Self { Self("limit-bytes-out") }
    /// `limit-bytes-total`.
    public static var limitBytesTotal: Self { Self("limit-bytes-total") }
}

extension AttributeKey<HotspotActive, Bool> {
    /// `radius`.
    public static var radius: Self { Self("radius") }
    /// `blocked`.
    public static var blocked: Self { Self("blocked") }
}
