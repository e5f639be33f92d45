import ConnectionPool
public import RouterOSProtocol

/// An open connection of a ``RouterClient``, lent to the body of
/// ``RouterClient/with(exclusively:deadline:file:line:isolation:_:)``.
///
/// Everything that is sent over it takes its turn in the router's rate limit, and is sent once. Safe to use from any task.
public struct LeasedRouter: RouterOSCommands {
    private let connection: RouterOSConnection
    private let turns: CommandTurns
    private let callTimeout: Duration

    init(_ connection: RouterOSConnection, _ turns: CommandTurns, callTimeout: Duration) {
        self.connection = connection
        self.turns = turns
        self.callTimeout = callTimeout
    }

    /// Where the router is, `host:port`.
    public var endpoint: String { connection.endpoint }

    /// Whether commands may be sent.
    public var isOpen: Bool { get async { await connection.isOpen } }

    /// Sends a command and collects everything the router answers.
    ///
    /// - Parameters:
    ///   - command: what to send.
    ///   - deadline: how long to wait for its turn and the answer together; nil for ``ClientConfiguration/callTimeout``, with
    ///     the connection's `requestTimeout` for the answer.
    /// - Returns: the rows and what the command returned.
    /// - Throws: ``RouterOSError`` as ``RouterOSConnection/run(_:deadline:)`` does; `unavailable` when its turn would come too
    ///   late. `CancellationError` when the task is cancelled.
    public func run(_ command: Command, deadline: Duration?) async throws -> Answer {
        let due = turns.scheduler.now + (deadline ?? callTimeout)
        try await turns.wait(for: command, until: due)
        let rest = try turns.timeLeft(until: due, for: command)
        return try await connection.run(command, deadline: deadline == nil ? nil : rest)
    }

    /// The rows of a command's answer as they come; see ``RouterOSCommands/stream(_:deadline:)``.
    ///
    /// Each iteration takes one turn in the rate limit.
    public func stream(_ command: Command, deadline: Duration?) -> AnswerStream {
        AnswerStream { [self] in
            try await turns.wait(for: command, until: turns.scheduler.now + callTimeout)
            return try await connection.stream(command, deadline: deadline).source()
        }
    }

    /// Ends the connection at once, also for those who share it; the client opens another one when it is needed.
    public func close() async { await connection.close() }
}
