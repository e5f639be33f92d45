public import RouterOSProtocol

/// What a router is measured against.
public struct ReadinessRequirements: Sendable, Hashable {
    /// The name that the API user has logged in with.
    public var user: String
    /// The port that was dialled.
    public var port: UInt16
    /// How the connection is protected.
    public var security: ConnectionSecurity
    /// The host name of the billing site, which must open without a login; nil for none.
    public var billingDomain: String?
    /// The right time, in seconds since 1970; nil leaves the clock out.
    public var now: Int64?
    /// How far the router's clock may be off, in seconds.
    public var clockTolerance: Int64
    /// The oldest RouterOS.
    public var minimumVersion: RouterOSVersion
    /// The least memory, in bytes.
    public var minimumMemory: UInt64
    /// The memory below which there is a warning, in bytes.
    public var recommendedMemory: UInt64

    /// Sets what a router is measured against; the port is the usual one of the `security` unless given.
    public init(
        user: String,
        port: UInt16? = nil,
        security: ConnectionSecurity = .plaintext,
        billingDomain: String? = nil,
        now: Int64? = nil,
        clockTolerance: Int64 = 120,
        minimumVersion: RouterOSVersion = RouterOSVersion(6, 40),
        minimumMemory: UInt64 = 64_000_000,
        recommendedMemory: UInt64 = 128_000_000
    ) {
        self.user = user
        self.port = port ?? security.defaultPort
        self.security = security
        self.billingDomain = billingDomain
        self.now = now
        self.clockTolerance = clockTolerance
        self.minimumVersion = minimumVersion
        self.minimumMemory = minimumMemory
        self.recommendedMemory = recommendedMemory
    }
}
