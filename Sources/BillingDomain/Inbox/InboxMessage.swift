/// A message from outside – a gateway's callback – stored as it came before it is answered.
///
/// | state | `claim` | `complete` | `fail` | `quarantine` | `release` | `dismiss` |
/// |---|---|---|---|---|---|---|
/// | received | processing | – | – | quarantined | – | – |
/// | processing | processing, once the claim has run out | done | failed, or quarantined | quarantined | – | – |
/// | failed | processing, if due | – | – | quarantined | – | – |
/// | quarantined | – | – | – | – | received | done |
/// | done | – | – | – | – | – | – |
///
/// What it says is not believed: it is verified while it is processed. A repetition of a message skips only what is done;
/// one that failed is processed again.
public struct InboxMessage: Hashable, Sendable {
    /// After this many failed attempts it is quarantined.
    public static let mostAttempts = 20

    /// A claim runs out after this time.
    public static let claimLength = Duration.seconds(120)

    /// The identity of the message.
    public let id: Identifier<InboxMessage>

    /// The tenant it is for.
    public let tenant: Identifier<Tenant>

    /// Where it came from, such as `gateway:mpesa`.
    public let source: String

    /// The name that the sender gave the event, or a digest of the body.
    public let key: String

    /// A digest of all that came: with the key it is unique for the source in the tenant, so that a forged message never
    /// stands in the way of the true one of the same key.
    public let digest: [UInt8]

    /// The headers that are needed to verify it, sealed because they may hold a secret; none once it is settled.
    public internal(set) var sealedHeaders: [UInt8]

    /// The body as it came.
    public let body: [UInt8]

    /// The network address it came from.
    public let sourceAddress: String?

    /// Where it stands.
    public internal(set) var state: InboxState

    /// The earliest instant of the next attempt.
    public internal(set) var notBefore: Timestamp

    /// How many attempts were made.
    public internal(set) var attempts: Int

    /// When the present claim runs out; `nil` unless processing.
    public internal(set) var claimedUntil: Timestamp?

    /// What came of it: the effect, or why there is none; for people.
    public internal(set) var detail: String?

    /// When it came.
    public let createdAt: Timestamp

    /// When its effect was in the books, or it was dismissed.
    public internal(set) var endedAt: Timestamp?

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates a message that has just come, or recreates a stored one.
    public init(
        id: Identifier<InboxMessage>,
        tenant: Identifier<Tenant>,
        source: String,
        key: String,
        digest: [UInt8] = [],
        sealedHeaders: [UInt8] = [],
        body: [UInt8],
        sourceAddress: String? = nil,
        state: InboxState = .received,
        notBefore: Timestamp? = nil,
        attempts: Int = 0,
        claimedUntil: Timestamp? = nil,
        detail: String? = nil,
        createdAt: Timestamp,
        endedAt: Timestamp? = nil,
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.source = source
        self.key = key
        self.digest = digest
        self.sealedHeaders = sealedHeaders
        self.body = body
        self.sourceAddress = sourceAddress
        self.state = state
        self.notBefore = notBefore ?? createdAt
        self.attempts = attempts
        self.claimedUntil = claimedUntil
        self.detail = detail
        self.createdAt = createdAt
        self.endedAt = endedAt
        self.revision = revision
    }
}
