/// A user profile as it stands on a router.
public struct ObservedProfile: Hashable, Sendable, Codable {
    /// The menu it stands in.
    public let kind: ServiceKind
    /// Its name.
    public let name: String
    /// The speed as the router writes it; `nil` where it has none.
    public let rateLimit: String?
    /// How many devices may be on line at once, as the router writes it; `nil` where it does not say.
    public let sharedUsers: String?
    /// How long a session may last, as the router writes it; `nil` for as long as it likes.
    public let sessionTimeout: String?
    /// How long it may be silent, as the router writes it; `nil` for as long as it likes.
    public let idleTimeout: String?
    /// Whether its comment says that it was made here.
    public let isOurs: Bool

    /// A profile as it was read.
    public init(
        kind: ServiceKind,
        name: String,
        rateLimit: String? = nil,
        sharedUsers: String? = nil,
        sessionTimeout: String? = nil,
        idleTimeout: String? = nil,
        isOurs: Bool = false
    ) {
        self.kind = kind
        self.name = name
        self.rateLimit = rateLimit
        self.sharedUsers = sharedUsers
        self.sessionTimeout = sessionTimeout
        self.idleTimeout = idleTimeout
        self.isOurs = isOurs
    }

    /// The speed, if it is one that packages can have.
    public var speed: RateLimit? { rateLimit.flatMap { try? RateLimit($0) } }
}
