/// The attributes of a hotspot user as a router gives them; `nil` where it leaves one out.
public struct HotspotUserText: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The user's name.
    public var name: String?
    /// The password; a secret, which no refusal repeats.
    public var password: String?
    /// The user profile.
    public var profile: String?
    /// The comment.
    public var comment: String?
    /// The session time allowed, such as `3h` or `00:00:01`.
    public var limitUptime: String?
    /// The bytes allowed, both directions together.
    public var limitBytesTotal: String?
    /// The session time used.
    public var uptime: String?
    /// The bytes received from the customer.
    public var bytesIn: String?
    /// The bytes sent to the customer.
    public var bytesOut: String?
    /// The device that may use it.
    public var macAddress: String?
    /// Whether it is switched off: `true`, `yes`, `false` or `no`.
    public var disabled: String?

    /// Attributes of which any may be missing.
    public init(
        name: String? = nil,
        password: String? = nil,
        profile: String? = nil,
        comment: String? = nil,
        limitUptime: String? = nil,
        limitBytesTotal: String? = nil,
        uptime: String? = nil,
        bytesIn: String? = nil,
        bytesOut: String? = nil,
        macAddress: String? = nil,
        disabled: String? = nil
    ) {
        self.name = name
        self.password = password
        self.profile = profile
        self.comment = comment
        self.limitUptime = limitUptime
        self.limitBytesTotal = limitBytesTotal
        self.uptime = uptime
        self.bytesIn = bytesIn
        self.bytesOut = bytesOut
        self.macAddress = macAddress
        self.disabled = disabled
    }

    /// The name alone.
    public var description: String { "hotspot user “\((name ?? "").prefix(60))”" }

    /// The name alone.
    public var customMirror: Mirror { Mirror(self, children: ["name": name ?? ""]) }
}
