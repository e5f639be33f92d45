package import BillingDomain
import BillingPersistence
package import BillingServices
import Synchronization

/// One program of the world, with a clock of its own that may be wrong; it can be stopped for a while, and killed.
///
/// A process that is killed has no more effects: its tasks are cancelled, and whatever they still try to do outside fails.
package final class SimulatedProcess: TaskExecutor {
    private struct State {
        var isPaused = false
        var isDead = false
        var clockError = Duration.zero
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
    }

    package func enqueue(_ job: consuming ExecutorJob) { executor.enqueue(UnownedJob(job), for: self) }

    package var isPaused: Bool { state.withLock { $0.isPaused } }
    package var isDead: Bool { state.withLock { $0.isDead } }
    /// Whether something it began has not ended.
    package var isRunning: Bool { state.withLock { $0.running > 0 } }
    /// By how much its clock is ahead of the truth.
    package var clockError: Duration { state.withLock { $0.clockError } }

    package func pause() { state.withLock { $0.isPaused = true } }
    package func resume() { state.withLock { $0.isPaused = false } }
    package func setClock(wrongBy error: Duration) { state.withLock { $0.clockError = error } }

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
        let tasks = state.withLock { state in
            state.isPaused = false
            return state.tasks
        }
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
