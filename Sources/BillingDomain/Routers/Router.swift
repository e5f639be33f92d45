/// A MikroTik router that vouchers are provisioned on.
///
/// A router is never deleted, because vouchers refer to it: it is removed by setting ``removedAt``.
///
/// | state | a visit finds it well | refused or unfit | out of reach | removed |
/// |---|---|---|---|---|
/// | unknown | online | error | offline | removed |
/// | online | online | error | offline | removed |
/// | offline | online | error | offline | removed |
/// | error | online | error | offline | removed |
/// | removed | – | – | – | – |
///
/// A removed one changes no more: its name is free for another.
public struct Router: Hashable, Sendable {
    /// The identity of the router.
    public let id: Identifier<Router>

    /// The tenant that owns it.
    public let tenant: Identifier<Tenant>

    /// The name its staff know it by.
    public var name: String

    /// The host name or address that the API answers on.
    public var host: String

    /// The TCP port of the API, 1…65535; 8728 without TLS.
    public var port: Int

    /// The user that we log in as.
    public var username: String

    /// The password, sealed; only the services can open it.
    public var sealedPassword: [UInt8]

    /// Where it stands.
    public var location: RouterLocation?

    /// The site it serves; `nil` while it is assigned to none.
    public var site: Identifier<Site>?

    /// What the last look found.
    public var status: RouterStatus

    /// Why the status is what it is, for people; never a secret.
    public var statusDetail: String?

    /// The identity that the router gave itself.
    public var identity: String?

    /// The RouterOS version it runs, such as `7.18.2`.
    public var routerOSVersion: String?

    /// How long it had been up when it was last seen.
    public private(set) var uptime: Duration?

    /// How often it was seen to have started anew: row numbers and counters that it shows hold between two starts alone.
    public private(set) var restarts: Int64

    /// When it last answered.
    public var lastSeen: Timestamp?

    /// When its users and sessions were last read in full.
    public var lastSync: Timestamp?

    /// When it was added.
    public let createdAt: Timestamp

    /// When it was removed; `nil` while it is in use.
    public var removedAt: Timestamp?

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates a router that nobody has looked at yet, or recreates a stored one.
    public init(
        id: Identifier<Router>,
        tenant: Identifier<Tenant>,
        name: String,
        host: String,
        port: Int = 8728,
        username: String,
        sealedPassword: [UInt8],
        location: RouterLocation? = nil,
        site: Identifier<Site>? = nil,
        status: RouterStatus = .unknown,
        statusDetail: String? = nil,
        identity: String? = nil,
        routerOSVersion: String? = nil,
        uptime: Duration? = nil,
        restarts: Int64 = 0,
        lastSeen: Timestamp? = nil,
        lastSync: Timestamp? = nil,
        createdAt: Timestamp,
        removedAt: Timestamp? = nil,
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.name = name
        self.host = host
        self.port = port
        self.username = username
        self.sealedPassword = sealedPassword
        self.location = location
        self.site = site
        self.status = status
        self.statusDetail = statusDetail
        self.identity = identity
        self.routerOSVersion = routerOSVersion
        self.uptime = uptime
        self.restarts = restarts
        self.lastSeen = lastSeen
        self.lastSync = lastSync
        self.createdAt = createdAt
        self.removedAt = removedAt
        self.revision = revision
    }
}

extension Router {
    /// Two clocks and the way of an answer may differ by this without anything having happened.
    private static let bootTolerance = Duration.seconds(5)

    /// Notes how long it has been up: less than before, or since a moment after it was last seen, means that it has started
    /// anew.
    ///
    /// - Parameters:
    ///   - uptime: How long it says it has been up.
    ///   - bootedAt: When it started by our clock; `nil` where our clock is in doubt.
    public mutating func note(uptime: Duration, bootedAt: Timestamp? = nil) {
        if let last = self.uptime {
            let isYounger = lastSeen.flatMap { seen in bootedAt.map { $0 > seen + Self.bootTolerance } } ?? false
            if uptime < last || isYounger { restarts = restarts.saturatingAdding(1) }
        }
        self.uptime = uptime
    }
}
