/// What somebody is to be told, whatever the channel.
///
/// | state | `claim` | `succeed` | `fail` | `retry` | `cancel` |
/// |---|---|---|---|---|---|
/// | pending | sending, if due | – | – | – | cancelled |
/// | sending | sending, once the claim has run out | sent | failed, or parked | – | – |
/// | failed | sending, if due | – | – | pending | cancelled |
/// | parked | – | – | – | pending | cancelled |
/// | sent | – | – | – | – | – |
/// | cancelled | – | – | – | – | – |
///
/// Moves that the table does not have throw ``DomainError`` with ``DomainError/Code/illegalMove`` and change nothing.
/// Between a claim and its end the worker may die: then nobody knows whether it was sent, and it is sent again.
public struct NotificationIntent: Hashable, Sendable {
    /// After this many failed attempts it is parked.
    public static let mostAttempts = 8

    /// A claim runs out after this time.
    public static let claimLength = Duration.seconds(120)

    /// The identity of the notification.
    public let id: Identifier<NotificationIntent>

    /// The tenant that sends it.
    public let tenant: Identifier<Tenant>

    /// The template to fill in, such as `voucher.credentials`.
    public let template: String

    /// Whom it is for, such as `customer:<id>`, `staff:<id>` or `phone:<number>`; the channel finds the way.
    public let recipient: String

    /// What is filled in; a value that is a secret does not belong here but is looked up when it is sent.
    public let variables: [String: String]

    /// Names this notification once and for all: a store refuses a second one with the same key in the tenant.
    public let dedupeKey: String

    /// Where it stands.
    public internal(set) var state: NotificationState

    /// The earliest instant of the next attempt.
    public internal(set) var notBefore: Timestamp

    /// How many attempts were made.
    public internal(set) var attempts: Int

    /// When the present claim runs out; `nil` unless sending.
    public internal(set) var claimedUntil: Timestamp?

    /// The channel that took it, and its receipt there.
    public internal(set) var receipt: String?

    /// Why the last attempt failed, for people.
    public internal(set) var detail: String?

    /// When it was asked for.
    public let createdAt: Timestamp

    /// When it was sent or cancelled.
    public internal(set) var endedAt: Timestamp?

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates a notification that is due at `notBefore`, at once by default; or recreates a stored one.
    public init(
        id: Identifier<NotificationIntent>,
        tenant: Identifier<Tenant>,
        template: String,
        recipient: String,
        variables: [String: String] = [:],
        dedupeKey: String,
        state: NotificationState = .pending,
        notBefore: Timestamp? = nil,
        attempts: Int = 0,
        claimedUntil: Timestamp? = nil,
        receipt: String? = nil,
        detail: String? = nil,
        createdAt: Timestamp,
        endedAt: Timestamp? = nil,
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.template = template
        self.recipient = recipient
        self.variables = variables
        self.dedupeKey = dedupeKey
        self.state = state
        self.notBefore = notBefore ?? createdAt
        self.attempts = attempts
        self.claimedUntil = claimedUntil
        self.receipt = receipt
        self.detail = detail
        self.createdAt = createdAt
        self.endedAt = endedAt
        self.revision = revision
    }
}
