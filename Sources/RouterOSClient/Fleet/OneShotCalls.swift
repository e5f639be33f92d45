package import ConnectionPool
package import RouterOSProtocol

/// The calls of a client whose connections are somebody else's: the rate limit, the breaker and the retries of a
/// ``RouterClient``, without its pool.
package struct OneShotCalls: Sendable {
    private let configuration: ClientConfiguration
    private let turns: CommandTurns
    private let calls: CallGuard
    private let scheduler: any Scheduler

    /// Makes the calls to one router; they wait on the event loop that all clients share.
    package init(_ endpoint: String, _ configuration: ClientConfiguration) {
        self.init(endpoint, configuration, scheduler: LoopScheduler(loop: .shared))
    }

    /// Makes the calls to one router, with a clock of the caller's.
    package init(_ endpoint: String, _ configuration: ClientConfiguration, scheduler: any Scheduler) {
        self.configuration = configuration
        self.scheduler = scheduler
        turns = CommandTurns(endpoint, configuration, on: scheduler)
        calls = CallGuard(endpoint, configuration, scheduler, nil, seed: UInt64.random(in: 0...UInt64.max))
    }

    /// Sends a command as often as is allowed and needed.
    ///
    /// - Parameters:
    ///   - command: what is sent.
    ///   - deadline: how long all of it may take; nil for ``ClientConfiguration/callTimeout``, with the connection's
    ///     `requestTimeout` for each attempt.
    ///   - send: sends it once, within a time that is more than none.
    /// - Returns: what `send` returns.
    /// - Throws: ``RouterOSError`` as ``RouterClient/run(_:deadline:)`` does, with what shows the outcome of a write that
    ///   leaves it unknown; `CancellationError` when the task is cancelled.
    package func run<Result: Sendable>(
        _ command: Command,
        deadline: Duration?,
        send: @Sendable (Duration) async throws -> Result
    ) async throws -> Result {
        let due = scheduler.now + (deadline ?? configuration.callTimeout)
        return try await calls.repeating(command, in: turns, until: due) { permit in
            do {
                let rest = try turns.timeLeft(until: due, for: command)
                let time = deadline == nil ? min(configuration.connection.requestTimeout, rest) : rest
                let result = try await send(time)
                calls.record(.success, of: permit)
                return result
            } catch {
                calls.record(error, of: permit)
                throw (error as? RouterOSError)?.ofUnknownOutcome(command) ?? error
            }
        }
    }
}
