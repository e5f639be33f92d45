/// A line of the activity log: what people and programs did, and what was done on routers, in one list.
public struct ActivityLine: Hashable, Sendable {
    /// When.
    public let at: Timestamp

    /// Who.
    public let actor: Actor

    /// What, as a stable word.
    public let action: String

    /// What it was done to, such as `batch:<id>` or `router:<id>`.
    public let subject: String

    /// Whether it was done; a line of the audit trail always was.
    public let outcome: RouterEvent.Outcome

    /// The circumstances, for people.
    public let detail: String

    /// The request that asked for it.
    public let requestID: String?

    /// A line of the audit trail.
    public init(_ entry: AuditEntry) {
        at = entry.at
        actor = entry.actor
        action = entry.action
        subject = entry.subject
        outcome = .succeeded
        detail = entry.detail
        requestID = entry.requestID
    }

    /// Something done on a router.
    public init(_ event: RouterEvent) {
        at = event.at
        actor = event.actor
        action = event.operation
        subject = "router:\(event.router)"
        outcome = event.outcome
        detail = event.detail
        requestID = event.requestID
    }

    /// Both kinds of line together, newest first; lines of one instant keep their order.
    ///
    /// What stands in both is one line: that of the router, which says how it ended.
    public static func log(_ entries: [AuditEntry], _ events: [RouterEvent]) -> [ActivityLine] {
        let events = events.map { ActivityLine($0) }
        let told = Set(events.map(\.deed))
        let lines = entries.map { ActivityLine($0) }.filter { !told.contains($0.deed) } + events
        return lines.enumerated()
            .sorted { ($1.element.at, $0.offset) < ($0.element.at, $1.offset) }
            .map(\.element)
    }

    /// What is the same in both kinds of line of one thing that was done.
    private var deed: [String] { [at.description, actor.description, action, subject] }
}
