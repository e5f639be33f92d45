/// A configuration of a router as it was saved there once; the file itself is kept beside it, sealed.
public struct RouterBackup: Hashable, Sendable {
    /// The identity of the backup.
    public let id: Identifier<RouterBackup>

    /// The tenant of the router.
    public let tenant: Identifier<Tenant>

    /// The router.
    public let router: Identifier<Router>

    /// When it was taken.
    public let takenAt: Timestamp

    /// Who asked for it: somebody, or the system when it was time.
    public let takenBy: Actor

    /// How long the file is.
    public let byteCount: Int64

    /// The SHA-256 digest of the file.
    public let digest: [UInt8]

    /// The name that the router gave itself then, if it was known.
    public let identity: String?

    /// The RouterOS version it ran then, if it was known: a backup is for the same version or a newer one.
    public let routerOSVersion: String?

    /// The password that the router encrypted the file with, sealed; only the services can open it.
    public private(set) var sealedPassword: [UInt8]

    /// When it was last put back; `nil` while it never was.
    public private(set) var restoredAt: Timestamp?

    /// Who had it put back.
    public private(set) var restoredBy: Actor?

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Describes a backup that was taken, or recreates a stored one.
    public init(
        id: Identifier<RouterBackup>,
        tenant: Identifier<Tenant>,
        router: Identifier<Router>,
        takenAt: Timestamp,
        takenBy: Actor,
        byteCount: Int64,
        digest: [UInt8],
        identity: String? = nil,
        routerOSVersion: String? = nil,
        sealedPassword: [UInt8],
        restoredAt: Timestamp? = nil,
        restoredBy: Actor? = nil,
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.router = router
        self.takenAt = takenAt
        self.takenBy = takenBy
        self.byteCount = byteCount
        self.digest = digest
        self.identity = identity
        self.routerOSVersion = routerOSVersion
        self.sealedPassword = sealedPassword
        self.restoredAt = restoredAt
        self.restoredBy = restoredBy
        self.revision = revision
    }
}

extension RouterBackup {
    /// Notes that it was put back.
    public mutating func noteRestored(at instant: Timestamp, by actor: Actor) {
        restoredAt = instant
        restoredBy = actor
    }

    /// Takes its password sealed under another key.
    public mutating func reseal(_ sealed: [UInt8]) { sealedPassword = sealed }
}
