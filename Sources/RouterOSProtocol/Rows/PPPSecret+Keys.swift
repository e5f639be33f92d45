extension AttributeKey<PPPSecret, String> {
    /// `name`.
    public static var name: Self { Self("name") }
    /// `service`.
    public static var service: Self { Self("service") }
    /// `caller-id`.
    public static var callerID: Self { Self("caller-id") }
    /// `password`.
    public static var password: Self { Self("password") }
    /// `profile`.
    public static var profile: Self { Self("profile") }
    /// `local-address`.
    public static var localAddress: Self { Self("local-address") }
    /// `remote-address`.
    public static var remoteAddress: Self { Self("remote-address") }
    /// `remote-ipv6-prefix`.
    public static var remoteIPv6Prefix: Self { Self("remote-ipv6-prefix") }
    /// `routes`.
    public static var routes: Self { Self("routes") }
    /// `ipv6-routes`.
    public static var ipv6Routes: Self { Self("ipv6-routes") }
    /// `last-caller-id`.
    public static var lastCallerID: Self { Self("last-caller-id") }
    /// `last-disconnect-reason`.
    public static var lastDisconnectReason: Self { Self("last-disconnect-reason") }
    /// `comment`.
    public static var comment: Self { Self("comment") }
}

extension AttributeKey<PPPSecret, ByteCount> {
    /// `limit-bytes-in`.
    public static var limitBytesIn: Self { Self("limit-bytes-in") }
    /// `limit-bytes-out`.
    public static var limitBytesOut: Self { Self("limit-bytes-out") }
}

extension AttributeKey<PPPSecret, LocalDateTime> {
    /// `last-logged-out`.
    public static var lastLoggedOut: Self { Self("last-logged-out") }
}

extension AttributeKey<PPPSecret, Bool> {
    /// `disabled`.
    public static var disabled: Self { Self("disabled") }
}
