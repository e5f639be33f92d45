/// How a ``PostgreSQLStore`` uses its database.
///
/// Every duration that the server is told is at least one millisecond; smaller ones are raised.
public struct PostgreSQLConfiguration: Hashable, Sendable {
    /// The most connections at a time, 1 or more; one more is used while somebody hears ``PostgreSQLStore/changes``.
    public var maximumConnections = 10
    /// How long a transaction waits for a connection before it fails with `busy`, or with `io` where none can be opened.
    public var acquireTimeout = Duration.seconds(15)
    /// How long opening one connection may take.
    public var connectTimeout = Duration.seconds(10)
    /// How long a connection stays open that nobody uses.
    public var idleTimeout = Duration.seconds(300)
    /// How long a connection is used at all, less a random tenth, so that servers behind a name may change.
    public var connectionLifetime = Duration.seconds(3600)
    /// How long one statement may take (`statement_timeout`).
    public var statementTimeout = Duration.seconds(30)
    /// How long a statement waits for what another transaction holds (`lock_timeout`).
    public var lockTimeout = Duration.seconds(10)
    /// How long a transaction may do nothing before the server ends it (`idle_in_transaction_session_timeout`).
    public var idleInTransactionTimeout = Duration.seconds(10)
    /// How often a transaction is run before the store gives up; 1 or more.
    public var maximumAttempts = 6
    /// How long to look for the outcome of a commit whose answer was lost.
    public var outcomeTimeout = Duration.seconds(30)
    /// How many prepared statements a connection keeps; 0 for none, as for a PgBouncer before 1.21.
    public var preparedStatements = 256
    /// From how many rows on an insert sends them column by column, in one statement.
    public var bulkThreshold = 8
    /// What the server's own views call the connections, unless the URL says it.
    public var applicationName = "routeros-billing"
    /// Whether leases go by the database's clock, which all processes share, instead of the one of each process.
    public var usesDatabaseClock = true
    /// At most how often the other processes are told that something changed.
    public var hintInterval = Duration.milliseconds(250)

    /// The defaults.
    public init() {}
}

extension Duration {
    /// Whole milliseconds, 1 or more, as PostgreSQL's settings and `poll` want them.
    var settingMilliseconds: Int32 {
        let (seconds, attoseconds) = components
        guard seconds < 2_000_000 else { return 2_000_000_000 }
        return Int32(clamping: max(1, seconds * 1000 + attoseconds / 1_000_000_000_000_000))
    }
}
