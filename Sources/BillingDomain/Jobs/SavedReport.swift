/// A report as it was on the day it was made: later corrections do not change it.
///
/// Never changed, and removed only when it is old; a report made again for the same days has a higher edition.
public struct SavedReport: Hashable, Sendable {
    /// The identity of the report.
    public let id: Identifier<SavedReport>

    /// The tenant it is about.
    public let tenant: Identifier<Tenant>

    /// What it reports, such as `daily` or `ageing`.
    public let kind: String

    /// The days it is about.
    public let days: DateRange

    /// 1 for the first of this kind and these days.
    public let edition: Int64

    /// The figures, in the form that ``format`` names.
    public let content: String

    /// The form of the content, such as `daily-report/1`.
    public let format: String

    /// Who asked for it.
    public let actor: Actor

    /// When it was made.
    public let createdAt: Timestamp

    /// The version of this record.
    public var revision: Int64

    /// Creates a report, or recreates a stored one.
    public init(
        id: Identifier<SavedReport>,
        tenant: Identifier<Tenant>,
        kind: String,
        days: DateRange,
        edition: Int64 = 1,
        content: String,
        format: String,
        actor: Actor,
        createdAt: Timestamp,
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.kind = kind
        self.days = days
        self.edition = edition
        self.content = content
        self.format = format
        self.actor = actor
        self.createdAt = createdAt
        self.revision = revision
    }
}
