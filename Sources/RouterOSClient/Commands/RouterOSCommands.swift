public import RouterOSProtocol

/// Whatever carries commands to a router: a connection, a pool of them, the REST interface.
///
/// The typed verbs (`get`, `print`, `ensure` …) are made of these two.
public protocol RouterOSCommands: Sendable {
    /// Where the router is, `host:port`.
    nonisolated var endpoint: String { get }

    /// Sends a command and collects everything the router answers.
    ///
    /// - Parameters:
    ///   - command: what to send; its tag is chosen by whoever carries it.
    ///   - deadline: how long to wait, or nil for the usual time.
    /// - Returns: the rows and what the command returned.
    /// - Throws: ``RouterOSError``, or `CancellationError` when the task is cancelled.
    func run(_ command: Command, deadline: Duration?) async throws -> Answer

    /// The rows of a command's answer as they come.
    ///
    /// Nothing is sent before the first row is asked for. Leaving the loop, or cancelling its task, tells the router to
    /// stop.
    ///
    /// - Parameters:
    ///   - command: what to send.
    ///   - deadline: how long the router may take from one row to the next; nil for the usual time, and for ever where
    ///     silence is the nature of the command (`listen`, `follow`).
    /// - Returns: the rows; each iteration sends the command anew.
    nonisolated func stream(_ command: Command, deadline: Duration?) -> AnswerStream
}

extension RouterOSCommands {
    /// Sends a command with the usual deadline; see ``run(_:deadline:)``.
    public func run(_ command: Command) async throws -> Answer { try await run(command, deadline: nil) }

    /// The rows of a command's answer as they come, with the usual deadline; see ``stream(_:deadline:)``.
    public nonisolated func stream(_ command: Command) -> AnswerStream { stream(command, deadline: nil) }
}
