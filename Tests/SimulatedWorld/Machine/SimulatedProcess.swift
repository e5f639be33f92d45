package import BillingDomain
import BillingPersistence
package import BillingServices
import Synchronization

/// One program of the world, with a clock of its own that may be wrong; it can be stopped for a while, and killed.
///
/// A process that is killed has no more effects: its tasks are cancelled, and whatever they still try to do outside fails.
package final class SimulatedProcess: TaskExecutor {
    private struct State {
        var isDead = false
        var isInTransaction = false
        /// Since when it stands still.
        var pausedAt: Duration?
        /// How long it stood still, altogether and at the most at once.
        var paused = (total: Duration.zero, longest: Duration.zero)
        var clockError = Duration.zero
        /// Since when it has run with a clock that is right.
        var soundSince: Duration?
        var running = 0
        var tasks: [Task<Void, Never>] = []
        var claims: [StoreValue: Claim] = [:]
    }

    /// What it last claimed, for a sabotage that lets it keep that.
    struct Claim: Sendable {
        let owner: StoreValue
        let epoch: StoreValue
    }

    package let name: String
    /// Whether it provisions.
    package let isDaemon: Bool
    package let executor: SeededExecutor
    package let chance: Chance
    private let state = Mutex(State())

    package init(_ name: String, isDaemon: Bool = false, on executor: SeededExecutor, chance: Chance) {
        self.name = name
        self.isDaemon = isDaemon
        self.executor = executor
        self.chance = chance
        let now = executor.now
        state.withLock { $0.soundSince = now }
    }

    package func enqueue(_ job: consuming ExecutorJob) { executor.enqueue(UnownedJob(job), for: self) }

    package var isPaused: Bool { state.withLock { $0.pausedAt != nil } }
    package var isDead: Bool { state.withLock { $0.isDead } }
    /// Whether something it began has not ended.
    package var isRunning: Bool { state.withLock { $0.running > 0 } }
    /// By how much its clock is ahead of the truth.
    package var clockError: Duration { state.withLock { $0.clockError } }

    /// Since when it has run without standing still, with a clock that is right; nil when it does not.
    var soundSince: Duration? { state.withLock { $0.isDead ? nil : $0.soundSince } }
    /// How long it stood still altogether.
    var pausedTime: Duration { state.withLock { $0.paused.total } }
    /// The longest time that it stood still.
    var longestPause: Duration { state.withLock { $0.paused.longest } }
    /// Whether it is in the midst of a transaction.
    var isInTransaction: Bool { state.withLock { $0.isInTransaction } }

    func setInTransaction(_ isInside: Bool) { state.withLock { $0.isInTransaction = isInside } }

    package func pause() {
        let now = executor.now
        state.withLock { state in
            state.pausedAt = now
            state.soundSince = nil
        }
    }

    package func resume() {
        let now = executor.now
        state.withLock { state in
            guard let since = state.pausedAt.take() else { return }
            state.paused = (state.paused.total + (now - since), max(state.paused.longest, now - since))
            state.soundSince = state.clockError == .zero ? now : nil
        }
    }

    package func setClock(wrongBy error: Duration) {
        let now = executor.now
        state.withLock { state in
            guard state.clockError != error else { return }
            state.clockError = error
            state.soundSince = error == .zero && state.pausedAt == nil ? now : nil
        }
    }

    /// Begins something; it ends with the process.
    package func begin(_ body: @escaping @Sendable () async -> Void) {
        state.withLock { $0.running += 1 }
        let task = Task(executorPreference: self) {
            await body()
            self.state.withLock { $0.running -= 1 }
        }
        state.withLock { $0.tasks.append(task) }
    }

    /// Kills it: nothing that it does from now on has an effect.
    package func kill() {
        state.withLock { $0.isDead = true }
        stop()
    }

    /// Asks everything that it began to end.
    package func stop() {
        resume()
        let tasks = state.withLock { $0.tasks }
        for task in tasks { task.cancel() }
    }

    func claim(of router: StoreValue) -> Claim? { state.withLock { $0.claims[router] } }
    func note(claim: Claim, of router: StoreValue) { state.withLock { $0.claims[router] = claim } }

    /// Passes time.
    package func sleep(_ duration: Duration) async throws {
        let promise = Promise<Void>()
        executor.after(duration) { promise.settle(.success(())) }
        try await promise.value()
    }

    /// What its clock says.
    package var wall: Timestamp { SimulatedProcess.beginning + executor.now + clockError }

    /// What its clock says when it is right.
    package var truth: Timestamp { SimulatedProcess.beginning + executor.now }

    /// When the world begins.
    package static let beginning = Timestamp(secondsSince1970: 1_800_000_000)

    /// The clock and the chance of this process.
    package var environment: BillingEnvironment {
        BillingEnvironment(now: { self.wall }, randomBytes: { self.chance.bytes($0) })
    }
}
