extension AttributeKey<PPPActive, String> {
    /// `name`.
    public static var name: Self { Self("name") }
    /// `service`.
    public static var service: Self { Self("service") }
    /// `caller-id`.
    public static var callerID: Self { Self("caller-id") }
    /// `encoding`.
    public static var encoding: Self { Self("encoding") }
    /// `session-id`.
    public static var sessionID: Self { Self("session-id") }
}

extension AttributeKey<PPPActive, IPAddress> {
    /// `address`.
    public static var address: Self { Self("address") }
}

extension AttributeKey<PPPActive, Duration> {
    /// `uptime`.
    public static var uptime: Self { Self("uptime") }
}

extension AttributeKey<PPPActive, ByteCount> {
    /// `limit-bytes-in`.
    public static var limitBytesIn: Self { Self("limit-bytes-in") }
    /// `limit-bytes-out`.
    public static var limitBytesOut: Self { Self("limit-bytes-out") }
}

extension AttributeKey<PPPActive, Bool> {
    /// `radius`.
    public static var radius: Self { Self("radius") }
}
