import ConnectionPool
import RouterOSProtocol
import Synchronization

/// What decides about the calls to one router: its breaker, its retry budget, its jitter.
final class CallGuard: Sendable {
    private struct State {
        var breaker: CircuitBreaker
        var budget: RetryBudget
        var random: JitterSource
        var lastUse: Moment
        /// Retries until the next answer for which the routers' common budget is not asked.
        var ownRetries: Int
    }

    private let endpoint: String
    private let policy: RetryPolicy
    private let backoff: Backoff
    let scheduler: any Scheduler
    private let observer: (any ClientObserver)?
    /// The budget of all routers together.
    private let common: SharedRetryBudget?
    private let state: Mutex<State>

    init(
        _ endpoint: String,
        _ configuration: ClientConfiguration,
        _ scheduler: any Scheduler,
        _ common: SharedRetryBudget?,
        seed: UInt64
    ) {
        self.endpoint = endpoint
        self.scheduler = scheduler
        self.common = common
        policy = configuration.retry
        backoff = Backoff(base: policy.baseDelay, cap: policy.maximumDelay)
        observer = configuration.connection.observer
        let breaker = configuration.breaker
        state = Mutex(
            State(
                breaker: CircuitBreaker(
                    .init(
                        failures: breaker.failures,
                        span: breaker.span,
                        pause: breaker.pause,
                        longestPause: breaker.longestPause,
                        probeLimit: breaker.probeLimit
                    )
                ),
                budget: RetryBudget(ratio: policy.budget),
                random: JitterSource(seed: seed),
                lastUse: scheduler.now,
                ownRetries: max(1, policy.maximumAttempts) - 1
            )
        )
    }

    /// When somebody called last.
    var lastUse: Moment { state.withLock { $0.lastUse } }

    /// Notes a call that begins.
    func begin() {
        let now = scheduler.now
        common?.noteCall(at: now)
        state.withLock { state in
            state.lastUse = now
            state.budget.noteCall(at: now)
        }
    }

    /// Looks whether there would be leave to send something, for those who have to wait before they ask for it.
    ///
    /// - Throws: `unavailable` while the router is left alone.
    func check() throws(RouterOSError) {
        let now = scheduler.now
        let rejection = state.withLock { $0.breaker.rejection(at: now) }
        if let rejection { throw .leftAlone(endpoint, for: rejection - now) }
    }

    /// Leave to send something.
    ///
    /// - Throws: `unavailable` while the router is left alone.
    func admit() throws(RouterOSError) -> CircuitBreaker.Permit {
        let now = scheduler.now
        let (admission, change) = watch { $0.breaker.admit(at: now) }
        tell(change)
        switch admission {
        case .admitted(let permit): return permit
        case .rejected(let until): throw .leftAlone(endpoint, for: until - now)
        }
    }

    /// Tells how it went.
    ///
    /// When anything came over the connection meanwhile, one command that is not answered is no silence of the router.
    func record(_ error: any Error, wasHeard: Bool = false, of permit: CircuitBreaker.Permit) {
        let outcome: CircuitBreaker.Outcome =
            switch error {
            case let error as RouterOSError where error.isOurs: .unknown
            case let error as RouterOSError where error.code == .deadlineExceeded && wasHeard: .success
            case let error as RouterOSError: error.isSilence ? .failure : .success
            default: .unknown
            }
        tellBreaker(outcome, of: permit)
    }

    /// Tells how it went; the first thing told of a probe counts.
    func record(_ outcome: CircuitBreaker.Outcome, of permit: CircuitBreaker.Permit) {
        if outcome == .success { state.withLock { $0.ownRetries = max(1, policy.maximumAttempts) - 1 } }
        tellBreaker(outcome, of: permit)
    }

    private func tellBreaker(_ outcome: CircuitBreaker.Outcome, of permit: CircuitBreaker.Permit) {
        let now = scheduler.now
        tell(watch { $0.breaker.record(outcome, of: permit, at: now) }.change)
    }

    /// How long to wait before trying a command again; nil when it is not to be.
    ///
    /// A retry comes out of the router's budget, and out of that of all routers together too unless it is one of the first
    /// since the router last did what it was asked: routers in trouble can spend the common budget, and one that had none is
    /// still tried again.
    func delay(after error: RouterOSError, of command: Command, attempts: Int, until due: Moment) -> Duration? {
        guard attempts < policy.maximumAttempts, error.allowsRetry(of: command) else { return nil }
        let now = scheduler.now
        let leave = state.withLock { state -> (delay: Duration, isOwn: Bool)? in
            let delay = backoff.delay(afterFailures: attempts, using: &state.random)
            guard now + delay < due, state.budget.takeRetry(at: now) else { return nil }
            defer { state.ownRetries = max(0, state.ownRetries - 1) }
            return (delay, state.ownRetries > 0)
        }
        guard let (delay, isOwn) = leave else { return nil }
        if !isOwn, let common, !common.takeRetry(at: now) {
            state.withLock { $0.budget.returnRetry(at: now) }
            return nil
        }
        let event = ClientEvent.retrying(
            endpoint: endpoint,
            path: command.path,
            attempt: attempts + 1,
            after: delay,
            error: error
        )
        observer?.observe(event)
        return delay
    }

    private func watch<Result: Sendable>(
        _ change: (inout State) -> Result
    ) -> (result: Result, change: CircuitBreaker.State?) {
        state.withLock { state in
            let before = state.breaker.state
            let result = change(&state)
            return (result, state.breaker.state == before ? nil : state.breaker.state)
        }
    }

    private func tell(_ change: CircuitBreaker.State?) {
        guard let change, let observer else { return }
        let state: ClientEvent.BreakerState =
            switch change {
            case .closed: .closed
            case .open: .open
            case .halfOpen: .halfOpen
            }
        observer.observe(.breakerChanged(endpoint: endpoint, state))
    }
}
