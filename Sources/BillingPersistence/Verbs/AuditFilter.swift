public import BillingDomain

/// Which lines of the audit trail are wanted; what is not given does not matter.
public struct AuditFilter: Hashable, Sendable {
    /// Who did it.
    public var actor: BillingDomain.Actor?
    /// What it was done to, such as `batch:<id>`; with a colon at its end, everything of that kind.
    public var subject: String?
    /// What was done, such as `voucher.generate`; with a dot at its end, everything of that kind.
    public var action: String?
    /// The first instant.
    public var from: Timestamp?
    /// The instant after the last.
    public var until: Timestamp?

    /// A filter; without arguments, the whole trail.
    public init(
        actor: BillingDomain.Actor? = nil,
        subject: String? = nil,
        action: String? = nil,
        from: Timestamp? = nil,
        until: Timestamp? = nil
    ) {
        self.actor = actor
        self.subject = subject
        self.action = action
        self.from = from
        self.until = until
    }

    var query: Query<AuditRow> {
        var query = Query<AuditRow>()
        if let actor { query = query.where(AuditRow.Columns.actor == actor) }
        if let subject {
            let column = AuditRow.Columns.subject
            query = query.where(subject.hasSuffix(":") ? column.begins(with: subject) : column == subject)
        }
        if let action {
            let column = AuditRow.Columns.action
            query = query.where(action.hasSuffix(".") ? column.begins(with: action) : column == action)
        }
        if let from { query = query.where(AuditRow.Columns.at >= from) }
        if let until { query = query.where(AuditRow.Columns.at < until) }
        return query
    }
}
