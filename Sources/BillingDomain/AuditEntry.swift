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

    /// Creates a line of the audit trail.
    public init(
        id: Identifier<AuditEntry>,
        tenant: Identifier<Tenant>,
        at: Timestamp,
        actor: Actor,
        action: String,
        subject: String,
        detail: String = ""
    ) {
        self.id = id
        self.tenant = tenant
        self.at = at
        self.actor = actor
        self.action = action
        self.subject = subject
        self.detail = detail
    }
}
