/// One line of the audit trail: who did what to which thing, and when.
///
/// Append-only.
public struct AuditEntry: Hashable, Sendable {
    /// The identity of the line.
    public let id: Identifier<AuditEntry>

    /// The tenant it happened in.
    public let tenant: Identifier<Tenant>

    /// When it happened.
    public let at: Timestamp

    /// Who did it.
    public let actor: Actor

    /// What was done, as a stable word such as `voucher.generate`.
    public let action: String

    /// What it was done to, such as `batch:<id>`.
    public let subject: String

    /// The circumstances, for people; never a secret.
    public let detail: String

    /// What was there before, in short; never a secret.
    public let before: String?

    /// What is there now, in short; never a secret.
    public let after: String?

    /// The request that asked for it, to find it in the logs.
    public let requestID: String?

    /// The network address it was asked from.
    public let sourceAddress: String?

    /// Creates a line of the audit trail.
    public init(
        id: Identifier<AuditEntry>,
        tenant: Identifier<Tenant>,
        at: Timestamp,
        actor: Actor,
        action: String,
        subject: String,
        detail: String = "",
        before: String? = nil,
        after: String? = nil,
        requestID: String? = nil,
        sourceAddress: String? = nil
    ) {
        self.id = id
        self.tenant = tenant
        self.at = at
        self.actor = actor
        self.action = action
        self.subject = subject
        self.detail = detail
        self.before = before
        self.after = after
        self.requestID = requestID
        self.sourceAddress = sourceAddress
    }

    /// The kind of thing it was done to, such as `batch`: the part of ``subject`` before the first colon.
    public var subjectKind: String { String(subject.prefix { $0 != ":" }) }

    /// The name of the thing it was done to: the part of ``subject`` after the first colon, if there is one.
    public var subjectID: String? {
        subject.firstIndex(of: ":").map { String(subject[subject.index(after: $0)...]) }
    }
}
