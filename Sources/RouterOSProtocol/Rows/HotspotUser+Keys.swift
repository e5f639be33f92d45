extension AttributeKey<HotspotUser, String> {
    /// `name`.
    public static var name: Self { Self("name") }
    /// `password`.
    public static var password: Self { Self("password") }
    /// `profile`.
    public static var profile: Self { Self("profile") }
    /// `server`.
    public static var server: Self { Self("server") }
    /// `email`.
    public static var email: Self { Self("email") }
    /// `routes`.
    public static var routes: Self { Self("routes") }
    /// `comment`.
    public static var comment: Self { Self("comment") }
}

extension AttributeKey<HotspotUser, IPAddress> {
    /// `address`.
    public static var address: Self { Self("address") }
}

extension AttributeKey<HotspotUser, MACAddress> {
    /// `mac-address`.
    public static var macAddress: Self { Self("mac-address") }
}

extension AttributeKey<HotspotUser, Duration> {
    /// `limit-uptime`.
    public static var limitUptime: Self { Self("limit-uptime") }
    /// `uptime`.
    public static var uptime: Self { Self("uptime") }
}

extension AttributeKey<HotspotUser, ByteCount> {
    /// `limit-bytes-in`.
    public static var limitBytesIn: Self { Self("limit-bytes-in") }
    /// `limit-bytes-out`.
    public static var limitBytesOut: Self { Self("limit-bytes-out") }
    /// `limit-bytes-total`.
    public static var limitBytesTotal: Self { Self("limit-bytes-total") }
}

extension AttributeKey<HotspotUser, Bool> {
    /// `disabled`.
    public static var disabled: Self { Self("disabled") }
    /// `dynamic`.
    public static var dynamic: Self { Self("dynamic") }
}

extension AttributeKey<HotspotUser, UInt64> {
    /// `bytes-in`.
    public static var bytesIn: Self { Self("bytes-in") }
    /// `bytes-out`.
    public static var bytesOut: Self { Self("bytes-out") }
    /// `packets-in`.
    public static var packetsIn: Self { Self("packets-in") }
    /// `packets-out`.
    public static var packetsOut: Self { Self("packets-out") }
}
