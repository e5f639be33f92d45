import RouterOSProtocol

/// The commands of a connection, which have a limited time in all.
struct TimedCommands<Commands: RouterOSCommands>: RouterOSCommands {
    private let commands: Commands
    private let each: Duration
    private let remaining: @Sendable () -> Duration

    /// Limits `commands` to the time that is `remaining` when one is sent, and `each` one to a time of its own.
    init(_ commands: Commands, each: Duration, remaining: @escaping @Sendable () -> Duration) {
        self.commands = commands
        self.each = each
        self.remaining = remaining
    }

    var endpoint: String { commands.endpoint }

    func run(_ command: Command, deadline: Duration?) async throws -> Answer {
        let remaining = remaining()
        guard remaining > .zero else {
            throw RouterOSError(
                .deadlineExceeded,
                "the time was over before the router had answered",
                isSafeToRetry: true,
                endpoint: endpoint
            )
        }
        return try await commands.run(command, deadline: min(remaining, deadline ?? each))
    }

    /// The rows all at once: how long one row takes after the other says nothing of the whole.
    nonisolated func stream(_ command: Command, deadline: Duration?) -> AnswerStream {
        AnswerStream { CollectedRows(try await run(command, deadline: deadline).rows) }
    }
}
