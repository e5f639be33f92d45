import ConnectionPool
import RouterOSProtocol

extension CallGuard {
    /// Sends something as often as is allowed and needed.
    ///
    /// - Parameters:
    ///   - command: what is sent, which decides whether it may be sent again.
    ///   - turns: where each attempt takes its turn; nil for what the rate limit does not count.
    ///   - due: when everything must be over.
    ///   - attempt: sends it once, and tells the breaker how that went.
    /// - Returns: what `attempt` returns.
    /// - Throws: what the last attempt threw.
    func repeating<Result: Sendable>(
        _ command: Command,
        in turns: CommandTurns?,
        until due: Moment,
        _ attempt: @Sendable (CircuitBreaker.Permit) async throws -> Result
    ) async throws -> Result {
        begin()
        var attempts = 0
        while true {
            attempts += 1
            do {
                if let turns {
                    try check()
                    try await turns.wait(for: command, until: due)
                }
                // Asked for after the wait: a probe that waits here would keep everybody else waiting.
                return try await attempt(admit())
            } catch let error as RouterOSError {
                guard let delay = delay(after: error, of: command, attempts: attempts, until: due) else {
                    throw error
                }
                try await scheduler.sleep(until: scheduler.now + delay)
            }
        }
    }
}
