extension AttributeKey where Row: HotspotUserRow, Value == String {
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
    /// `otp-secret`, which routers have from 7.22 on.
    public static var otpSecret: Self { Self("otp-secret") }
    /// `comment`.
    public static var comment: Self { Self("comment") }
}

extension AttributeKey where Row: HotspotUserRow, Value == IPAddress {
    /// `address`.
    public static var address: Self { Self("address") }
}

extension AttributeKey where Row: HotspotUserRow, Value == MACAddress {
    /// `mac-address`.
    public static var macAddress: Self { Self("mac-address") }
}

extension AttributeKey where Row: HotspotUserRow, Value == Duration {
    /// `limit-uptime`.
    public static var limitUptime: Self { Self("limit-uptime") }
    /// `uptime`.
    public static var uptime: Self { Self("uptime") }
}

extension AttributeKey where Row: HotspotUserRow, Value == ByteCount {
    /// `limit-bytes-in`.
    public static var limitBytesIn: Self { Self("limit-bytes-in") }
    /// `limit-bytes-out`.
    public static var limitBytesOut: Self { Self("limit-bytes-out") }
    /// `limit-bytes-total`.
    public static var limitBytesTotal: Self { Self("limit-bytes-total") }
}

extension AttributeKey where Row: HotspotUserRow, Value == Bool {
    /// `disabled`.
    public static var disabled: Self { Self("disabled") }
    /// `dynamic`.
    public static var dynamic: Self { Self("dynamic") }
    /// `default`.
    public static var isDefault: Self { Self("default") }
}

extension AttributeKey where Row: HotspotUserRow, Value == UInt64 {
    /// `bytes-in`.
    public static var bytesIn: Self { Self("bytes-in") }
    /// `bytes-out`.
    public static var bytesOut: Self { Self("bytes-out") }
    /// `packets-in`.
    public static var packetsIn: Self { Self("packets-in") }
    /// `packets-out`.
    public static var packetsOut: Self { Self("packets-out") }
}
