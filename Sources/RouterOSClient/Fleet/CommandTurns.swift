import ConnectionPool
import RouterOSProtocol

/// The turns of commands to one router in its rate limit.
struct CommandTurns: Sendable {
    private let gate: RateGate?
    private let endpoint: String
    private let observer: (any ClientObserver)?
    let scheduler: any Scheduler

    init(_ endpoint: String, _ configuration: ClientConfiguration, on scheduler: any Scheduler) {
        self.endpoint = endpoint
        self.scheduler = scheduler
        observer = configuration.connection.observer
        let rate = configuration.rateLimit
        gate = rate.count.map { RateGate(RateLimiter($0, per: rate.period, burst: rate.burst), on: scheduler) }
    }

    /// Waits for a command's turn.
    ///
    /// - Throws: `unavailable` when its turn would come after `due`, or `due` has passed; nothing is counted then.
    func wait(for command: Command, until due: Moment) async throws {
        _ = try timeLeft(until: due, for: command)
        guard let gate else { return }
        do {
            try await gate.pass(deadline: due) { wait in
                observer?.observe(.rateLimited(endpoint: endpoint, path: command.path, wait: wait))
            }
        } catch RateGate.Refusal.tooLate(let wait) {
            throw RouterOSError.noTurn(endpoint, in: wait)
        } catch RateGate.Refusal.impossible(let burst) {
            throw RouterOSError.neverATurn(endpoint, burst: burst)
        }
    }

    /// The time that is left to send a command and have its answer, always more than none.
    ///
    /// - Throws: `unavailable` when there is none: a command that is sent too late would do its work unheard.
    func timeLeft(until due: Moment, for command: Command) throws(RouterOSError) -> Duration {
        let rest = due - scheduler.now
        guard rest > .zero else { throw .outOfTime(command.path, endpoint) }
        return rest
    }
}
